package routes;

import aws.BucketKeys;
import aws.ForeignObject;
import covid.ArchivedSet;
import covid.Day;
import covid.Fact;
import covid.FeedSet;
import covid.Freshness;
import covid.Gate;
import covid.JoinedDays;
import covid.OpenRun;
import covid.PullRefusedException;
import covid.Pulls;
import covid.Run;
import covid.RunFailedException;
import covid.RunId;
import covid.RunReport;
import feeds.ArchiveRecords;
import feeds.FeedSource;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of a run: what they compute, apart from how {@link IngestRoutes} strings them together.
 *
 * <p>Failures are taken from the property of the exchange: {@code @ExchangeException} would rather
 * give an earlier one that Camel keeps as suppressed.
 */
public final class RunSteps {
  private static final Logger LOG = LoggerFactory.getLogger("ingest");

  /** In the metadata of the archived set: names of feeds, separated by spaces. */
  private static final String STALLED_FEEDS = "stalled-feeds";

  /** In the metadata of the archived set: marks of parts, separated by spaces. */
  private static final String ENDED_PARTS = "ended-parts";

  private final Runs runs;
  private final Gate gate;
  private final Freshness freshness;
  private final Clock clock;
  private final boolean synthetic;

  /**
   * @param runs the runs of this process
   * @param gate decides on what was pulled
   * @param freshness tells a feed that has stalled
   * @param clock tells when something failed or ended
   * @param synthetic whether the figures of the feeds are invented
   */
  public RunSteps(Runs runs, Gate gate, Freshness freshness, Clock clock, boolean synthetic) {
    this.runs = runs;
    this.gate = gate;
    this.freshness = freshness;
    this.clock = clock;
    this.synthetic = synthetic;
  }

  // --- Runs before this one

  /** The mark that this run leaves in the bucket until it is over. */
  public OpenRun mark(@Variable("run") Run run) {
    return runs.mark(run);
  }

  /** Notes a run that left its mark, unless it may still end by itself. */
  public void found(
      @Body OpenRun earlier,
      @Header(AWS2S3Constants.KEY) String key,
      Exchange exchange,
      @Variable("run") Run run) {
    if (!BucketKeys.name(Bucket.OPEN_RUNS, key).equals(Optional.of(earlier.id()))) {
      foundUnreadable(key, exchange, run);
    } else if (!runs.isAlive(earlier)) {
      run.note(new Fact.UnfinishedRunFound(earlier));
    }
  }

  /** Notes a run whose mark cannot be read. */
  public void foundUnreadable(
      @Header(AWS2S3Constants.KEY) String key, Exchange exchange, @Variable("run") Run run) {
    Optional<String> id = BucketKeys.name(Bucket.OPEN_RUNS, key).filter(RunId::isId);
    if (id.isPresent()) {
      OpenRun.Owner owner = new OpenRun.Owner("a host that is not known", 0, Instant.EPOCH);
      run.note(
          new Fact.UnfinishedRunFound(
              new OpenRun(id.get(), "of unknown trigger", Instant.EPOCH, owner, null)));
    } else if (!key.equals(Bucket.OPEN_RUNS)) {
      // Not the empty object by which some tools show a folder.
      warnOfForeignMark(key, exchange, run);
    }
  }

  /** Has every run say it until the object is gone: it may hide that a run died. */
  private static void warnOfForeignMark(String key, Exchange exchange, Run run) {
    ForeignObject object = Bucket.foreign(exchange, key, "is not the marker of a run", "remove it");
    LOG.warn("Run {}: {}", run.id(), object.forOperators());
    run.note(new Fact.Warned(object.forOperators()));
  }

  // --- Pull, join, gate

  /** Notes a feed that arrived whole. */
  public void pulled(@Body FeedSet feed, @Variable("run") Run run) {
    run.note(new Fact.FeedPulled(feed));
    if (freshness.isStalled(feed, now())) {
      run.note(new Fact.FeedStalled(feed.name()));
    }
  }

  /** Notes a feed that could not be had whole. */
  public void pullFailed(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error,
      @Variable("source") FeedSource feed,
      @Variable("run") Run run) {
    run.note(new Fact.PullFailed(feed.name(), Reason.ofPull(error, feed)));
  }

  /** Joins the feeds. */
  public JoinedDays join(@Variable("run") Run run) throws RunFailedException {
    JoinedDays joined = JoinedDays.of(gate.place(), run.pulls().complete());
    run.note(new Fact.DaysJoined(joined));
    return joined;
  }

  /**
   * The days of the set that was archived last.
   *
   * @param csv its text; empty before the first run
   * @throws RunFailedException if it is not a set
   */
  public List<Day> archivedDays(@Body String csv, Exchange exchange) throws RunFailedException {
    if (csv.isEmpty()) {
      return List.of();
    }
    try {
      return ArchiveRecords.days(csv);
    } catch (ArchiveRecords.NotASetException e) {
      throw new RunFailedException(
          Bucket.foreign(exchange, Bucket.ARCHIVE, e.finding(), ArchiveRecords.REMEDY)
              .forOperators());
    }
  }

