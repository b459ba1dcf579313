package serve;

import covid.RunId;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import versions.VersionId;
import web.Problem;
import web.ProblemException;
import web.Request;

/** Which version a request is about. */
sealed interface AsOf {
  /** The parameter of figures. */
  String NAME = "asOf";

  /** The values of such a parameter. */
  String ALLOWED =
      "a moment with its offset from UTC, as 2026-11-22T21:00:00Z, a day, as 2026-11-22,"
          + " or the id of a version or a run, as /versions and /runs have them";

  /** The version with an id. */
  record OfVersion(String id) implements AsOf {}

  /** The version that a run published. */
  record OfRun(String id) implements AsOf {}

  /**
   * The version that was the current one at a moment.
   *
   * @param asked the moment as the request has it
   */
  record OfTime(Instant moment, String asked) implements AsOf {}

  /** The parameters of figures: some, and this one. */
  static String[] with(String... parameters) {
    return Stream.concat(Stream.of(NAME), Stream.of(parameters)).toArray(String[]::new);
  }

  /**
   * What a parameter names.
   *
   * @param zone of days: a day means its end there
   * @return empty if the parameter is not given
   * @throws ProblemException with status 400 if it is none of these
   */
  static Optional<AsOf> of(Request request, String name, ZoneId zone) throws ProblemException {
    Optional<String> text = request.parameter(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (VersionId.isId(text.get())) {
      return Optional.of(new OfVersion(text.get()));
    }
    if (RunId.isId(text.get())) {
      return Optional.of(new OfRun(text.get()));
    }
    try {
      return Optional.of(new OfTime(moment(text.get(), zone), text.get()));
    } catch (DateTimeException e) {
      throw wrong(name, text.get());
    }
  }

  /** Refuses a value. */
  static ProblemException wrong(String name, String value) {
    return new ProblemException(Problem.parameter(name, value, ALLOWED));
  }

  /** Requires a parameter that is not given. */
  static ProblemException missing(String name) {
    return new ProblemException(Problem.missing(name, ALLOWED));
  }

  private static Instant moment(String text, ZoneId zone) {
    Optional<LocalDate> day = Parameters.day(text);
    return day.isPresent()
        ? day.get().plusDays(1).atStartOfDay(zone).toInstant().minusNanos(1)
        // In a query, a plus sign stands for a blank.
        : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
  }
}
