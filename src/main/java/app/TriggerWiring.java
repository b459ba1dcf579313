package app;

import cluster.Election;
import covid.Dataset;
import management.Management;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.Schedule;
import routes.SkippedRun;
import routes.TriggerRoutes;
import routes.WatchRoutes;
import serve.PublishedReports;

/** The triggers of runs, in a cluster those of the leader. */
final class TriggerWiring {
  private static final Logger LOG = LoggerFactory.getLogger("schedule");

  private final Wiring wiring;
  private final PublishedReports reports;

  /**
   * @param reports from which a missed run is seen
   */
  TriggerWiring(Wiring wiring, PublishedReports reports) {
    this.wiring = wiring;
    this.reports = reports;
  }

  void bind() throws Exception {
    Settings settings = wiring.settings();
    String onLeader = "";
    if (settings.clustered()) {
      Management.show(wiring.context(), Election.in(wiring.context(), group()));
      onLeader = Election.leaderOnly(group());
    }
    Settings.Schedule set = settings.schedule();
    Schedule schedule = new Schedule(set.cron(), set.zone(), wiring.clock());
    schedule.nextSkipped().map(SkippedRun::sentence).ifPresent(LOG::warn);
    wiring.bind(
        "triggerRoutes",
        new TriggerRoutes(schedule, reports, wiring.history(), onLeader, wiring.isQueued()));
    if (wiring.isQueued()) {
      wiring.bind("watchRoutes", new WatchRoutes(wiring.runs(), onLeader));
    }
    wiring.context().addStartupListener(StartLog.ends(settings.http(), schedule, set.zone()));
  }

  /** The group of the election, one for each dataset: the name of its Lease ends with it. */
  private String group() {
    Dataset dataset = wiring.dataset();
    return dataset.isDefault() ? "schedule" : "schedule-" + dataset.name();
  }
}
