package routes;

import static java.util.Objects.requireNonNull;

import aws.BucketKeys;
import covid.FeedSet;
import covid.LastPull;
import covid.PullFact;
import covid.Run;
import covid.RunFailedException;
import feeds.BodyCopy;
import feeds.FeedSource;
import feeds.RawBody;
import feeds.Validators;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The raw bodies of the feeds, as objects of the bucket that are named by their SHA-256.
 *
 * <pre>
 *   keep-body            of a feed that was pulled: its copy -> S3 raw/
 *     ~> renew-body      there is such an object; an old one is put again
 *   read-unchanged       of a feed that has not changed: S3 raw/ -> read-body           PullRoutes
 *     ~> pull-anew       it is gone or damaged: fetch-FEED                             PullRoutes
 * </pre>
 */
public final class RawRoutes extends RouteBuilder {
  /** The variable of a run that keeps the bodies; a preview has none. */
  static final String KEEPS = "keeps-bodies";

  /** The variable of an exchange that has to pull a whole feed. */
  static final String ANEW = "anew";

  /** The variable with the {@link BodyCopy} of the last attempt. */
  static final String COPY = "copy";

  /** The variable with the {@link Validators} of the answer. */
  static final String VALIDATORS = "validators";

  /** The variable with the {@link FeedSet} that was read. */
  static final String PULLED = "pulled";

  /**
   * The variables with the SHA-256 of the body to be read, and the entity tag that it came with.
   */
  static final String SHA256 = "sha256";

  static final String ETAG = "etag";

