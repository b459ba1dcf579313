package serve;

import aws.BucketKeys;
import covid.RunId;
import covid.RunReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Answer;
import web.Json;
import web.Problem;
import web.ProblemException;
import web.RunLine;

/** The reports of runs that have ended, as lines of a list and one by one. */
public final class PublishedReports {
  private static final Logger LOG = LoggerFactory.getLogger("published-reports");
  private static final int MOST_LINES = 1_000;

  /**
   * The time limit for a page: the reports read by then are kept, so the next request continues.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final BucketObjects bucket;
  private final Clock clock;
  private final Failures failures;
  private final ReportReader reader;
  private final ReportList list;
  private final SingleReports single;
  private final Map<ReportList.Entry, RunLine> lines = LruMap.synchronizedMap(MOST_LINES);
  private final ReentrantLock reading = new ReentrantLock();

  /**
   * @param bucket the bucket of the reports
   * @param json how they are read
   * @param clock measures the age of the cached list
   * @param refresh how long it is served without checking the bucket
   * @param failures explains why a report cannot be read
   */
  public PublishedReports(
      BucketObjects bucket, Json json, Clock clock, Duration refresh, Failures failures) {
    this.bucket = bucket;
    this.clock = clock;
    this.failures = failures;
    this.reader = new ReportReader(bucket, json, failures);
    this.list = new ReportList(bucket, clock, refresh, failures);
    this.single = new SingleReports(bucket, clock, refresh, failures);
  }

  /**
   * The requested runs.
   *
   * @param limit the maximum number
   * @param before only runs older than this one; empty: the newest
   */
  public record Page(int limit, String before) {
    /** Whether a run may be on the page. */
    public boolean mayHold(String id) {
      return before.isEmpty() || id.compareTo(before) < 0;
    }
  }

  /** Makes the next call list the reports again, since a run has written one. */
  public void expire() {
    list.expire();
  }

  /**
   * The report of a run as it is in the bucket.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 404 if there is none, 503 if it cannot be read
   */
  public Answer report(String id, Bulkhead bulkhead) throws ProblemException {
    return single.report(id, bulkhead);
  }

  /**
   * The report of a run; see {@link #report}.
   *
   * @throws ProblemException with status 404 if there is none, 503 if it cannot be read
   */
  RunReport parsed(String id, Bulkhead bulkhead) throws ProblemException {
    ReportList.Entry entry = new ReportList.Entry(id, "");
    try {
      return reader.parse(entry, report(id, bulkhead).body());
    } catch (ForeignObjectException e) {
      LOG.warn("{}", failures.forOperators(e), e);
      throw new ProblemException(Problem.away(failures.forReaders(e)), e);
    }
  }

  /**
   * Reads an answer of {@link #report}.
   *
   * @throws ForeignObjectException if it is not the whole report of that run
   */
  public RunReport whole(String id, Answer answer) throws ForeignObjectException {
    ReportList.Entry entry = new ReportList.Entry(id, "");
    return reader.whole(entry, reader.parse(entry, answer.body()));
  }

  /**
   * The lines of a page, newest first, plus one, which shows whether there is a next page.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @throws ProblemException with status 503 if they cannot be read
   */
  public Published<List<RunLine>> lines(Page page, Bulkhead bulkhead) throws Exception {
    Published<List<ReportList.Entry>> listed = list.current(bulkhead);
    List<ReportList.Entry> asked =
        listed.content().stream()
            .filter(entry -> page.mayHold(entry.id()))
            .limit(page.limit() + 1L)
            .toList();
    List<RunLine> known =
        asked.stream().flatMap(entry -> Stream.ofNullable(lines.get(entry))).toList();
    return new Published<>(
        known.size() < asked.size() ? bulkhead.call(() -> readLines(asked)) : known, listed.age());
  }

  /** One caller reads at a time, so that each report is read once. */
  private List<RunLine> readLines(List<ReportList.Entry> asked)
      throws ProblemException, InterruptedException {
    if (!reading.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new ProblemException(Problem.away(Failures.AWAY));
    }
    try {
      Instant deadline = clock.instant().plus(PATIENCE);
      List<RunLine> page = new ArrayList<>();
      for (ReportList.Entry entry : asked) {
        RunLine known = lines.get(entry);
        if (known == null && clock.instant().isAfter(deadline)) {
          throw new ProblemException(Problem.away(Failures.AWAY));
        }
        page.add(known == null ? readLine(entry) : known);
      }
      return page;
    } finally {
      reading.unlock();
    }
  }

  private RunLine readLine(ReportList.Entry entry) throws ProblemException {
    RunLine line;
    try {
      Optional<RunReport> report = reader.read(entry);
      if (report.isEmpty()) {
        return RunLine.unreadable(entry.id(), "Its report is no longer there.");
      }
      line = RunLine.of(report.get());
    } catch (ForeignObjectException e) {
      LOG.warn("{}", failures.forOperators(e), e);
      line = RunLine.unreadable(entry.id(), failures.forReaders(e));
    }
    lines.put(entry, line);
    return line;
  }

  /**
   * The newest reports, newest first, without unreadable and damaged ones.
   *
   * @param most the maximum number
   * @throws ProblemException if the bucket does not return one of them
   */
  public List<RunReport> newest(int most) throws ProblemException {
    List<ReportList.Entry> newest =
        list.current(Bulkhead.UNBOUNDED).content().stream().limit(most).toList();
    List<RunReport> reports = new ArrayList<>();
    for (ReportList.Entry entry : newest) {
      try {
        Optional<RunReport> report = reader.read(entry);
        if (report.isPresent()) {
          reports.add(reader.whole(entry, report.get()));
        }
      } catch (ForeignObjectException e) {
        LOG.warn("{}", failures.forOperators(e), e);
      }
    }
    return reports;
  }

  /** Whether the bucket has the report of a run that began at or after a time, to the second. */
  public boolean hasAnySince(Instant time) {
    return bucket.hasAfter(BucketKeys.REPORTS, BucketKeys.REPORTS + RunId.prefix(time));
  }
}
