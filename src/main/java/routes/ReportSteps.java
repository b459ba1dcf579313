package routes;

import covid.RunReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.support.LRUCacheFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.S3Object;
import web.Answer;
import web.Problem;
import web.ProblemException;
import web.Request;
import web.RunLine;
import web.RunPage;

/** The steps of {@link ReportRoutes}. */
public final class ReportSteps {
  private static final Logger LOG = LoggerFactory.getLogger("current-runs");

  /** The property that gathers the reports while they are listed. */
  private static final String ENTRIES = "entries";

  private static final int MOST_LINES = 1_000;
  private static final String DEFAULT_LIMIT = "20";

  private final Kept<List<Entry>> kept;
  private final String bucket;
  private final Runs runs;
  private final Json json;
  private final Map<Entry, RunLine> lines = LRUCacheFactory.newLRUCache(MOST_LINES);

  /**
   * A report in the bucket.
   *
   * @param id the run
   * @param etag names this state of the report; it may be written twice
   */
  public record Entry(String id, String etag) {}

  /**
   * Which runs are asked for.
   *
   * @param limit at the most so many
   * @param before only runs older than this one; empty: the newest
   */
  public record Page(int limit, String before) {
    boolean mayHold(String id) {
      return before.isEmpty() || id.compareTo(before) < 0;
    }
  }

  /**
   * @param kept the copy of the list, newest first
   * @param bucket holds the reports
   * @param runs the runs of this process
   * @param json how answers are written
   */
  public ReportSteps(Kept<List<Entry>> kept, String bucket, Runs runs, Json json) {
    this.kept = kept;
    this.runs = runs;
    this.json = json;
    this.bucket = bucket;
  }

  /** The copy of the list. */
  public Kept<List<Entry>> kept() {
    return kept;
  }

  /** Asks for the first reports. */
  public ListObjectsRequest firstPage(Exchange exchange) {
    exchange.setProperty(ENTRIES, new ArrayList<Entry>());
    return after(Bucket.REPORTS);
  }

  /** Notes reports, and asks for more; null if there are none. */
  public ListObjectsRequest nextPage(
      @Body List<S3Object> page, @ExchangeProperty(ENTRIES) List<Entry> entries) {
    for (S3Object report : page) {
      String id = report.key().substring(Bucket.REPORTS.length()).replaceFirst("\\.json$", "");
      if (Runs.isId(id)) {
        entries.add(new Entry(id, report.eTag()));
      }
    }
    return page.isEmpty() ? null : after(page.get(page.size() - 1).key());
  }

  private ListObjectsRequest after(String key) {
    return ListObjectsRequest.builder().bucket(bucket).prefix(Bucket.REPORTS).marker(key).build();
  }

  /** Keeps the list. */
  public void keep(@ExchangeProperty(ENTRIES) List<Entry> entries) {
    entries.sort(Comparator.comparing(Entry::id).reversed());
    kept.keep(List.copyOf(entries));
  }

  /** Notes that the bucket is away. */
  public void failed(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error) {
    LOG.warn("The run reports cannot be listed: {}", Reason.of(error));
    kept.failed(Problems.whyAway(error));
  }

  /** The list, newest first. */
  public List<Entry> current(Exchange exchange) throws ProblemException {
    return CurrentCopy.of(
        kept, exchange, Problem.away("The run reports have not been listed yet."));
  }

  /** One more than a page of the list, which shows whether there is a next one. */
  public List<Entry> page(@Body List<Entry> entries, @ExchangeProperty("page") Page page) {
    return entries.stream()
        .filter(entry -> page.mayHold(entry.id()))
        .limit(page.limit() + 1L)
        .toList();
  }

  /** What was read of a report before; null if nothing. */
  public RunLine known(@ExchangeProperty("entry") Entry entry) {
    return lines.get(entry);
  }

  /** Notes what was read, if it is the report that its name says. */
  public RunLine learn(@Body RunReport report, @ExchangeProperty("entry") Entry entry) {
    RunLine line = RunLine.of(report);
    if (!line.id().equals(entry.id())) {
      return unreadable(entry);
    }
    lines.put(entry, line);
    return line;
  }

  /** Stands for a report that cannot be read. */
  public RunLine unreadable(@ExchangeProperty("entry") Entry entry) {
    return RunLine.unreadable(entry.id());
  }

  /**
   * Lets a page pass that has all of its lines.
   *
   * @throws ProblemException if the bucket did not give one of the reports
   */
  public void requireAll(@Body List<?> lines, @ExchangeProperty("wanted") int wanted)
      throws ProblemException {
    if (lines.size() < wanted) {
      throw new ProblemException(Problem.away(Problems.AWAY));
    }
  }

  // --- Answers

  /** The page that is asked for. */
  public Page requested(@ExchangeProperty(Request.PROPERTY) Request request)
      throws ProblemException {
    request.allow("limit", "before");
    Optional<String> before = request.parameter("before");
    if (before.isPresent() && !Runs.isId(before.get())) {
      throw new ProblemException(
          Problem.parameter(
              "before", before.get(), "the id of a run, as 2026-11-22T21-00-00Z-7f3a"));
    }
    String limit = request.parameter("limit").orElse(DEFAULT_LIMIT);
    if (!limit.matches("[1-9]\\d?|100")) {
      throw new ProblemException(Problem.parameter("limit", limit, "a whole number from 1 to 100"));
    }
    return new Page(Integer.parseInt(limit), before.orElse(""));
  }

  /**
   * The lines of a page.
   *
   * @param ended one more than were asked for if there is a next page
   */
  public Answer runs(@Body List<RunLine> ended, @ExchangeProperty("page") Page page) {
    List<RunLine> lines =
        Stream.concat(
                runs.current().filter(run -> page.mayHold(run.id())).stream()
                    .filter(run -> ended.stream().noneMatch(line -> line.id().equals(run.id())))
                    .map(RunLine::running),
                ended.stream())
            .sorted(Comparator.comparing(RunLine::id).reversed())
            .toList();
    if (lines.size() <= page.limit()) {
      return Answer.of(Answer.JSON, json.write(new RunPage(lines, null)));
    }
    List<RunLine> shown = lines.subList(0, page.limit());
    String next =
        "runs?limit=%d&before=%s".formatted(page.limit(), shown.get(shown.size() - 1).id());
    return Answer.of(Answer.JSON, json.write(new RunPage(shown, next)));
  }

  /** The report of a run as it stands in the bucket. */
  public Answer report(@Body byte[] report) {
    return Answer.of(Answer.JSON, report);
  }
}
