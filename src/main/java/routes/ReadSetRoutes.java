package routes;

import covid.ArchivedSet;
import covid.Dataset;
import covid.PullRefusedException;
import covid.Run;
import covid.RunFact;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.jspecify.annotations.Nullable;

/**
 * The published set as a run finds it: before the pull, which may ask what has changed since, and
 * again for each further judgement of the pull.
 *
 * <pre>
 *   read-set          the published set and its metadata
 *     -> pull-set     S3 CSV: one attempt, from the request to the last byte
 * </pre>
 */
public final class ReadSetRoutes extends RouteBuilder {
  private final Dataset dataset;
  private final boolean synthetic;

  /**
   * @param dataset whose set it is
   * @param synthetic whether the figures of the feeds are invented
   */
  public ReadSetRoutes(Dataset dataset, boolean synthetic) {
    this.dataset = dataset;
    this.synthetic = synthetic;
  }

  @Override
  public void configure() {
    from("direct:read-set")
        .routeId("read-set")
        .routeConfigurationId("published-set")
        .to("direct:pull-set")
        .process(this::readMetadata)
        .id("read-metadata");

    from("direct:pull-set")
        .routeId("pull-set")
        // The caller retries a failed attempt, from the first byte.
        .errorHandler(noErrorHandler())
        .process(exchange -> BaseSet.keep(exchange, null))
        .id("forget-set")
        // All but the redelivery counter, which Camel keeps there.
        .removeHeaders("*", Redelivery.HEADERS)
        .setBody(constant(""))
        .setHeader(AWS2S3Constants.KEY, constant(Bucket.ARCHIVE))
        .to(Bucket.get("-"))
        .process(exchange -> Bucket.checkSizeOfSet(exchange, dataset))
        .id("check-size-of-set")
        .process(Bucket::keepLastModified)
        .id("keep-last-modified-of-set")
        .process(BaseSet::keep)
        .id("keep-set");
  }

  /**
   * Notes the stalled feeds and ended parts that were reported with the published set, or before it
   * if it is of this run.
   *
   * @throws PullRefusedException if synthetic figures would be mixed with real ones; version 0.1
   *     did not note it
   */
  private void readMetadata(Exchange exchange) throws PullRefusedException {
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
    Run run = Runs.of(exchange);
    Set<String> stalled = words(metadata.get(SetMetadata.STALLED_FEEDS));
    Set<String> ended = words(metadata.get(SetMetadata.ENDED_PARTS));
    Optional<BaseSet> set = BaseSet.of(exchange);
    if (set.filter(any -> any.isOf(run)).isPresent()) {
      // Published by this run, which has sent no message yet.
      Set<String> before = words(metadata.get(SetMetadata.REPORTED));
      stalled.retainAll(before);
      ended.retainAll(before);
    }
    run.note(
        new RunFact.ReportedBefore(
            Set.copyOf(stalled),
            Set.copyOf(ended),
            set.flatMap(BaseSet::run).orElse(""),
            set.map(BaseSet::lastModified).orElse(Instant.MAX)));
  }

  private static Set<String> words(@Nullable Object text) {
    return text == null ? new HashSet<>() : new HashSet<>(List.of(text.toString().split(" ")));
  }
}