  private static final String KEPT_AT = "keptAt";

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
        .filter(variable(COPY).isNotNull())
        .id("if-copied")
        .process(this::recall)
        .id("recall-kept")
        .filter(RawRoutes::isToPut)
        .id("unless-known-or-refused")
        .removeHeaders("*")
        .setHeader(AWS2S3Constants.KEY)
        .exchange(exchange -> key(exchange, pulled(exchange).origin().sha256()))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(RawBody.TYPE))
        .process(RawRoutes::takeCopy)
        .id("take-copy")
        .to(Bucket.putNew("-"))
        .setVariable(KEPT_AT)
        .exchange(exchange -> bodies.clock().instant())
        .end()
        .process(this::noteKept)
        .id("note-kept");

    from("direct:renew-body")
        .routeId("renew-body")
        .routeConfigurationId("raw-bodies")
        .to(Bucket.head("-"))
        .setVariable(KEPT_AT)
        .body(HeadObjectResponse.class, HeadObjectResponse::lastModified)
        .filter(exchange -> !bodies.isFresh(requireNonNull(keptAt(exchange))))
        .id("if-old")
        .process(RawRoutes::takeCopy)
        .id("take-copy-again")
        .to(Bucket.put("-"))
        .setVariable(KEPT_AT)
        .exchange(exchange -> bodies.clock().instant())
        .end()
        .process(this::noteKept)
        .id("note-renewed");

    from("direct:read-unchanged")
        .routeId("read-unchanged")
        .routeConfigurationId("kept-bodies")
        .setVariable("source", body())
        .process(RawRoutes::choose)
        .id("choose")
        .to("direct:take-body")
        .process(RawRoutes::unpack)
        .id("unpack-kept")
        .to("direct:read-body")
        .process(RawRoutes::verify)
        .id("verify-kept")
        .process("notePulled")
        .setVariable(KEPT_AT)
        .exchange(exchange -> last(exchange).keptAt())
        .process(this::noteKept)
        .id("note-still-kept");

    from("direct:pull-anew")
        .routeId("pull-anew")
        .routeConfigurationId("stages")
        .setVariable(ANEW, constant(true))
        .recipientList(simple("direct:fetch-${variable.source.name}"));

    from("direct:take-body")
        .routeId("take-body")
        // The callers retry, and know what to do without the body.
        .errorHandler(noErrorHandler())
        .removeHeaders("*")
        .setBody(constant(""))
        .setHeader(AWS2S3Constants.KEY)
        .exchange(exchange -> key(exchange, exchange.getVariable(SHA256, String.class)))
        .to(Bucket.get("-"))
        .removeHeaders("*")
        .setHeader("ETag", variable(ETAG));
  }

  // --- Keeping

  /** Knows of a body that a run before has kept, as long as it need not be put again. */
  private void recall(Exchange exchange) {
    String sha256 = pulled(exchange).origin().sha256();
    exchange.setVariable(
        KEPT_AT,
        BaseSet.of(exchange)
            .flatMap(base -> base.pull(source(exchange).name()))
            .filter(last -> last.sha256().equals(sha256) && bodies.isFresh(last.keptAt()))
            .map(LastPull::keptAt)
            .orElse(null));
  }

  private static String key(Exchange exchange, String sha256) {
    return Bucket.resolved(exchange, Bucket.PREFIX) + BucketKeys.raw(sha256);
  }

  private static boolean isToPut(Exchange exchange) {
    return exchange.getVariable(KEPT_AT) == null
        && !Runs.of(exchange).log().has(PullFact.BodiesRefused.class);
  }

  private static void takeCopy(Exchange exchange) throws RunFailedException {
    try {
      exchange.getMessage().setBody(exchange.getVariable(COPY, BodyCopy.class).file());
    } catch (IOException e) {
      throw new RunFailedException(
          "The body of feed %s is not kept, since %s: make room in %s, or set raw.keep to 0."
              .formatted(source(exchange).name(), e.getMessage(), BodyCopy.FOLDER));
    }
  }

  /** Notes that a body is in the bucket, and what the next pull has to know of it. */
  private void noteKept(Exchange exchange) {
    Instant keptAt = keptAt(exchange);
    if (keptAt == null) {
      return;
    }
    Run run = Runs.of(exchange);
    FeedSource source = source(exchange);
    Validators validators = exchange.getVariable(VALIDATORS, Validators.class);
    run.note(
        new PullFact.BodyKept(
            LastPull.of(
                pulled(exchange),
                bodies.reading().of(source),
                validators.etag(),
                validators.lastModified(),
                run.pulledAt().orElseThrow(),
                keptAt,
                BaseSet.of(exchange).flatMap(base -> base.pull(source.name())))));
  }

  private static @Nullable Instant keptAt(Exchange exchange) {
    return exchange.getVariable(KEPT_AT, Instant.class);
  }

  /** Notes that the program may not keep bodies. */
  private static void noteRefused(Exchange exchange) {
    Runs.of(exchange).note(new PullFact.BodiesRefused(REFUSED));
  }

  // --- Reading

  private static void choose(Exchange exchange) {
    LastPull last = last(exchange);
    exchange.setVariable(SHA256, last.sha256());
    exchange.setVariable(ETAG, last.etag());
    exchange.setVariable(VALIDATORS, new Validators(last.etag(), last.lastModified()));
  }

  /** The last pull of an unchanged feed. */
  private static LastPull last(Exchange exchange) {
    return Runs.of(exchange).pulls().unchanged(source(exchange).name()).orElseThrow();
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
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                object.abort();
              }
            });
    exchange.getMessage().setBody(RawBody.unpack(object));
  }

  /**
   * @throws IOException if the kept body is another one than its name says
   */
  static void verify(Exchange exchange) throws IOException {
    FeedSet read = exchange.getMessage().getBody(FeedSet.class);
    if (!read.origin().sha256().equals(exchange.getVariable(SHA256))) {
      throw new IOException("its SHA-256 is not that of its name");
    }
  }

  private static FeedSource source(Exchange exchange) {
    return exchange.getVariable("source", FeedSource.class);
  }

  private static FeedSet pulled(Exchange exchange) {
    return exchange.getVariable(PULLED, FeedSet.class);
  }
}
