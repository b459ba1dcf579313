package routes;

import static java.util.Objects.requireNonNull;

import covid.LastPull;
import covid.PullFact;
import covid.RunFailedException;
import feeds.BodyCopy;
import feeds.RawBody;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Keeps the raw bodies of the feeds, as objects of the bucket that are named by their SHA-256.
 *
 * <pre>
 *   keep-body            of a feed that was pulled: its copy -> S3 raw/
 *     ~> renew-body      there is such an object; an old one is put again
 * </pre>
 */
public final class RawRoutes extends RouteBuilder {
  private static final String REFUSED =
      "The program may not write to raw/ of the bucket, so no body of a feed is kept, and each run"
          + " pulls all of them whole: give its role the rights of aws/stack.yaml, or set raw.keep to"
          + " 0.";

  private final RawBodies bodies;

  /**
   * @param bodies which are kept
   */
  public RawRoutes(RawBodies bodies) {
    this.bodies = bodies;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("bodiesRefused", (Processor) RawRoutes::noteRefused);

    from("direct:keep-body")
        .routeId("keep-body")
        .routeConfigurationId("raw-bodies")
        .filter(variable(PullVariables.COPY).isNotNull())
        .id("if-copied")
        .process(this::recall)
        .id("recall-kept")
        .filter(RawRoutes::isToPut)
        .id("unless-known-or-refused")
        .removeHeaders("*")
        .setHeader(AWS2S3Constants.KEY)
        .exchange(
            exchange -> RawBodies.key(exchange, PullVariables.pulled(exchange).origin().sha256()))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(RawBody.TYPE))
        .process(RawRoutes::takeCopy)
        .id("take-copy")
        .to(Bucket.putNew("-"))
        .setVariable(PullVariables.KEPT_AT)
        .exchange(exchange -> bodies.clock().instant())
        .end()
        .process(bodies::noteKept)
        .id("note-kept");

    from("direct:renew-body")
        .routeId("renew-body")
        .routeConfigurationId("raw-bodies")
        .to(Bucket.head("-"))
        .setVariable(PullVariables.KEPT_AT)
        .body(HeadObjectResponse.class, HeadObjectResponse::lastModified)
        .filter(exchange -> !bodies.isFresh(requireNonNull(PullVariables.keptAt(exchange))))
        .id("if-old")
        .process(RawRoutes::takeCopy)
        .id("take-copy-again")
        .to(Bucket.put("-"))
        .setVariable(PullVariables.KEPT_AT)
        .exchange(exchange -> bodies.clock().instant())
        .end()
        .process(bodies::noteKept)
        .id("note-renewed");
  }

  /** Knows of a body that a run before has kept, as long as it need not be put again. */
  private void recall(Exchange exchange) {
    String sha256 = PullVariables.pulled(exchange).origin().sha256();
    exchange.setVariable(
        PullVariables.KEPT_AT,
        BaseSet.of(exchange)
            .flatMap(base -> base.pull(PullVariables.source(exchange).name()))
            .filter(last -> last.sha256().equals(sha256) && bodies.isFresh(last.keptAt()))
            .map(LastPull::keptAt)
            .orElse(null));
  }

  private static boolean isToPut(Exchange exchange) {
    return exchange.getVariable(PullVariables.KEPT_AT) == null
        && !Runs.of(exchange).log().has(PullFact.BodiesRefused.class);
  }

  private static void takeCopy(Exchange exchange) throws RunFailedException {
    try {
      exchange
          .getMessage()
          .setBody(exchange.getVariable(PullVariables.COPY, BodyCopy.class).file());
    } catch (IOException e) {
      throw new RunFailedException(
          "The body of feed %s is not kept, since %s: make room in %s, or set raw.keep to 0."
              .formatted(PullVariables.source(exchange).name(), e.getMessage(), BodyCopy.FOLDER));
    }
  }

  /** Notes that the program may not keep bodies. */
  private static void noteRefused(Exchange exchange) {
    Runs.of(exchange).note(new PullFact.BodiesRefused(REFUSED));
  }
}
