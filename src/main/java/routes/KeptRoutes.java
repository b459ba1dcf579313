package routes;

import covid.FeedSet;
import covid.LastPull;
import feeds.RawBody;
import feeds.Validators;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import software.amazon.awssdk.core.ResponseInputStream;

/**
 * Reads the raw bodies that are kept.
 *
 * <pre>
 *   read-unchanged       of a feed that has not changed: take-body -> read-body         ReadRoutes
 *     ~> pull-anew       it is gone or damaged: fetch-FEED                              PullRoutes
 *   take-body            S3 raw/
 * </pre>
 */
public final class KeptRoutes extends RouteBuilder {
  private final RawBodies bodies;

  /**
   * @param bodies which are kept
   */
  public KeptRoutes(RawBodies bodies) {
    this.bodies = bodies;
  }

  @Override
  public void configure() {
    from("direct:read-unchanged")
        .routeId("read-unchanged")
        .routeConfigurationId("kept-bodies")
        .setVariable(PullVariables.SOURCE, body())
        .process(KeptRoutes::choose)
        .id("choose")
        .to("direct:take-body")
        .process(KeptRoutes::unpack)
        .id("unpack-kept")
        .to("direct:read-body")
        .process(KeptRoutes::verify)
        .id("verify-kept")
        .process("notePulled")
        .setVariable(PullVariables.KEPT_AT)
        .exchange(exchange -> last(exchange).keptAt())
        .process(bodies::noteKept)
        .id("note-still-kept");

    from("direct:pull-anew")
        .routeId("pull-anew")
        .routeConfigurationId("stages")
        .setVariable(PullVariables.ANEW, constant(true))
        .recipientList(simple("direct:fetch-${variable.source.name}"));

    from("direct:take-body")
        .routeId("take-body")
        // The callers retry, and know what to do without the body.
        .errorHandler(noErrorHandler())
        .removeHeaders("*")
        .setBody(constant(""))
        .setHeader(AWS2S3Constants.KEY)
        .exchange(
            exchange ->
                RawBodies.key(exchange, exchange.getVariable(PullVariables.SHA256, String.class)))
        .to(Bucket.get("-"))
        .removeHeaders("*")
        .setHeader("ETag", variable(PullVariables.ETAG));
  }

  private static void choose(Exchange exchange) {
    LastPull last = last(exchange);
    exchange.setVariable(PullVariables.SHA256, last.sha256());
    exchange.setVariable(PullVariables.ETAG, last.etag());
    exchange.setVariable(
        PullVariables.VALIDATORS, new Validators(last.etag(), last.lastModified()));
  }

  /** The last pull of an unchanged feed. */
  private static LastPull last(Exchange exchange) {
    return Runs.of(exchange).pulls().unchanged(PullVariables.source(exchange).name()).orElseThrow();
  }

  /**
   * Unpacks the kept object, whose connection ends with the exchange.
   *
   * @throws IOException if it is not there
   */
  static void unpack(Exchange exchange) throws IOException {
    if (!(exchange.getMessage().getBody() instanceof ResponseInputStream<?> object)) {
      throw new NoSuchFileException("it is not in the bucket");
    }
    PullVariables.closeAfter(exchange, object::abort);
    exchange.getMessage().setBody(RawBody.unpack(object));
  }

  /**
   * @throws IOException if the kept body is another one than its name says
   */
  static void verify(Exchange exchange) throws IOException {
    FeedSet read = exchange.getMessage().getBody(FeedSet.class);
    if (!read.origin().sha256().equals(exchange.getVariable(PullVariables.SHA256))) {
      throw new IOException("its SHA-256 is not that of its name");
    }
  }
}
