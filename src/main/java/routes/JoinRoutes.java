package routes;

import static org.apache.camel.builder.AggregationStrategies.useOriginal;

import covid.ArchivedSet;
import covid.DayColumns;
import covid.Fact;
import covid.FeedSet;
import covid.Gate;
import covid.JoinedDays;
import covid.Place;
import covid.PullRefusedException;
import covid.Run;
import covid.RunFailedException;
import covid.Verdict;
import feeds.FeedSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.jspecify.annotations.Nullable;
import versions.Pointer;
import versions.Version;
import versions.Withheld;

/**
 * The join of the feeds, and the gate.
 *
 * <pre>
 *   collect-days     fetch-FEED of each feed in parallel; join by place and date
 *   check-days
 *     -> read-set    S3 CSV: the published set
 *     -> judge-days  the gate refuses a bad pull
 * </pre>
 */
public final class JoinRoutes extends RouteBuilder {
  private final List<FeedSource> feeds;
  private final Gate gate;
  private final Optional<Duration> stalledAfter;
  private final boolean synthetic;
  private final Clock clock;

  /**
   * @param feeds the feeds to join
   * @param gate decides on the pull
   * @param stalledAfter the age of the last change of a metric of a place from which it counts as
   *     stalled; empty: none does
   * @param synthetic whether the figures of the feeds are invented
   * @param clock the time when a pull begins; an import has its own
   */
  public JoinRoutes(
      List<FeedSource> feeds,
      Gate gate,
      Optional<Duration> stalledAfter,
      boolean synthetic,
      Clock clock) {
    this.feeds = List.copyOf(feeds);
    this.gate = gate;
    this.stalledAfter = stalledAfter;
    this.synthetic = synthetic;
    this.clock = clock;
  }

  @Override
  public void configure() {
    from("direct:collect-days")
        .routeId("collect-days")
        .routeConfigurationId("stages")
        .process(this::noteBegin)
        .id("note-begin")
        .multicast(useOriginal())
        .parallelProcessing()
        .to(feeds.stream().map(PullRoutes::fetch).toArray(String[]::new))
        .end()
        .process(this::join)
        .id("join")
        .log("Joined ${body} days");

    from("direct:check-days")
        .routeId("check-days")
        .routeConfigurationId("stages")
        .to("direct:read-set")
        .to("direct:judge-days");

    from("direct:read-set")
        .routeId("read-set")
        .routeConfigurationId("published-set")
        .removeHeaders("*")
        .setBody(constant(""))
        .setHeader(AWS2S3Constants.KEY, constant(Bucket.ARCHIVE))
        .to(Bucket.get("-"))
        .process(exchange -> Bucket.checkSizeOfSet(exchange, gate.dataset()))
        .id("check-size-of-set")
        .process(this::readMetadata)
        .id("read-metadata")
        .convertBodyTo(String.class, "UTF-8")
        .process(BaseSet::keep)
        .id("keep-base");

    from("direct:judge-days")
        .routeId("judge-days")
        .routeConfigurationId("stages")
        .process(JoinRoutes::checkWithheld)
        .id("check-withheld")
        .process(this::check)
        .id("check");
  }

  private void noteBegin(Exchange exchange) {
    Instant now = Import.clock(exchange, clock).instant();
    Runs.of(exchange).note(new Fact.PullBegan(now.truncatedTo(ChronoUnit.MILLIS)));
  }

  private void join(Exchange exchange) throws RunFailedException {
    Run run = Runs.of(exchange);
    JoinedDays joined = JoinedDays.of(run.pulls().complete());
    run.note(new Fact.DaysJoined(joined));
    // Not the days themselves: the log would have Camel compute the hash code of each.
    exchange.getMessage().setBody(joined.days().size());
  }

  /**
   * Notes the stalled feeds and ended parts that were reported with the published set.
   *
   * @throws PullRefusedException if synthetic figures would be mixed with real ones; version 0.1
   *     did not note it
   */
  private void readMetadata(Exchange exchange) throws PullRefusedException {
    Bucket.keepLastModified(exchange);
    Map<?, ?> metadata =
        exchange.getMessage().getHeader(AWS2S3Constants.METADATA, Map.of(), Map.class);
    Object published = metadata.get(ArchivedSet.SYNTHETIC);
    if (published != null && Boolean.parseBoolean(published.toString()) != synthetic) {
      throw new PullRefusedException(
          (synthetic
                  ? "These feeds are synthetic and the published set is not"
                  : "The published set is synthetic and these feeds are not")
              + " (feed.synthetic): begin anew with another table and another archive.key.");
    }
    Runs.of(exchange)
        .note(
            new Fact.ReportedBefore(
                words(metadata.get(SetMetadata.STALLED_FEEDS)),
                words(metadata.get(SetMetadata.ENDED_PARTS))));
  }

  private static List<String> words(@Nullable Object text) {
    return text == null ? List.of() : List.of(text.toString().split(" "));
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
  static List<Version.Feed> feeds(Run run) throws RunFailedException {
    return run.pulls().complete().stream()
        .map(feed -> new Version.Feed(feed.name(), feed.origin().sha256()))
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
        new Fact.DaysJoined(
            refused.isEmpty() ? joined : joined.replacing(refused.keySet(), published)));
    if (verdict.refusal().isPresent()) {
      throw new PullRefusedException(verdict.refusal().get());
    }
    run.note(new Fact.PlacesRefused(refused));
    gate.dataset().withoutDays(run.joined().days()).map(Fact.Warned::new).ifPresent(run::note);
    stalledAfter.ifPresent(limit -> run.note(Fact.PlacesStalled.in(run.joined().days(), limit)));
  }
}
