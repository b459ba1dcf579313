package app;

import static java.util.Objects.requireNonNull;

import cluster.Election;
import java.util.ArrayList;
import java.util.List;
import management.Management;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.cli.connector.DefaultCliConnectorFactory;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.DefaultMainShutdownStrategy;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.CliConnector;
import org.apache.camel.spi.CliConnectorFactory;

/**
 * The start of an application: first its settings, which Camel's own refer to, then what it needs
 * around it, then the beans of its task.
 */
final class ApplicationStart extends MainListenerSupport implements CamelConfiguration {
  private final Task task;
  private final SettingChoice choice;
  private Settings settings;

  private ApplicationStart(Task task, SettingChoice choice) {
    this.task = task;
    this.choice = choice;
  }

  /** An application that has not been started, without what is special to its task. */
  static Main of(Task task, SettingChoice choice) {
    Main main =
        new Main() {
          @Override
          protected CamelContext createCamelContext() {
            CamelContext context = super.createCamelContext();
            context.getPropertiesComponent().setEncoding(SettingChoice.ENCODING);
            return context;
          }

          @Override
          protected void modelineRoutes(CamelContext context) {
            // There are none, and the search for them would read all of the YAML once more.
          }
        };
    // GracefulStop handles signals instead: it waits for a run.
    DefaultMainShutdownStrategy stops = new DefaultMainShutdownStrategy(main);
    stops.disableHangupSupport();
    main.setShutdownStrategy(stops);
    main.setDefaultPropertyPlaceholderLocation(choice.locations());
    ApplicationStart start = new ApplicationStart(task, choice);
    main.addMainListener(start);
    main.configure().addConfiguration(start);
    return main;
  }

  /** Runs before Camel reads its own settings, since some of them refer to ours. */
  @Override
  public void beforeInitialize(BaseMainSupport main) {
    CamelContext context = main.getCamelContext();
    SettingSources sources = FoundSettings.sources(context, choice);
    settings = Settings.read(context, sources);
    // It has a default, which depends on the name of the dataset.
    requireNonNull(((PropertiesComponent) context.getPropertiesComponent()).getOverrideProperties())
        .setProperty("archive.prefix", settings.dataset().prefix());
    if (task == Task.WORK) {
      requireQueue();
    }
    if (task == Task.REPLAY) {
      settings = settings.withoutQueue();
    }
    if (task.isLasting()) {
      requireSurroundings(context);
      StartLog.begins(sources);
      if (!settings.dataset().isDefault()) {
        Management.label(context, settings.dataset().name());
      }
    }
    StartLog.strangers(sources);
  }

  /**
   * Lets the Camel CLI see the process, if it is to. Camel itself would do so since the library is
   * there, and during the start: then the connector asks for consoles, on a thread of its own,
   * while they are started one after the other, which can end the start.
   */
  private static void connector(CamelContext context, boolean enabled) throws Exception {
    DefaultCliConnectorFactory during = new DefaultCliConnectorFactory();
    during.setEnabled(false);
    context.getCamelContextExtension().addContextPlugin(CliConnectorFactory.class, during);
    if (enabled) {
      CliConnector connector = new DefaultCliConnectorFactory().createConnector();
      context.addStartupListener(
          (started, already) -> {
            started.getCamelContextExtension().addContextPlugin(CliConnector.class, connector);
            started.addService(connector, true, true);
          });
    }
  }

  private void requireSurroundings(CamelContext context) {
    List<String> problems = new ArrayList<>(listening());
    if (task == Task.SERVE && settings.clustered() && !Election.isPossible(context)) {
      problems.add(
          "cluster.enabled is true, and this process is in no Kubernetes namespace, so no leader can"
              + " be elected: set it to false, or give the pod a service account token");
    }
    if (!problems.isEmpty()) {
      throw new SettingException(problems);
    }
  }

  private List<String> listening() {
    return task == Task.SERVE
        ? Listening.problems(settings.http())
        : Listening.managementProblems(settings.http());
  }

  private void requireQueue() {
    if (settings.chunks().from().isEmpty()) {
      throw new SettingException(
          "chunks.from is direct:store-chunk, so there is nothing that a worker could take: set it to"
              + " the queue, such as aws2-sqs:chunks?queueUrl=https://sqs.us-east-1.amazonaws.com/123456789012/chunks");
    }
  }

  @Override
  public void configure(CamelContext context) throws Exception {
    connector(context, settings.cli() && task.isLasting());
    task.bind(Wiring.of(context, settings));
  }
}
