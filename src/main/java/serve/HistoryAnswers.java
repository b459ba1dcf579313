package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.Place;
import java.net.URLEncoder;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import versions.VersionEntry;
import web.Answer;
import web.DayHistory;
import web.Json;
import web.Problem;
import web.ProblemException;
import web.Request;

/** Answers about what the figures of a day were over time. */
public final class HistoryAnswers {
  /** How many versions a request may have read at the most. */
  private static final int MOST_READ = 500;

  private final PublishedVersions versions;
  private final SeriesChanges changes;
  private final ParallelReads reads;
  private final boolean ofPlaces;
  private final Json json;
  private final Bulkhead bulkhead;

  /**
   * @param versions of the published set
   * @param reads reads several objects at the same time
   * @param ofPlaces whether the set is of many places
   * @param json how answers are written
   * @param bulkhead limits how many callers wait for the bucket
   */
  public HistoryAnswers(
      PublishedVersions versions,
      ParallelReads reads,
      boolean ofPlaces,
      Json json,
      Bulkhead bulkhead) {
    this.versions = versions;
    this.changes = new SeriesChanges(versions.series());
    this.reads = reads;
    this.ofPlaces = ofPlaces;
    this.json = json;
    this.bulkhead = bulkhead;
  }

  /**
   * The versions that changed the figures of the day that the path names, newest first.
   *
   * @throws ProblemException with status 400 if the path names no day, or a parameter is unknown or
   *     has a value that is not allowed, 404 if none of the versions has the place, 503 if one
   *     cannot be read
   */
  public Answer history(Request request) throws Exception {
    if (ofPlaces) {
      request.allow("before", "place");
    } else {
      request.allow("before");
    }
    LocalDate date = date(request);
    String before = Parameters.version(request, "before");
    Optional<Place> place = place(request);
    Published<KnownVersions> known = versions.timeline().current(bulkhead);
    List<VersionEntry> found = known.content().timeline().before(before, MOST_READ + 1);
    boolean reachesFirst = found.size() <= MOST_READ;
    DayIssues issues = new DayIssues(versions, changes, reads, place, date);
    String name = place.map(Place::name).orElse(null);
    DayHistory history =
        new DayHistory(
            name,
            date,
            bulkhead.call(() -> issues.among(found, reachesFirst, before.isEmpty())),
            reachesFirst ? null : next(place, found.get(MOST_READ - 1).id()));
    return Answer.of(Answer.JSON, json.write(history)).aged(known.age());
  }

  private static LocalDate date(Request request) throws ProblemException {
    String date = request.parentName();
    Optional<LocalDate> day = Parameters.day(date);
    if (day.isEmpty()) {
      throw new ProblemException(Problem.parameter("date", date, "a day, as 2020-01-22"));
    }
    return day.get();
  }

  private Optional<Place> place(Request request) throws ProblemException {
    Optional<Place> place = request.parameter("place").map(code -> new Place(code.strip()));
    if (ofPlaces && place.isEmpty()) {
      throw new ProblemException(Problem.noPlaceNamed());
    }
    return place;
  }

  private static String next(Optional<Place> place, String before) {
    String kept =
        place.map(any -> "place=" + URLEncoder.encode(any.name(), UTF_8) + "&").orElse("");
    return "history?%sbefore=%s".formatted(kept, before);
  }
}
