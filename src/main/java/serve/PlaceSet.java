package serve;

import covid.Place;
import covid.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import web.Answer;

/** One state of the set of many places: the current one, or a version. */
interface PlaceSet {
  /** The same only for the same figures. */
  String name();

  /** Whether it is a version, not the current set. */
  boolean isVersion();

  /**
   * The same set, with other bounds.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   */
  PlaceSet within(Bulkhead bulkhead);

  /** Its places, sorted. */
  Set<Place> places();

  /**
   * The series of a place of the set.
   *
   * @throws web.ProblemException with status 503 if it cannot be read
   */
  Series series(Place place) throws Exception;

  /**
   * What comes of each series, by place.
   *
   * @throws web.ProblemException with status 503 if one cannot be read
   */
  <T> List<T> map(Function<Series, T> function) throws Exception;

  /** Whether the figures are invented. */
  boolean isSynthetic();

  /** The newest day of all places. */
  LocalDate newestDay();

  /** When it was published. */
  Instant updatedAt();

  /** The set as CSV. */
  Answer csv() throws Exception;
}