  /**
   * Ends the run if invented figures would be mixed with counted ones.
   *
   * @param metadata of the published set; null if there is none. Version 0.1 noted nothing there.
   */
  public void requireSameKind(@Header(AWS2S3Constants.METADATA) Map<String, String> metadata)
      throws PullRefusedException {
    String published = metadata == null ? null : metadata.get(ArchivedSet.SYNTHETIC);
    if (published != null && Boolean.parseBoolean(published) != synthetic) {
      throw new PullRefusedException(
          (synthetic
                  ? "These feeds are synthetic and the published set is not"
                  : "The published set is synthetic and these feeds are not")
              + " (feed.synthetic): begin anew with another table and another archive.key.");
    }
  }

  /** Notes which stalled feeds and ended parts were reported when the last set was archived. */
  public void recallReported(
      @Header(AWS2S3Constants.METADATA) Map<String, String> metadata, @Variable("run") Run run) {
    run.note(new Fact.ReportedBefore(words(metadata, STALLED_FEEDS), words(metadata, ENDED_PARTS)));
  }

  private static List<String> words(Map<String, String> metadata, String key) {
    String words = metadata == null ? null : metadata.get(key);
    return words == null ? List.of() : List.of(words.split(" "));
  }

  /** Lets the pull pass, with published days in place of incomplete ones, or ends the run. */
  public void check(@Body List<Day> archived, @Variable("run") Run run) throws RunFailedException {
    List<FeedSet> feeds = run.pulls().complete();
    JoinedDays joined = run.days().joined().keeping(gate.place(), feeds, archived);
    run.note(new Fact.DaysJoined(joined));
    Optional<String> refusal = gate.refuses(feeds, joined, archived);
    if (refusal.isPresent()) {
      throw new PullRefusedException(refusal.get());
    }
  }

  // --- Archive

  /** The joined set as records of a CSV. */
  public List<Map<String, Object>> archiveRecords(@Variable("run") Run run) {
    return ArchiveRecords.of(run.days().joined().days());
  }

  /**
   * Describes the set to its readers: content type, rows, newest day, SHA-256, stalled feeds and
   * ended parts.
   */
  public void describeArchive(Exchange exchange, @Variable("run") Run run) {
    byte[] csv = exchange.getMessage().getBody(byte[].class);
    List<Day> days = run.days().joined().days();
    Pulls pulls = run.pulls();
    Day newest = days.get(days.size() - 1);
    exchange.getMessage().setHeader(AWS2S3Constants.CONTENT_TYPE, "text/csv; charset=utf-8");
    Map<String, String> metadata = new HashMap<>();
    metadata.put("rows", Integer.toString(days.size()));
    metadata.put("newest-day", newest.date().toString());
    metadata.put(ArchivedSet.SYNTHETIC, Boolean.toString(synthetic));
    metadata.put("sha256", DigestUtils.sha256Hex(csv));
    if (!pulls.stalled().isEmpty()) {
      metadata.put(STALLED_FEEDS, String.join(" ", pulls.stalled()));
    }
    if (!pulls.endedParts().isEmpty()) {
      metadata.put(ENDED_PARTS, String.join(" ", pulls.endedParts()));
    }
    exchange.getMessage().setHeader(AWS2S3Constants.METADATA, metadata);
  }

  /** Notes what was published, and which feeds have stalled and parts ended since the last time. */
  public RunReport.Archive archived(
      @Header(AWS2S3Constants.METADATA) Map<String, String> metadata,
      @Header(AWS2S3Constants.PRODUCED_KEY) String key,
      @Variable("run") Run run) {
    RunReport.Archive set =
        new RunReport.Archive(
            key,
            Integer.parseInt(metadata.get("rows")),
            LocalDate.parse(metadata.get("newest-day")),
            metadata.get("sha256"));
    run.note(new Fact.SetPublished(set));
    run.pulls().news().forEach(news -> run.note(new Fact.Warned(news)));
    return set;
  }

  /** Notes that the stages of the run are done. */
  public void finished(Run run) {
    run.note(new Fact.StagesEnded(now()));
  }

  // --- What went wrong

  /**
   * Notes why the run ends before its time.
   *
   * @param step the route that failed
   */
  public void failed(Throwable error, String step, Run run) {
    String reason = Reason.of(error, step);
    if (error instanceof PullRefusedException) {
      LOG.error("Run {} is refused: {}", run.id(), reason, error);
      run.note(new Fact.RunRefused(reason));
    } else {
      LOG.error("Run {} fails: {}", run.id(), Reason.forLog(error, step), error);
      run.note(new Fact.RunFailed(reason));
    }
  }

  /** Notes that a step failed that does not change how the run ends. */
  public void notDone(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error,
      @ExchangeProperty(Exchange.FAILURE_ROUTE_ID) String step,
      @Variable("run") Run run) {
    LOG.error("Run {}: step {} failed: {}", run.id(), step, Reason.forLog(error, step), error);
    run.note(new Fact.Warned("The step %s failed: %s".formatted(step, Reason.of(error, step))));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
