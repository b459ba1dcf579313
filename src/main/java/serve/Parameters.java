package serve;

import covid.Interval;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import versions.VersionId;
import web.Problem;
import web.ProblemException;
import web.Request;

/** Parameters of requests, with their limits. */
final class Parameters {
  /** The format of {@link LocalDate} with years of four digits and without a sign. */
  private static final DateTimeFormatter DAY =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4)
          .appendPattern("-MM-dd")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private Parameters() {}

  /**
   * Days.
   *
   * @param from the first
   * @param to the last
   */
  record Days(LocalDate from, LocalDate to) {}

  /** The days of the parameters from and to. */
  static Days days(Request request) throws ProblemException {
    LocalDate from = date(request, "from", LocalDate.MIN);
    LocalDate to = date(request, "to", LocalDate.MAX);
    if (from.isAfter(to)) {
      throw new ProblemException(
          Problem.parameter("from", from.toString(), "a day that is not after " + to));
    }
    return new Days(from, to);
  }

  private static LocalDate date(Request request, String name, LocalDate otherwise)
      throws ProblemException {
    Optional<String> text = request.parameter(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    return day(text.get())
        .orElseThrow(
            () ->
                new ProblemException(Problem.parameter(name, text.get(), "a day, as 2020-01-22")));
  }

  /** A day, as 2020-01-22; empty if a text is none. */
  static Optional<LocalDate> day(String text) {
    try {
      return Optional.of(LocalDate.from(DAY.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the parameter format, or the header Accept without it, asks for CSV. */
  static boolean isCsv(Request request) throws ProblemException {
    String accepted = String.valueOf(request.accept()).startsWith("text/csv") ? "csv" : "json";
    return word(request, "format", accepted, "json", "csv").equals("csv");
  }

  /**
   * The length of a period, which is at least that of the data.
   *
   * @param least also if the parameter is not given
   */
  static Interval interval(Request request, Interval least) throws ProblemException {
    String[] allowed =
        Arrays.stream(Interval.values())
            .filter(interval -> interval.compareTo(least) >= 0)
            .map(Interval::toString)
            .toArray(String[]::new);
    return Interval.valueOf(
        word(request, "interval", least.toString(), allowed).toUpperCase(Locale.ROOT));
  }

  /** One of some words. */
  static String word(Request request, String name, String otherwise, String... allowed)
      throws ProblemException {
    String word = request.parameter(name).orElse(otherwise);
    if (!List.of(allowed).contains(word)) {
      throw new ProblemException(
          Problem.parameter(name, word, "one of " + String.join(", ", allowed)));
    }
    return word;
  }

  /** A whole number from 1 on. */
  static int number(Request request, String name, int otherwise, int most) throws ProblemException {
    Optional<String> text = request.parameter(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("[1-9]\\d{0,8}") || Integer.parseInt(text.get()) > most) {
      throw new ProblemException(
          Problem.parameter(name, text.get(), "a whole number from 1 to " + most));
    }
    return Integer.parseInt(text.get());
  }

  /** The id of a version; empty if it is not given. */
  static String version(Request request, String name) throws ProblemException {
    Optional<String> id = request.parameter(name);
    if (id.isPresent() && !VersionId.isId(id.get())) {
      throw new ProblemException(
          Problem.parameter(
              name, id.get(), "the id of a version, as 2026-11-22T21-00-00Z-7f3a9c01"));
    }
    return id.orElse("");
  }
}
