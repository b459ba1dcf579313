package routes;

import aws.BucketKeys;
import covid.PublicationFact;
import covid.Run;
import covid.RunFailedException;
import feeds.SetText;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import versions.Pointer;
import versions.Version;
import web.Answer;
import web.Json;

/**
 * A {@link Publication} into the bucket: what never changes, and last the set, which says what the
 * current version is. A run that dies before that has published nothing.
 *
 * <pre>
 *   put-version
 *     -> put-series      each new one, in parallel: CSV, packed -> S3 series/
 *     -> put-manifest    JSON -> S3 versions/
 *          ~> renew      there is such an object
 *     -> put-index       if the metadata of the set are full: JSON -> S3 versions/index.json
 *   put-set              CSV and its metadata -> S3, unless another run has replaced the set
 * </pre>
 */
public final class VersionRoutes extends RouteBuilder {
  /** A sweep removes what is a day old; an object of this age is put again well before that. */
  private static final Duration OLD = Duration.ofHours(12);

  private static final String REFUSED =
      "The program may not write to versions/ and series/ of the bucket, so the set is published"
          + " without a version, and is not part of the history: give its role the rights of"
          + " aws/stack.yaml.";

  private final Json json;
  private final boolean synthetic;
  private final Clock clock;

  /**
   * @param json how manifests are written
   * @param synthetic whether the figures of the feeds are invented
   * @param clock the time when objects are put
   */
  public VersionRoutes(Json json, boolean synthetic, Clock clock) {
    this.json = json;
    this.synthetic = synthetic;
    this.clock = clock;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("versionsRefused", (Processor) VersionRoutes::noteRefused);

    from("direct:put-version")
        .routeId("put-version")
        .routeConfigurationId("stages")
        // Not as simple expressions: these would have Camel compute the hash code of each day.
        .split()
        .exchange(exchange -> publication(exchange).series())
        .streaming()
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .executorService("store")
        .stopOnException()
        .to("direct:put-series")
        .end()
        .split()
        .exchange(exchange -> publication(exchange).manifests())
        .stopOnException()
        .to("direct:put-manifest")
        .end()
        .filter(this::isFull)
        .to("direct:put-index");

    from("direct:put-series")
        .routeId("put-series")
        .routeConfigurationId("versions")
        .filter(VersionRoutes::mayWrite)
        .id("unless-series-refused")
        .setHeader(AWS2S3Constants.KEY)
        .exchange(exchange -> key(exchange, BucketKeys.series(series(exchange).sha256())))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(StoredSeries.GZIP))
        .process(this::pack)
        .id("pack")
        .to(Bucket.putNew("-"));

    from("direct:put-manifest")
        .routeId("put-manifest")
        .routeConfigurationId("versions")
        .filter(VersionRoutes::mayWrite)
        .id("unless-manifests-refused")
        .setHeader(AWS2S3Constants.KEY)
        .exchange(exchange -> key(exchange, BucketKeys.version(version(exchange).id())))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .marshal(json.of(Version.class))
        .to(Bucket.putNew("-"));

    from("direct:renew")
        .routeId("renew")
        // A sweep may just have taken it.
        .routeConfigurationId("published-set")
        .setVariable("object", body())
        .to(Bucket.head("-"))
        .filter(this::isOld)
        .setBody(variable("object"))
        .to(Bucket.put("-"));

    from("direct:put-index")
        .routeId("put-index")
        .routeConfigurationId("versions")
        .filter(VersionRoutes::mayWrite)
        .id("unless-index-refused")
        .process(this::addToIndex)
        .id("add-to-index");

    from("direct:put-set")
        .routeId("put-set")
        .routeConfigurationId("pointer")
        .removeVariable("lost")
        .process(this::putSet)
        .id("put-if-unchanged")
        .filter(variable("lost").isNull())
        .id("unless-lost")
        .process(new NotePublished())
        .id("note-published");
  }

  private static String key(Exchange exchange, String key) {
    return Bucket.resolved(exchange, Bucket.PREFIX) + key;
  }

  private static Publication publication(Exchange exchange) {
    return Publication.find(exchange).orElseThrow();
  }

  private static Publication.Series series(Exchange exchange) {
    return exchange.getMessage().getBody(Publication.Series.class);
  }

  private static Version version(Exchange exchange) {
    return exchange.getMessage().getBody(Version.class);
  }

  private void pack(Exchange exchange) throws IOException {
    exchange.getMessage().setBody(series(exchange).packed(clock.instant()));
  }

  private boolean isOld(Exchange exchange) {
    return !(exchange.getMessage().getBody() instanceof HeadObjectResponse object)
        || object.lastModified().isBefore(clock.instant().minus(OLD));
  }

  private static boolean mayWrite(Exchange exchange) {
    return !Runs.of(exchange).log().has(PublicationFact.VersionsRefused.class);
  }

  /** Notes that the program may not write versions. */
  private static void noteRefused(Exchange exchange) {
    Runs.of(exchange).note(new PublicationFact.VersionsRefused(REFUSED));
  }

  /** Whether the metadata of the set have no room for the versions before it. */
  private boolean isFull(Exchange exchange) {
    Run run = Runs.of(exchange);
    Publication publication = publication(exchange);
    return !SetMetadata.fits(publication.pointer(run), SetMetadata.of(run, publication, synthetic));
  }

  private void addToIndex(Exchange exchange) throws RunFailedException {
    Optional<Pointer> before = publication(exchange).before();
    if (before.isPresent()) {
      VersionObjects.of(exchange, json).index().add(before.get().recent());
    }
  }

  private void putSet(Exchange exchange) {
    Run run = Runs.of(exchange);
    Publication publication = publication(exchange);
    Map<String, String> metadata = SetMetadata.of(run, publication, synthetic);
    if (mayWrite(exchange)) {
      Pointer pointer = publication.pointer(run);
      metadata.putAll((SetMetadata.fits(pointer, metadata) ? pointer : pointer.alone()).metadata());
    }
    VersionObjects.of(exchange, json)
        .putSet(
            Bucket.resolved(exchange, Bucket.ARCHIVE),
            body(publication.set()),
            metadata,
            BaseSet.of(exchange).map(BaseSet::etag));
  }

  /** Read more than once: for the digests of the request, and as it is sent. */
  private static RequestBody body(SetText set) {
    return RequestBody.fromContentProvider(set::open, set.length(), Answer.CSV);
  }
}
