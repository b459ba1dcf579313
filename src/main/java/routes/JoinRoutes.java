package routes;

import static java.util.stream.Collectors.toSet;
import static org.apache.camel.builder.AggregationStrategies.useOriginal;

import chunks.Plan;
import covid.DayColumns;
import covid.FeedSet;
import covid.Gate;
import covid.JoinedDays;
import covid.LastPull;
import covid.Place;
import covid.PullFact;
import covid.PullRefusedException;
import covid.Run;
import covid.RunFact;
import covid.RunFailedException;
import covid.Verdict;
import feeds.FeedSource;
import feeds.SetFormat;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import versions.Pointer;
import versions.Version;
import versions.Withheld;

/**
 * The join of the feeds, and the gate.
 *
 * <pre>
 *   collect-days          join by place and date; if nothing is new, the days of the published set
 *     -> pull-feeds       fetch-FEED of each feed in parallel                          PullRoutes
 *          -> read-unchanged     of those that have not changed, unless nothing is new KeptRoutes
 *     or take-bodies      those that an earlier run pulled                           RepeatRoutes
 *   check-days            the gate refuses a bad pull
 * </pre>
 */
public final class JoinRoutes extends RouteBuilder {
  private final List<FeedSource> feeds;
  private final Gate gate;
  private final Optional<Duration> stalledAfter;
  private final SetFormat format;
  private final Clock clock;

  /**
   * @param feeds the feeds to join
   * @param gate decides on the pull
   * @param stalledAfter the age of the last change of a metric of a place from which it counts as
   *     stalled; empty: none does
   * @param format the form of the published set
   * @param clock the time when a pull begins; an import has its own
   */
  public JoinRoutes(
      List<FeedSource> feeds,
      Gate gate,
      Optional<Duration> stalledAfter,
      SetFormat format,
      Clock clock) {
    this.feeds = List.copyOf(feeds);
    this.gate = gate;
    this.stalledAfter = stalledAfter;
    this.format = format;
    this.clock = clock;
  }

  @Override
  public void configure() {
    from("direct:collect-days")
        .routeId("collect-days")
        .routeConfigurationId("stages")
        .process(this::noteBegin)
        .id("note-begin")
        .choice()
        .when(RepeatRoutes::isRepeat)
        .to("direct:take-bodies")
        .otherwise()
        .to("direct:pull-feeds")
        .end()
        .process(this::join)
        .id("join")
        .log("Joined ${body} days");

    from("direct:pull-feeds")
        .routeId("pull-feeds")
        .routeConfigurationId("stages")
        .multicast(useOriginal())
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .to(feeds.stream().map(PullRoutes::fetch).toArray(String[]::new))
        .end()
        .split()
        .exchange(this::toRead)
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .to("direct:read-unchanged")
        .end();

    from("direct:check-days")
        .routeId("check-days")
        .routeConfigurationId("stages")
        .process(JoinRoutes::checkWithheld)
        .id("check-withheld")
        .process(this::check)
        .id("check");
  }

  private void noteBegin(Exchange exchange) {
    Instant now =
        OpenRunRoutes.plan(exchange)
            .map(Plan::pulledAt)
            .orElseGet(() -> Import.clock(exchange, clock).instant());
    Runs.of(exchange).note(new PullFact.PullBegan(now.truncatedTo(ChronoUnit.MILLIS)));
  }

  /** The feeds that have not changed and have to be read nevertheless. */
  private List<FeedSource> toRead(Exchange exchange) {
    Run run = Runs.of(exchange);
    Set<String> unread =
        run.pulls().unread().stream().map(feed -> feed.feed().feed()).collect(toSet());
    return isNothingNew(run, BaseSet.of(exchange), unread)
        ? List.of()
        : feeds.stream().filter(feed -> unread.contains(feed.name())).toList();
  }

  /**
   * Whether the published set is the join of the feeds as they are now: none has changed, and there
   * was nothing in them to look into again. A run that finds one that died after it may have
   * published, or whose message did not reach the topic or, without one, any webhook, has to report
   * what that one may not have.
   */
  private boolean isNothingNew(Run run, Optional<BaseSet> base, Set<String> unread) {
    return unread.size() == feeds.size()
        && run.pulls().unread().stream().allMatch(feed -> feed.feed().content().isPresent())
        && base.filter(set -> set.content().format().equals(format) && set.isAsPulled()).isPresent()
        && run.pulls().isToldBefore();
  }

  private void join(Exchange exchange) throws RunFailedException {
    Run run = Runs.of(exchange);
    List<FeedSet> read = run.pulls().complete();
    List<LastPull> unread =
        run.pulls().unread().stream().map(PullFact.FeedUnchanged::feed).toList();
    JoinedDays joined =
        unread.isEmpty()
            ? JoinedDays.of(read)
            : JoinedDays.unchanged(BaseSet.of(exchange).orElseThrow().days(), unread);
    run.note(new PullFact.DaysJoined(joined));
    // Not the days themselves: the log would have Camel compute the hash code of each.
    exchange.getMessage().setBody(joined.days().size());
  }

  /**
   * @throws PullRefusedException if these are the feeds of a version that was withdrawn
   */
  private static void checkWithheld(Exchange exchange) throws RunFailedException {
    List<Version.Feed> pulled = feeds(Runs.of(exchange));
    for (Withheld withheld : withheld(exchange)) {
      if (withheld.isOf(pulled)) {
        throw withdrawn("The feeds still have what was published as", withheld);
      }
    }
  }

  /** The pulled feeds, as a manifest has them. */
  static List<Version.Feed> feeds(Run run) {
    return run.pulls().bodies().entrySet().stream()
        .map(feed -> new Version.Feed(feed.getKey(), feed.getValue()))
        .toList();
  }

  /** What was withdrawn from the published set. */
  static List<Withheld> withheld(Exchange exchange) {
    return BaseSet.of(exchange).flatMap(BaseSet::pointer).map(Pointer::withheld).orElse(List.of());
  }

  static PullRefusedException withdrawn(String what, Withheld withheld) {
    return new PullRefusedException(
        "%s version %s, which was withdrawn by a rollback: when the source is right again, the next run publishes it; if this is right, release it (the command: release %s)."
            .formatted(what, withheld.version(), withheld.version()));
  }

  /**
   * Accepts the pull, with published days in place of incomplete ones, or ends the run. If another
   * set is published meanwhile, the same pull is judged again.
   */
  private void check(Exchange exchange) throws RunFailedException {
    Run run = Runs.of(exchange);
    DayColumns published = BaseSet.of(exchange).map(BaseSet::days).orElse(DayColumns.NONE);
    List<FeedSet> pulled = run.pulls().complete();
    JoinedDays joined = run.pulled().keeping(pulled, published);
    Verdict verdict = gate.decide(pulled, joined.days(), published);
    SortedMap<Place, String> refused = verdict.refusedPlaces();
    run.note(
        new PullFact.DaysJoined(
            refused.isEmpty() ? joined : joined.replacing(refused.keySet(), published)));
    if (verdict.refusal().isPresent()) {
      throw new PullRefusedException(verdict.refusal().get());
    }
    run.note(new PullFact.PlacesRefused(refused));
    gate.dataset().withoutDays(run.joined().days()).map(RunFact.Warned::new).ifPresent(run::note);
    stalledAfter.ifPresent(
        limit -> run.note(PullFact.PlacesStalled.in(run.joined().days(), limit)));
  }
}
