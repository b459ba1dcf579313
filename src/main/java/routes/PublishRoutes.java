package routes;

import static java.util.Objects.requireNonNullElse;

import covid.PublicationFact;
import covid.PullRefusedException;
import covid.Run;
import covid.RunFact;
import covid.RunFailedException;
import feeds.SetFormat;
import feeds.SetText;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import versions.Origin;
import versions.Pointer;
import versions.Withheld;

/**
 * The joined days as the published set. If another run publishes a set meanwhile, the pull is
 * judged again against that one; unless that is of a later pull.
 *
 * <pre>
 *   archive-days
 *     -> archive-names     of many places                                         PlaceNameRoutes
 *     until the set is published, or superseded:
 *     -> read-set          from the second time on: what is published now?        ReadSetRoutes
 *     -> check-days        and the pull is judged again                           JoinRoutes
 *     -> publish-set
 *          -> write-set    CSV                                                    SetRoutes
 *          -> put-version  series and manifest -> S3                              VersionRoutes
 *          -> put-set      the set -> S3                                          VersionRoutes
 * </pre>
 */
public final class PublishRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("publish-set");

  /** How often a run tries; each time another run must have published a set. */
  private static final int MOST_TRIES = 20;

  /** How far the clocks of two hosts may be apart. */
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final SetFormat format;
  private final boolean synthetic;
  private final SortedMap<String, String> settings;
  private final Clock clock;
  private final Runnable published;

  /**
   * @param format the form of the set
   * @param synthetic whether the figures of the feeds are invented
   * @param settings those that decide what comes of the feeds, for manifests
   * @param clock tells whether a pull is of the future
   * @param published called when a new set is in the bucket
   */
  public PublishRoutes(
      SetFormat format,
      boolean synthetic,
      SortedMap<String, String> settings,
      Clock clock,
      Runnable published) {
    this.format = format;
    this.synthetic = synthetic;
    this.settings = settings;
    this.clock = clock;
    this.published = published;
  }

  @Override
  public void configure() {
    RouteDefinition archive =
        from("direct:archive-days").routeId("archive-days").routeConfigurationId("stages");
    if (!format.isOfOnePlace()) {
      archive.to("direct:archive-names");
    }
    archive
        // Left by loops of earlier steps.
        .removeProperty(Exchange.LOOP_INDEX)
        .loopDoWhile(PublishRoutes::isToTry)
        .filter(simple("${exchangeProperty.CamelLoopIndex} > 0"))
        .to("direct:read-set")
        .to("direct:check-days")
        .end()
        .to("direct:publish-set")
        .end()
        .process(PublishRoutes::checkEnd)
        .id("check-end")
        .setBody(exchange -> Runs.of(exchange).published())
        .id("published")
        .filter(simple("${body.isPresent}"))
        .log("Archived ${body.get.rows} days under ${body.get.key}")
        .end()
        .process(exchange -> published.run())
        .id("expire-copies");

    RouteDefinition publish =
        from("direct:publish-set").routeId("publish-set").routeConfigurationId("stages");
    publish
        .to("direct:write-set")
        .process(this::compare)
        .id("compare")
        .filter(exchange -> isOpen(Runs.of(exchange)))
        .id("unless-superseded")
        .to("direct:put-version")
        .process(new BegunAnew())
        .id("warn-if-begun-anew")
        .removeHeaders("*")
        .to("direct:put-set");
  }

  /** Whether the set is neither published nor superseded. */
  private static boolean isOpen(Run run) {
    return !run.log().has(PublicationFact.SetPublished.class)
        && !run.log().has(PublicationFact.Superseded.class);
  }

  private static boolean isToTry(Exchange exchange) {
    int tries = exchange.getProperty(Exchange.LOOP_INDEX, -1, int.class) + 1;
    return isOpen(Runs.of(exchange)) && tries < MOST_TRIES;
  }

  private static void checkEnd(Exchange exchange) throws RunFailedException {
    if (isOpen(Runs.of(exchange))) {
      throw new RunFailedException(
          "Other runs published %d sets while this one was about to: let one of them end."
              .formatted(MOST_TRIES));
    }
  }

  /**
   * Compares the days with the published set. This run may have published them already, without an
   * answer, or another one a later pull.
   */
  private void compare(Exchange exchange) throws IOException, RunFailedException {
    Run run = Runs.of(exchange);
    Optional<BaseSet> base = BaseSet.of(exchange);
    Optional<Pointer> now = base.flatMap(BaseSet::pointer);
    Optional<Publication> tried = Publication.find(exchange);
    if (tried.flatMap(Publication::made).filter(made -> names(now, made.id())).isPresent()) {
      new NotePublished().process(exchange);
      return;
    }
    if (now.isPresent() && isLater(run, now.get())) {
      LOG.warn("A later pull is published: this run leaves the set as it is");
      run.note(
          new PublicationFact.Superseded(requireNonNullElse(now.get().run(), now.get().version())));
      return;
    }
    SetText text = exchange.getMessage().getBody(SetText.class);
    checkWithheld(exchange, text);
    ComparedSet.Source source =
        new ComparedSet.Source(Origin.RUN, run.id(), synthetic, JoinRoutes.feeds(run), settings);
    Publication.of(run, text, format, source, base).keep(exchange);
  }

  /**
   * @throws PullRefusedException if it is the set of a version that was withdrawn
   */
  static void checkWithheld(Exchange exchange, SetText text) throws PullRefusedException {
    for (Withheld withheld : JoinRoutes.withheld(exchange)) {
      if (withheld.isSet(text.sha256())) {
        throw JoinRoutes.withdrawn("The set would be that of", withheld);
      }
    }
  }

  private static boolean names(Optional<Pointer> pointer, String id) {
    return pointer.filter(any -> any.names(id)).isPresent();
  }

  /** Whether what is published is of a later pull; one of the future is a wrong clock. */
  private boolean isLater(Run run, Pointer pointer) {
    if (pointer.pulledAt().isAfter(clock.instant().plus(TOLERANCE))) {
      run.note(
          new RunFact.Warned(
              ("The published set is of a pull at %s, which is yet to come, so this one replaces"
                      + " it: set the clocks of all hosts.")
                  .formatted(pointer.pulledAt())));
      return false;
    }
    return pointer.pulledAt().isAfter(run.pulledAt().orElseThrow());
  }
}
