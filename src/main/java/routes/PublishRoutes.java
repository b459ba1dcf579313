package routes;

import covid.ArchivedSet;
import covid.DayColumns;
import covid.Fact;
import covid.Pulls;
import covid.Run;
import covid.RunReport;
import feeds.CsvFormats;
import feeds.PlaceNames;
import feeds.SetBytes;
import feeds.SetFormat;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.commons.codec.digest.DigestUtils;
import web.Answer;

/**
 * The joined days as the published set, after the names of its places, so that readers of a set
 * find its names.
 *
 * <pre>
 *   archive-days         CSV and its metadata -> S3
 *     -> archive-names   of many places, if feeds give names: CSV -> S3
 * </pre>
 */
public final class PublishRoutes extends RouteBuilder {
  /** In the metadata of the set: names of feeds, separated by spaces. */
  static final String STALLED_FEEDS = "stalled-feeds";

  /** In the metadata of the set: digests of parts, separated by spaces. */
  static final String ENDED_PARTS = "ended-parts";

  private final SetFormat format;
  private final boolean synthetic;
  private final Runnable published;

  /**
   * @param format the form of the set
   * @param synthetic whether the figures of the feeds are invented
   * @param published called when a new set is in the bucket
   */
  public PublishRoutes(SetFormat format, boolean synthetic, Runnable published) {
    this.format = format;
    this.synthetic = synthetic;
    this.published = published;
  }

  @Override
  public void configure() {
    RouteDefinition archive =
        from("direct:archive-days").routeId("archive-days").routeConfigurationId("stages");
    if (!format.isOfOnePlace()) {
      archive
          .filter(exchange -> !Runs.of(exchange).pulls().names().isEmpty())
          .to("direct:archive-names");
      archiveNames();
    }
    archive.removeHeaders("*");
    (format.isOfOnePlace() ? dayByDay(archive) : atOnce(archive))
        .process(this::describe)
        .id("describe")
        .setHeader(AWS2S3Constants.KEY, constant(Bucket.ARCHIVE))
        .to(Bucket.put("-"))
        .process(PublishRoutes::notePublished)
        .id("note-published")
        .process(exchange -> published.run())
        .id("expire-copies")
        .log("Archived ${body.rows} days under ${body.key}");
  }

  private void archiveNames() {
    from("direct:archive-names")
        .routeId("archive-names")
        .routeConfigurationId("best-effort")
        .removeHeaders("*")
        .setBody(exchange -> names(Runs.of(exchange)))
        .id("names")
        .marshal(PlaceNames.format())
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.CSV))
        .to(Bucket.put(Bucket.NAMES));
  }

  private static List<List<String>> names(Run run) {
    return run.pulls().names().entrySet().stream()
        .map(place -> List.of(place.getKey().name(), place.getValue()))
        .toList();
  }

  private ProcessorDefinition<?> dayByDay(RouteDefinition archive) {
    return archive
        .setBody(exchange -> format.records(Runs.of(exchange).joined().days()))
        .id("records")
        .marshal(CsvFormats.set(format))
        .convertBodyTo(byte[].class);
  }

  /** Of many places there are too many days for a map each. */
  private ProcessorDefinition<?> atOnce(RouteDefinition archive) {
    return archive.process(this::write).id("write");
  }

  private void write(Exchange exchange) throws IOException {
    exchange.getMessage().setBody(SetBytes.of(format, Runs.of(exchange).joined().days()));
  }

  /**
   * Describes the published set: content type, rows, newest day, SHA-256, stalled feeds and ended
   * parts.
   */
  private void describe(Exchange exchange) {
    byte[] csv = exchange.getMessage().getBody(byte[].class);
    DayColumns days = Runs.of(exchange).joined().days();
    Pulls pulls = Runs.of(exchange).pulls();
    Map<String, String> metadata = new HashMap<>();
    metadata.put("rows", Integer.toString(days.size()));
    metadata.put("newest-day", days.newest().toString());
    metadata.put(ArchivedSet.SYNTHETIC, Boolean.toString(synthetic));
    metadata.put("sha256", DigestUtils.sha256Hex(csv));
    if (!pulls.stalled().isEmpty()) {
      metadata.put(STALLED_FEEDS, String.join(" ", pulls.stalled()));
    }
    if (!pulls.endedParts().isEmpty()) {
      metadata.put(ENDED_PARTS, String.join(" ", pulls.endedParts()));
    }
    exchange.getMessage().setHeader(AWS2S3Constants.CONTENT_TYPE, Answer.CSV);
    exchange.getMessage().setHeader(AWS2S3Constants.METADATA, metadata);
  }

  /**
   * Notes the published set, and the feeds that have stalled and parts that have ended since the
   * last one.
   */
  private static void notePublished(Exchange exchange) {
    Run run = Runs.of(exchange);
    Map<?, ?> metadata = exchange.getMessage().getHeader(AWS2S3Constants.METADATA, Map.class);
    DayColumns days = run.joined().days();
    RunReport.Archive set =
        new RunReport.Archive(
            exchange.getMessage().getHeader(AWS2S3Constants.PRODUCED_KEY, String.class),
            days.size(),
            days.newest(),
            String.valueOf(metadata.get("sha256")),
            null);
    run.note(new Fact.SetPublished(set));
    run.pulls().news().forEach(news -> run.note(new Fact.Warned(news)));
    exchange.getMessage().setBody(set);
  }
}
