package app;

import java.time.ZoneId;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.Schedule;

/** The log lines of a start. */
final class StartLog {
  private static final Logger LOG = LoggerFactory.getLogger("start");

  private StartLog() {}

  /** Logs the version, where the settings come from, and those that differ from the packed ones. */
  static void begins(SettingSources sources) {
    SettingNames names = SettingNames.of(sources.dataset());
    LOG.info("{} on Java {}", Commands.Version.line(), Runtime.version());
    LOG.info("Settings: {}", sources.describe(names));
    String changed = ChangedSettings.of(sources, names);
    LOG.info("Changed settings: {}", changed.isEmpty() ? "none" : changed);
  }

  /** Logs names that look like settings but are not. */
  static void strangers(SettingSources sources) {
    List<String> strangers = sources.strangers(SettingNames.of(sources.dataset()));
    if (!strangers.isEmpty()) {
      LOG.warn("No settings of this program, and without effect: {}", String.join(", ", strangers));
    }
  }

  /** Logs where a worker listens and takes chunks from, once everything is up. */
  static StartupListener worker(Settings settings) {
    return new StartupListener() {
      @Override
      public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // Not yet: the server comes next.
      }

      @Override
      public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        LOG.info(
            "Storing up to {} chunks at a time, from {}; for operators on {}:{}",
            settings.store().concurrency(),
            settings.chunks().from().orElseThrow().url(),
            settings.http().managementHost(),
            settings.http().managementPort());
      }
    };
  }

  /** Logs where the servers listen and when the next run is due, once everything is up. */
  static StartupListener ends(Settings.Http http, Schedule schedule, ZoneId zone) {
    return new StartupListener() {
      @Override
      public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        // Not yet: the servers come next.
      }

      @Override
      public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        LOG.info(
            "Listening on {}:{}, for operators on {}:{}",
            http.host(),
            http.port(),
            http.managementHost(),
            http.managementPort());
        schedule
            .nextDue()
            .ifPresent(
                due ->
                    LOG.info(
                        "The next run is due at {} {}", due.atZone(zone).toLocalDateTime(), zone));
      }
    };
  }
}
