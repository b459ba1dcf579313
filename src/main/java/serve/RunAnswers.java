package serve;

import covid.Run;
import covid.RunId;
import covid.RunReport;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import web.Answer;
import web.Json;
import web.Problem;
import web.ProblemException;
import web.Request;
import web.RunLine;
import web.RunPage;

/** Answers about runs: ended ones, and the one in progress. */
public final class RunAnswers {
  private static final String DEFAULT_LIMIT = "20";
  private static final int NOT_FOUND = 404;

  private final PublishedReports reports;
  private final Supplier<Optional<Run>> running;
  private final Optional<PublishedOpenRun> open;
  private final Json json;
  private final Bulkhead bulkhead;

  /**
   * @param reports of ended runs
   * @param running the run in progress in this process
   * @param open the run in progress in any process; empty without a queue
   * @param json how answers are written
   * @param bulkhead bounds how many callers wait for the bucket
   */
  public RunAnswers(
      PublishedReports reports,
      Supplier<Optional<Run>> running,
      Optional<PublishedOpenRun> open,
      Json json,
      Bulkhead bulkhead) {
    this.reports = reports;
    this.running = running;
    this.open = open;
    this.json = json;
    this.bulkhead = bulkhead;
  }

  /**
   * The page of runs that the parameters limit and before select.
   *
   * @throws ProblemException with status 400 if one of them has a value that is not allowed, 503 if
   *     the reports cannot be read
   */
  public Answer list(Request request) throws Exception {
    PublishedReports.Page page = page(request);
    Published<List<RunLine>> ended = reports.lines(page, bulkhead);
    return list(ended.content(), page).aged(ended.age());
  }

  private static PublishedReports.Page page(Request request) throws ProblemException {
    Optional<String> before = request.parameter("before");
    if (before.isPresent() && !RunId.isId(before.get())) {
      throw new ProblemException(
          Problem.parameter(
              "before", before.get(), "the id of a run, as 2026-11-22T21-00-00Z-7f3a"));
    }
    String limit = request.parameter("limit").orElse(DEFAULT_LIMIT);
    if (!limit.matches("[1-9]\\d?|100")) {
      throw new ProblemException(Problem.parameter("limit", limit, "a whole number from 1 to 100"));
    }
    return new PublishedReports.Page(Integer.parseInt(limit), before.orElse(""));
  }

  private Answer list(List<RunLine> ended, PublishedReports.Page page) {
    List<RunLine> lines =
        Stream.concat(
                runningIfKnown().filter(run -> page.mayHold(run.id())).stream()
                    .filter(run -> ended.stream().noneMatch(line -> line.id().equals(run.id()))),
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

  /**
   * The run that the path names: its report, or what is known of it while it is in progress.
   *
   * @throws ProblemException with status 404 if there is none, 503 if it cannot be read
   */
  public Answer one(Request request) throws ProblemException {
    String id = request.name();
    if (!RunId.isId(id)) {
      throw new ProblemException(Problem.noRun(id));
    }
    Optional<Run> here = running.get().filter(run -> run.id().equals(id));
    return here.isPresent() ? of(RunLine.running(here.get())) : reported(id);
  }

  /**
   * Reads an answer of {@link #one} that is a report.
   *
   * @throws ForeignObjectException if the object in its place is not the whole report of that run
   */
  public RunReport report(String id, Answer answer) throws ForeignObjectException {
    return reports.whole(id, answer);
  }

  /** A run that is not in progress in this process. */
  private Answer reported(String id) throws ProblemException {
    try {
      return reports.report(id, bulkhead);
    } catch (ProblemException e) {
      Optional<RunLine> elsewhere =
          e.problem().status() == NOT_FOUND ? running() : Optional.empty();
      return of(elsewhere.filter(run -> run.id().equals(id)).orElseThrow(() -> e));
    }
  }

  private Answer of(RunLine line) {
    return Answer.of(Answer.JSON, json.write(line));
  }

  /** A list of ended runs is better than none; the log says why the other cannot be read. */
  private Optional<RunLine> runningIfKnown() {
    try {
      return running();
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /** The run in progress: of this process, or the one that another one is to end. */
  private Optional<RunLine> running() throws ProblemException {
    Optional<RunLine> here = running.get().map(RunLine::running);
    return here.isPresent() || open.isEmpty() ? here : open.get().line(bulkhead);
  }
}
