package routes;

import aws.ForeignObject;
import covid.Run;
import covid.RunFact;
import covid.RunId;
import covid.RunMarker;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Answer;
import web.Json;

/**
 * The begin of a run: it finds unfinished runs by the markers that they left, and puts its own, by
 * which the next one notices if it dies. What becomes of markers at the end is in {@link
 * MarkerRoutes}.
 *
 * <pre>
 *   open-run           S3 LIST open-runs/ -> read-open-run; then S3 PUT open-runs/ID.json
 *   read-open-run      a marker: did its run end?
 *     -> get-marker    S3 open-runs/: one attempt, to the last byte
 * </pre>
 */
public final class UnfinishedRunRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("open-run");

  private final Runs runs;
  private final Json json;
  private final Listing listing;
  private final boolean queued;

  /**
   * @param runs the runs of this process
   * @param json how markers are written
   * @param listing finds the markers of earlier runs
   * @param queued whether workers store the days, through a queue: then another process may go on
   *     with a run
   */
  public UnfinishedRunRoutes(Runs runs, Json json, Listing listing, boolean queued) {
    this.runs = runs;
    this.json = json;
    this.listing = listing;
    this.queued = queued;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("foundUnreadable", (Processor) this::foundUnreadable);

    listing
        .forEach(
            from("direct:open-run").routeId("open-run").routeConfigurationId("stages"),
            Bucket.OPEN_RUNS,
            "direct:read-open-run")
        .setBody(exchange -> runs.marker(Runs.of(exchange)))
        .marshal(json.of(RunMarker.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(Bucket.put(Bucket.OPEN_RUN));

    from("direct:read-open-run")
        .routeId("read-open-run")
        .routeConfigurationId("open-runs")
        .setHeader(AWS2S3Constants.KEY, simple("${body.key}"))
        .to("direct:get-marker")
        .unmarshal(json.of(RunMarker.class))
        .process(this::found)
        .id("note-unfinished-run");

    Bucket.getWhole(this, "get-marker");
  }

  /** Notes an unfinished run, unless it may still be in progress. */
  private void found(Exchange exchange) {
    RunMarker earlier = exchange.getMessage().getBody(RunMarker.class);
    if (earlier.id().equals(Runs.of(exchange).id())) {
      // Continued here.
      return;
    }
    if (!Bucket.name(exchange, Bucket.OPEN_RUNS).equals(Optional.of(earlier.id()))) {
      foundUnreadable(exchange);
    } else if (!runs.isAlive(earlier) && !isOpen(exchange, earlier.id())) {
      Runs.of(exchange).note(new RunFact.UnfinishedRunFound(earlier));
    }
  }

  /** Whether another process is to end a run, or one that continues it. */
  private boolean isOpen(Exchange exchange, String run) {
    return queued && OpenRunObject.of(exchange, json).mayBe(run);
  }

  /** Notes an unfinished run with an unreadable marker. */
  private void foundUnreadable(Exchange exchange) {
    Run run = Runs.of(exchange);
    Optional<String> id = Bucket.name(exchange, Bucket.OPEN_RUNS).filter(RunId::isId);
    if (id.isPresent() && isOpen(exchange, id.get())) {
      LOG.warn("The marker of run {}, which is open, cannot be read", id.get());
    } else if (id.isPresent()) {
      RunMarker.Owner owner = new RunMarker.Owner("a host that is not known", 0, Instant.EPOCH);
      run.note(
          new RunFact.UnfinishedRunFound(
              new RunMarker(id.get(), "of unknown trigger", Instant.EPOCH, owner)));
    } else if (!Bucket.key(exchange).equals(Bucket.resolved(exchange, Bucket.OPEN_RUNS))) {
      // Except for the empty object by which some tools show a folder: each run warns of it until
      // it is gone, since it may hide an unfinished run.
      ForeignObject object =
          Bucket.foreign(exchange, Bucket.key(exchange), "is not the marker of a run", "remove it");
      LOG.warn("Run {}: {}", run.id(), object.forOperators());
      run.note(new RunFact.Warned(object.forOperators()));
    }
  }
}
