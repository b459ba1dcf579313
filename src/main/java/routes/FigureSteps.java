package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.ArchivedSet;
import covid.Interval;
import covid.Series;
import feeds.CsvFormats;
import java.io.IOException;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import web.Answer;
import web.Periods;
import web.Problem;
import web.ProblemException;
import web.Request;
import web.Totals;

/** What is answered of the archived set. */
public final class FigureSteps {
  /** As {@link LocalDate} is written, but no year is longer than four digits or has a sign. */
  private static final DateTimeFormatter DAY =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4)
          .appendPattern("-MM-dd")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final Json json;
  private final Charts charts;
  private volatile LastTotals lastTotals = new LastTotals(null, null);

  /**
   * @param json how answers are written
   * @param charts pictures of the set
   */
  public FigureSteps(Json json, Charts charts) {
    this.json = json;
    this.charts = charts;
  }

  private record LastTotals(ArchivedSet set, Answer answer) {}

  /** The latest figure of each metric; written once for each copy of the set. */
  public Answer totals(@Body ArchivedSet set) {
    LastTotals last = lastTotals;
    if (last.set() != set) {
      last = new LastTotals(set, Answer.of(Answer.JSON, json.write(Totals.of(set))));
      lastTotals = last;
    }
    return last.answer();
  }

  /** The file as it is. */
  public Answer archive(@Body ArchivedSet set) {
    return new Answer(Answer.CSV, set.csv().getBytes(UTF_8), "W/" + set.etag());
  }

  /** The chart as pixels. */
  public Answer png(@Body ArchivedSet set)
      throws ExecutionException, InterruptedException, TimeoutException {
    return Answer.of("image/png", charts.png(set));
  }

  /** The chart as lines and areas. */
  public Answer svg(@Body ArchivedSet set) {
    return Answer.of("image/svg+xml", charts.svg(set));
  }

  /** All days. */
  public Answer allDays(@Body ArchivedSet set) {
    return Answer.of(
        Answer.JSON, json.write(periods(set, Interval.DAY, LocalDate.MIN, LocalDate.MAX)));
  }

  /** The part of the series that is asked for. */
  public Answer days(@Body ArchivedSet set, @ExchangeProperty(Request.PROPERTY) Request request)
      throws ProblemException, IOException {
    request.allow("from", "to", "interval", "format");
    LocalDate from = date(request, "from", LocalDate.MIN);
    LocalDate to = date(request, "to", LocalDate.MAX);
    if (from.isAfter(to)) {
      throw new ProblemException(
          Problem.parameter("from", from.toString(), "a day that is not after " + to));
    }
    Interval interval =
        Interval.valueOf(
            word(request, "interval", "day", "day", "week", "month").toUpperCase(Locale.ROOT));
    String accepted = String.valueOf(request.accept()).startsWith("text/csv") ? "csv" : "json";
    Periods periods = periods(set, interval, from, to);
    return word(request, "format", accepted, "json", "csv").equals("csv")
        ? Answer.of(Answer.CSV, CsvFormats.periods(periods.periods()))
        : Answer.of(Answer.JSON, json.write(periods));
  }

  private static Periods periods(ArchivedSet set, Interval interval, LocalDate from, LocalDate to) {
    Series series = set.series();
    return new Periods(series.country(), interval, series.periods(interval, from, to));
  }

  private static LocalDate date(Request request, String name, LocalDate otherwise)
      throws ProblemException {
    Optional<String> text = request.parameter(name);
    try {
      return text.map(DAY::parse).map(LocalDate::from).orElse(otherwise);
    } catch (DateTimeException e) {
      throw new ProblemException(Problem.parameter(name, text.get(), "a day, as 2020-01-22"));
    }
  }

  private static String word(Request request, String name, String otherwise, String... allowed)
      throws ProblemException {
    String word = request.parameter(name).orElse(otherwise);
    if (!List.of(allowed).contains(word)) {
      throw new ProblemException(
          Problem.parameter(
              name, word, Arrays.stream(allowed).collect(Collectors.joining(", ", "one of ", ""))));
    }
    return word;
  }
}
