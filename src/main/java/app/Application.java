package app;

import management.Management;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.DefaultMainShutdownStrategy;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertiesComponent;

/** The table of contents: which routes there are, and what they are made of. */
public final class Application implements CamelConfiguration {
  /** What stands in the folder config goes before what was packed from it. */
  private static final String SETTINGS =
      "file:config/application.properties;optional=true,classpath:application.properties";

  private final boolean scheduled;

  private Application(boolean scheduled) {
    this.scheduled = scheduled;
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

  /** Runs come by the clock, and the servers are up. */
  static Main serving() {
    Main main = main(true);
    Management.prepare(main);
    return main;
  }

  /** A run comes when it is asked for. */
  static Main onDemand() {
    Main main = main(false);
    main.addOverrideProperty("camel.main.routes-exclude-pattern", "**/api.camel.yaml");
    main.addOverrideProperty("camel.metrics.enabled", "false");
    return main;
  }

  /** Whether a process that serves with the same settings is ready. */
  static boolean isReady() {
    PropertiesComponent settings = new DefaultCamelContext().getPropertiesComponent();
    settings.setLocation(SETTINGS);
    return ReadinessProbe.isReady(Settings.management(settings::resolveProperty));
  }

  private static Main main(boolean scheduled) {
    Main main = new Main();
    // GracefulStop listens to signals instead: it knows of runs.
    DefaultMainShutdownStrategy stops = new DefaultMainShutdownStrategy(main);
    stops.disableHangupSupport();
    main.setShutdownStrategy(stops);
    main.setDefaultPropertyPlaceholderLocation(SETTINGS);
    main.configure().addConfiguration(new Application(scheduled));
    return main;
  }

  @Override
  public void configure(CamelContext context) throws Exception {
    Wiring wiring = new Wiring(context, Settings.read(context));
    wiring.log();
    wiring.clients();
    wiring.ingest();
    wiring.readers();
    if (scheduled) {
      wiring.schedule();
      wiring.api();
      wiring.management();
    }
  }
}
