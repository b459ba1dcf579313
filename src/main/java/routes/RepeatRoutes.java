package routes;

import aws.BucketKeys;
import chunks.Plan;
import covid.LastPull;
import covid.PullFact;
import covid.Run;
import covid.RunFailedException;
import covid.RunReport;
import feeds.FeedSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import web.Json;

/**
 * A run on the raw bodies that an earlier one pulled, in place of the feeds as they are now. What
 * is made of them is decided anew.
 *
 * <pre>
 *   take-bodies          S3 runs/ID.json: the report of that run; or the plan of this one, which
 *                        another process began
 *     -> repeat-feed     each feed: S3 raw/ -> read-body                  KeptRoutes, ReadRoutes
 * </pre>
 */
public final class RepeatRoutes extends RouteBuilder {
  private final List<FeedSource> feeds;
  private final Json json;

  /**
   * @param feeds those of the dataset
   * @param json how reports are written
   */
  public RepeatRoutes(List<FeedSource> feeds, Json json) {
    this.feeds = List.copyOf(feeds);
    this.json = json;
  }

  /** A feed, and its pull that is repeated. */
  private record Pull(FeedSource source, String sha256, String etag) {}

  @Override
  public void configure() {
    from("direct:take-bodies")
        .routeId("take-bodies")
        .routeConfigurationId("published-set")
        .removeHeaders("*")
        .choice()
        .when(exchange -> OpenRunRoutes.plan(exchange).isPresent())
        .setBody(this::planned)
        .id("planned-pulls")
        .otherwise()
        .setBody(constant(""))
        .setHeader(AWS2S3Constants.KEY)
        .exchange(exchange -> Bucket.resolved(exchange, Bucket.PREFIX) + reportKey(exchange))
        .to(Bucket.get("-"))
        .process(RepeatRoutes::checkReport)
        .id("check-report")
        .unmarshal(json.of(RunReport.class))
        .process(this::choosePulls)
        .id("choose-pulls")
        .end()
        .split(body())
        .stopOnException()
        .to("direct:repeat-feed")
        .end();

    from("direct:repeat-feed")
        .routeId("repeat-feed")
        .routeConfigurationId("published-set")
        .process(RepeatRoutes::choose)
        .id("choose-body")
        .to("direct:take-body")
        .doTry()
        .process(KeptRoutes::unpack)
        .id("unpack-repeated")
        .to("direct:read-body")
        .process(KeptRoutes::verify)
        .id("verify-repeated")
        .doCatch(IOException.class)
        .process(RepeatRoutes::fail)
        .id("fail")
        .end()
        .process("notePulled");
  }

  /** Whether a run repeats another one, or is continued. */
  static boolean isRepeat(Exchange exchange) {
    return OpenRunRoutes.plan(exchange).isPresent()
        || Runs.of(exchange).log().has(PullFact.RawOf.class);
  }

  /** The run that pulled the bodies: another one, or the same in a process that died. */
  private static String id(Exchange exchange) {
    Run run = Runs.of(exchange);
    return run.log().first(PullFact.RawOf.class).map(PullFact.RawOf::run).orElse(run.id());
  }

  private static String reportKey(Exchange exchange) {
    return BucketKeys.report(id(exchange));
  }

  private static void checkReport(Exchange exchange) throws RunFailedException {
    if (exchange.getMessage().getBody() instanceof String) {
      throw new RunFailedException(
          "There is no report of run %s (%s in the bucket): look for its id in /runs or in the bucket."
              .formatted(id(exchange), reportKey(exchange)));
    }
    Bucket.checkSize(exchange);
  }

  /** The pulls of the run, of each feed of the dataset. */
  private void choosePulls(Exchange exchange) throws RunFailedException {
    RunReport report = exchange.getMessage().getBody(RunReport.class);
    List<Pull> pulls = new ArrayList<>();
    for (FeedSource source : feeds) {
      RunReport.Feed feed =
          report.feeds().stream()
              .filter(any -> any.name().equals(source.name()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new RunFailedException(
                          "Run %s has not pulled feed %s: repeat one that has."
                              .formatted(report.id(), source.name())));
      pulls.add(new Pull(source, feed.sha256(), feed.etag()));
    }
    exchange.getMessage().setBody(pulls);
  }

  /** The pulls of the plan, for a run that is continued. */
  private List<Pull> planned(Exchange exchange) {
    Plan plan = OpenRunRoutes.plan(exchange).orElseThrow();
    return feeds.stream()
        .flatMap(
            source ->
                plan.feeds().stream()
                    .filter(feed -> feed.name().equals(source.name()))
                    .map(feed -> new Pull(source, feed.sha256(), feed.etag())))
        .toList();
  }

  private static void choose(Exchange exchange) throws RunFailedException {
    Pull pull = exchange.getMessage().getBody(Pull.class);
    if (!LastPull.isSha256(pull.sha256())) {
      throw new RunFailedException(
          "Run %s does not say which body feed %s had: '%s' is not a SHA-256."
              .formatted(id(exchange), pull.source().name(), ForeignText.oneLine(pull.sha256())));
    }
    Map.of(
            PullVariables.SOURCE,
            pull.source(),
            PullVariables.SHA256,
            pull.sha256(),
            PullVariables.ETAG,
            pull.etag())
        .forEach(exchange::setVariable);
  }

  /**
   * @throws RunFailedException why a body cannot be read
   */
  private static void fail(Exchange exchange) throws RunFailedException {
    Exception error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    throw new RunFailedException(
        "The body of feed %s of run %s cannot be read, %s: %s. Bodies are kept as long as raw.keep and the bucket's lifecycle rule say; without --raw a run pulls the feeds as they are now."
            .formatted(
                PullVariables.source(exchange).name(),
                id(exchange),
                BucketKeys.raw(exchange.getVariable(PullVariables.SHA256, String.class)),
                error.getMessage()));
  }
}
