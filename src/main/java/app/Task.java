package app;

import management.Management;
import org.apache.camel.main.Main;
import telemetry.TraceVariables;

/** What a command starts: a process has only the routes and the beans that its task needs. */
enum Task {
  /** Runs on schedule and serves over HTTP. */
  SERVE(),
  /** One run on demand, or one import. */
  RUN(Task.HTTP),
  /** The chunks of runs of other processes. */
  WORK(Task.HTTP, Task.FEEDS),
  /** Published revisions into the table, on demand. */
  TAKE_REVISIONS(Task.HTTP),
  /** The dead letter into the table, on demand, in this process. */
  REPLAY(Task.HTTP, Task.FEEDS),
  /** Pulls feeds, and does nothing with them; it can post to webhooks. */
  CHECK(Task.HTTP),
  /** The site, on demand. */
  PUBLISH_SITE(Task.HTTP, Task.FEEDS);

  private static final String HTTP = "**/api.camel.yaml";
  private static final String FEEDS = "**/feeds.camel.yaml";

  private final String routesExcluded;

  Task(String... routesExcluded) {
    this.routesExcluded = String.join(",", routesExcluded);
  }

  /**
   * An application with this task.
   *
   * @param choice of the settings
   */
  Main on(SettingChoice choice) {
    Main main = ApplicationStart.of(this, choice);
    if (!routesExcluded.isEmpty()) {
      main.addOverrideProperty("camel.main.routes-exclude-pattern", routesExcluded);
    }
    if (isLasting()) {
      Management.prepare(main);
    } else {
      main.addOverrideProperty("camel.metrics.enabled", "false");
    }
    return main;
  }

  /** Whether it goes on until it is stopped, with a server for operators. */
  boolean isLasting() {
    return this == SERVE || this == WORK;
  }

  /** Binds the beans of its routes. */
  void bind(Wiring wiring) throws Exception {
    if (this != CHECK) {
      wiring.trace(TraceVariables.ofProcess());
    }
    ClientWiring clients = new ClientWiring(wiring);
    ReadWiring readSide = new ReadWiring(wiring, clients.bucket());
    WriteWiring writeSide = new WriteWiring(wiring, readSide);
    VersionWiring versions = new VersionWiring(wiring, readSide);
    wiring.log();
    clients.bind();
    switch (this) {
      case WORK -> {
        writeSide.bindWorker();
        readSide.managementOfWorker();
      }
      case REPLAY -> writeSide.bindReplay();
      case CHECK -> {
        writeSide.bindPull();
        writeSide.bindWebhooks();
      }
      case PUBLISH_SITE -> readSide.site();
      case TAKE_REVISIONS -> {
        writes(writeSide, versions);
        versions.revisions();
      }
      case RUN -> {
        writes(writeSide, versions);
        if (wiring.settings().site().publish()) {
          readSide.site();
        }
        versions.imports();
      }
      case SERVE -> {
        writes(writeSide, versions);
        readSide.site();
        readSide.api();
        readSide.management();
        new TriggerWiring(wiring, readSide.reports()).bind();
      }
    }
  }

  private static void writes(WriteWiring writeSide, VersionWiring versions) {
    writeSide.bind();
    versions.rollbacks();
  }
}
