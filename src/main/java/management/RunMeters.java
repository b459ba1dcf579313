package management;

import static java.util.concurrent.TimeUnit.SECONDS;

import covid.RunHistory;
import covid.RunReport;
import covid.RunStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of runs. A stage is a route: its duration is Camel's timing of the route ({@code
 * camel_route_policy_seconds}, with buckets), under a name of its own.
 *
 * @param history their source
 * @param feeds names of the feeds
 */
public record RunMeters(RunHistory history, List<String> feeds) implements MeterBinder {

  private static final List<String> STAGES =
      List.of(
          "open-run",
          "replay-dead-letters",
          "read-set",
          "collect-days",
          "check-days",
          "store-days",
          "archive-days",
          "announce-run");

  @Override
  public void bindTo(MeterRegistry registry) {
    for (RunStatus status : RunStatus.values()) {
      FunctionCounter.builder("covid.runs", history, past -> past.runs(status))
          .tag("status", status.toString())
          .description("Runs of this process that have ended, by status")
          .register(registry);
      Gauge.builder("covid.last.run", history, past -> seconds(past.lastEnd(status)))
          .tag("status", status.toString())
          .description(
              "When the last run with this status ended, in seconds since 1970; NaN if none is known")
          .baseUnit("seconds")
          .register(registry);
    }
    days(registry, "added", RunHistory::added);
    days(registry, "present", RunHistory::present);
    days(registry, "revised", RunHistory::revised);
    days(registry, "dead-lettered", RunHistory::deadLettered);
    FunctionCounter.builder("covid.rows.quarantined", history, RunHistory::quarantined)
        .description("Rows that runs of this process quarantined")
        .register(registry);
    Gauge.builder("covid.dead.letters", history, RunMeters::deadLetters)
        .description("Days in the dead letter after the newest run that read it")
        .register(registry);
    Gauge.builder("covid.last.success", history, past -> seconds(past.lastSuccess()))
        .description("When the set was published last, in seconds since 1970; NaN if never")
        .baseUnit("seconds")
        .register(registry);
    for (String stage : STAGES) {
      FunctionTimer.builder(
              "covid.stage",
              registry,
              meters -> timer(meters, stage).map(Timer::count).orElse(0L),
              meters -> timer(meters, stage).map(time -> time.totalTime(SECONDS)).orElse(0.0),
              SECONDS)
          .tag("stage", stage)
          .description("How long each stage took in the runs of this process")
          .register(registry);
    }
    for (String feed : feeds) {
      Gauge.builder("covid.feed.newest.day", history, past -> newestDay(past, feed))
          .tag("feed", feed)
          .description(
              "The newest day that a feed had when it was pulled last, since 1970; NaN if never")
          .baseUnit("seconds")
          .register(registry);
      Gauge.builder("covid.feed.stalled", history, past -> stalled(past, feed))
          .tag("feed", feed)
          .description(
              "1 if the feed had nothing newer than feed.stalled-after when it was pulled last")
          .register(registry);
    }
  }

  private void days(MeterRegistry registry, String outcome, ToDoubleFunction<RunHistory> count) {
    FunctionCounter.builder("covid.days", history, count)
        .tag("outcome", outcome)
        .description("Days of all runs of this process, by outcome")
        .register(registry);
  }

  private static Optional<Timer> timer(MeterRegistry registry, String route) {
    return Optional.ofNullable(registry.find("camel.route.policy").tag("routeId", route).timer());
  }

  private static double deadLetters(RunHistory history) {
    return history.deadLetters().size();
  }

  private static double seconds(Optional<Instant> time) {
    return time.map(Instant::getEpochSecond).map(Long::doubleValue).orElse(Double.NaN);
  }

  private static double stalled(RunHistory history, String feed) {
    return pull(history, feed).filter(RunReport.Feed::stalled).isPresent() ? 1 : 0;
  }

  private static double newestDay(RunHistory history, String feed) {
    return pull(history, feed)
        .map(RunReport.Feed::newestDay)
        .flatMap(Optional::ofNullable)
        .map(RunMeters::seconds)
        .orElse(Double.NaN);
  }

  private static Optional<RunReport.Feed> pull(RunHistory history, String feed) {
    return history.feeds().stream().filter(pull -> pull.name().equals(feed)).findFirst();
  }

  private static double seconds(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }
}
