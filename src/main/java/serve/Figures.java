package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.ArchivedSet;
import covid.Interval;
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
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import web.Answer;
import web.Json;
import web.PeriodTable;
import web.Periods;
import web.Problem;
import web.ProblemException;
import web.Request;
import web.Totals;

/** Answers of the published set. */
public final class Figures {
  /** The format of {@link LocalDate} with years of four digits and without a sign. */
  private static final DateTimeFormatter DAY =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4)
          .appendPattern("-MM-dd")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final PublishedSet sets;
  private final PublishedChart charts;
  private final Json json;
  private final Bulkhead bulkhead;
  private volatile @Nullable Totalled totalled;

  /**
   * @param sets the published set
   * @param charts its chart
   * @param json how answers are written
   * @param bulkhead limits how many callers wait for the bucket
   */
  public Figures(PublishedSet sets, PublishedChart charts, Json json, Bulkhead bulkhead) {
    this.sets = sets;
    this.charts = charts;
    this.json = json;
    this.bulkhead = bulkhead;
  }

  private record Totalled(ArchivedSet set, Answer answer) {}

  /**
   * Answers from the current published set.
   *
   * @throws ProblemException with status 503 if there is none yet, or it cannot be read
   */
  public Snapshot now() throws ProblemException {
    return new Snapshot(sets.current(bulkhead));
  }

  /** Answers from one state of the published set. */
  public final class Snapshot {
    private final ArchivedSet set;
    private final Published<ArchivedSet> published;

    private Snapshot(Published<ArchivedSet> published) {
      this.published = published;
      this.set = published.content();
    }

    /** Whether the bucket may have a newer set. */
    public boolean isStale() {
      return published.isStale();
    }

    /**
     * The latest figure of each metric; starts drawing the chart, which is usually requested next.
     */
    @SuppressWarnings("ReferenceEquality")
    public Answer totals() {
      Future<Answer> unused = charts.prepare(set);
      Totalled last = totalled;
      // Sets are compared by identity: comparing all of their figures would take longer.
      if (last == null || last.set() != set) {
        last = new Totalled(set, Answer.of(Answer.JSON, json.write(Totals.of(set))));
        totalled = last;
      }
      return aged(last.answer());
    }

    /** The CSV as published. */
    public Answer csv() {
      return aged(new Answer(Answer.CSV, set.csv().getBytes(UTF_8), "W/" + set.etag()));
    }

    /** The chart as PNG. */
    public Answer png() throws Exception {
      return aged(charts.png(set, bulkhead));
    }

    /** The chart as SVG. */
    public Answer svg() {
      return aged(charts.svg(set));
    }

    /** All days. */
    public Answer allDays() {
      return aged(
          Answer.of(
              Answer.JSON, json.write(periods(set, Interval.DAY, LocalDate.MIN, LocalDate.MAX))));
    }

    /**
     * The part of the series that the parameters from, to, interval and format select.
     *
     * @throws ProblemException with status 400 if one of them has a value that is not allowed
     */
    public Answer days(Request request) throws ProblemException, IOException {
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
      PeriodTable table = periods.periods();
      return aged(
          word(request, "format", accepted, "json", "csv").equals("csv")
              ? Answer.of(Answer.CSV, CsvFormats.table(table.header(), table.rows()))
              : Answer.of(Answer.JSON, json.write(periods)));
    }

    private Answer aged(Answer answer) {
      return answer.aged(published.age());
    }
  }

  private static Periods periods(ArchivedSet set, Interval interval, LocalDate from, LocalDate to) {
    return Periods.of(set.series(), interval, set.series().periods(interval, from, to));
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
