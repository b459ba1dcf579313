package app;

import static java.util.Objects.requireNonNull;

import cluster.Election;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import management.Management;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.DefaultMainShutdownStrategy;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The application: which routes a process has, and the beans that they use. */
public final class Application extends MainListenerSupport implements CamelConfiguration {
  private final Task task;
  private final SettingChoice choice;
  private Settings settings;

  private Application(Task task, SettingChoice choice) {
    this.task = task;
    this.choice = choice;
  }

  /** The task of a process, which has only the routes that it needs. */
  private enum Task {
    SERVE,
    RUN,
    WORK,
    TAKE_REVISIONS,
    REPLAY,
    CHECK,
    PUBLISH_SITE
  }

  /**
   * Runs the command line and ends the process with its exit code.
   *
   * @param args see {@link Commands}
   */
  public static void main(String... args) {
    System.exit(execute(args));
  }

  /**
   * Runs the command line.
   *
   * @param args see {@link Commands}
   * @return the exit code
   */
  public static int execute(String... args) {
    return Commands.execute(args);
  }

  /**
   * An application that runs on schedule and serves over HTTP.
   *
   * @param choice of the settings
   */
  static Main serving(SettingChoice choice) {
    Main main = main(Task.SERVE, choice);
    Management.prepare(main);
    return main;
  }

  /** An application for one run on demand, or one import. */
  static Main running(SettingChoice choice) {
    return onDemand(Task.RUN, choice, "**/api.camel.yaml");
  }

  /** An application that stores the chunks of runs of other processes, until it is stopped. */
  static Main working(SettingChoice choice) {
    Main main = main(Task.WORK, choice);
    main.addOverrideProperty(
        "camel.main.routes-exclude-pattern", "**/api.camel.yaml,**/feeds.camel.yaml");
    Management.prepare(main);
    return main;
  }

  /** An application that takes published revisions into the table on demand. */
  static Main takingRevisions(SettingChoice choice) {
    return onDemand(Task.TAKE_REVISIONS, choice, "**/api.camel.yaml");
  }

  /** An application that replays the dead letter on demand, in this process. */
  static Main replaying(SettingChoice choice) {
    return onDemand(Task.REPLAY, choice, "**/api.camel.yaml,**/feeds.camel.yaml");
  }

  /** An application that pulls feeds, and does nothing with them; it can post to webhooks. */
  static Main checking(SettingChoice choice) {
    return onDemand(Task.CHECK, choice, "**/api.camel.yaml");
  }

  /** An application that publishes the site on demand. */
  static Main publishing(SettingChoice choice) {
    return onDemand(Task.PUBLISH_SITE, choice, "**/api.camel.yaml,**/feeds.camel.yaml");
  }

  private static Main onDemand(Task task, SettingChoice choice, String routesExcluded) {
    Main main = main(task, choice);
    main.addOverrideProperty("camel.main.routes-exclude-pattern", routesExcluded);
    main.addOverrideProperty("camel.metrics.enabled", "false");
    return main;
  }

  /** The route that begins a run of a command: with a queue, it continues one that was left. */
  static String runOnDemand(Main main) {
    return main.getCamelContext().getRoute("run-or-continue") == null
        ? "direct:do-run"
        : "direct:run-or-continue";
  }

  /** Why a process that serves with the same settings is not ready; empty if it is. */
  static Optional<String> whyNotReady(SettingChoice choice) {
    CamelContext context = new DefaultCamelContext();
    context.getPropertiesComponent().setLocation(choice.locations());
    return ReadinessProbe.whyNotReady(Settings.management(context, sources(context, choice)));
  }

  /**
   * The settings alone, for commands that need no application.
   *
   * @throws SettingException with everything that is missing, wrong or unknown
   */
  static FoundSettings settings(SettingChoice choice) {
    CamelContext context = new DefaultCamelContext();
    context.getPropertiesComponent().setLocation(choice.locations());
    SettingSources sources = sources(context, choice);
    return new FoundSettings(Settings.read(context, sources), sources);
  }

  /**
   * Settings.
   *
   * @param sources where they come from
   */
  record FoundSettings(Settings settings, SettingSources sources) {}

  private static SettingSources sources(CamelContext context, SettingChoice choice) {
    PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
    SettingSources sources =
        SettingSources.ofProcess(properties.loadProperties()).withDataset(choice.dataset());
    Properties overrides = properties.getOverrideProperties();
    return overrides == null ? sources : sources.with(overrides);
  }

  private static Main main(Task task, SettingChoice choice) {
    Main main =
        new Main() {
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
    Application application = new Application(task, choice);
    main.addMainListener(application);
    main.configure().addConfiguration(application);
    return main;
  }

  /** Runs before Camel reads its own settings, since some of them refer to ours. */
  @Override
  public void beforeInitialize(BaseMainSupport main) {
    CamelContext context = main.getCamelContext();
    SettingSources sources = sources(context, choice);
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
    if (task == Task.SERVE || task == Task.WORK) {
      requireSurroundings(context);
      StartLog.begins(sources);
      if (!settings.dataset().isDefault()) {
        Management.label(context, settings.dataset().name());
      }
    }
    StartLog.strangers(sources);
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
    Wiring wiring = Wiring.of(context, settings);
    ClientWiring clients = new ClientWiring(wiring);
    ReadWiring readSide = new ReadWiring(wiring, clients.bucket());
    VersionWiring versions = new VersionWiring(wiring, readSide);
    wiring.log();
    clients.bind();
    WriteWiring writeSide = new WriteWiring(wiring, readSide);
    if (task == Task.WORK) {
      writeSide.bindWorker();
      readSide.managementOfWorker();
    } else if (task == Task.REPLAY) {
      writeSide.bindReplay();
    } else if (task == Task.CHECK) {
      writeSide.bindPull();
      writeSide.bindWebhooks();
    } else if (task != Task.PUBLISH_SITE) {
      writeSide.bind();
      versions.rollbacks();
    }
    if (task == Task.TAKE_REVISIONS) {
      versions.revisions();
    }
    if (hasSite()) {
      readSide.site();
    }
    if (task == Task.RUN) {
      versions.imports();
    }
    if (task == Task.SERVE) {
      readSide.api();
      readSide.management();
      new TriggerWiring(wiring, readSide.reports()).bind();
    }
  }

  private boolean hasSite() {
    return switch (task) {
      case SERVE, PUBLISH_SITE -> true;
      case RUN -> settings.site().publish();
      case TAKE_REVISIONS, REPLAY, CHECK, WORK -> false;
    };
  }
}
