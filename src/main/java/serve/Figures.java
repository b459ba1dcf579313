package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.ArchivedSet;
import covid.Day;
import covid.Interval;
import covid.Series;
import feeds.CsvFormats;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import web.Answer;
import web.Json;
import web.PeriodTable;
import web.Periods;
import web.PlaceLine;
import web.Problem;
import web.ProblemException;
import web.Request;
import web.Totals;

/** Answers of the published set of one place. */
public final class Figures implements FigureAnswers {
  private final PublishedSet<ArchivedSet> sets;
  private final PublishedChart charts;
  private final PlaceListing listing;
  private final Json json;
  private final Bulkhead bulkhead;
  private volatile @Nullable Totalled totalled;

  /**
   * @param sets the published set
   * @param charts its chart
   * @param listing how its place is listed
   * @param json how answers are written
   * @param bulkhead limits how many callers wait for the bucket
   */
  public Figures(
      PublishedSet<ArchivedSet> sets,
      PublishedChart charts,
      PlaceListing listing,
      Json json,
      Bulkhead bulkhead) {
    this.sets = sets;
    this.charts = charts;
    this.listing = listing;
    this.json = json;
    this.bulkhead = bulkhead;
  }

  private record Totalled(ArchivedSet set, Answer answer) {}

  @Override
  public Answer totals(Request request) throws ProblemException {
    request.allow();
    return now().totals();
  }

  @Override
  public Answer days(Request request) throws ProblemException, IOException {
    request.allow("from", "to", "interval", "format");
    return now().days(request);
  }

  @Override
  public Answer places(Request request) throws ProblemException {
    request.allow(PlaceQuery.PARAMETERS);
    return now().places(request);
  }

  @Override
  public Answer csv(Request request) throws ProblemException {
    request.allow();
    return now().csv();
  }

  @Override
  public Answer png(Request request) throws Exception {
    request.allow();
    return now().png();
  }

  @Override
  public Answer svg(Request request) throws ProblemException {
    request.allow();
    return now().svg();
  }

  @Override
  public List<SiteFile> files() throws ProblemException {
    Snapshot now = now();
    if (now.published.isStale()) {
      throw new ProblemException(Problem.away("The published set could not be read again."));
    }
    return List.of(
        new SiteFile("totals.json", now::totals),
        new SiteFile("days.json", now::allDays),
        new SiteFile("chart.png", now::png),
        new SiteFile("chart.svg", now::svg),
        new SiteFile("CovidData.csv", now::csv));
  }

  private Snapshot now() throws ProblemException {
    return new Snapshot(sets.current(bulkhead));
  }

  /** Answers from one state of the published set. */
  private final class Snapshot {
    private final ArchivedSet set;
    private final Published<ArchivedSet> published;

    private Snapshot(Published<ArchivedSet> published) {
      this.published = published;
      this.set = published.content();
    }

    /** Starts drawing the chart too, which is usually requested next. */
    @SuppressWarnings("ReferenceEquality")
    private Answer totals() {
      Future<Answer> unused = charts.prepare(set);
      Totalled last = totalled;
      // Sets are compared by identity: comparing all of their figures would take longer.
      if (last == null || last.set() != set) {
        last = new Totalled(set, Answer.of(Answer.JSON, json.write(Totals.of(set))));
        totalled = last;
      }
      return aged(last.answer());
    }

    private Answer places(Request request) throws ProblemException {
      Series series = set.series();
      List<Day> days = series.days();
      PlaceLine place = listing.line(series, days.get(days.size() - 1).date(), "days");
      return aged(
          Answer.of(
              Answer.JSON,
              json.write(
                  listing.page(List.of(place), series.isSynthetic(), set.updatedAt(), request))));
    }

    private Answer csv() {
      return aged(new Answer(Answer.CSV, set.csv().getBytes(UTF_8), "W/" + set.etag()));
    }

    private Answer png() throws Exception {
      return aged(charts.png(set, bulkhead));
    }

    private Answer svg() {
      return aged(charts.svg(set));
    }

    private Answer allDays() {
      return aged(
          Answer.of(
              Answer.JSON, json.write(periods(set, Interval.DAY, LocalDate.MIN, LocalDate.MAX))));
    }

    private Answer days(Request request) throws ProblemException, IOException {
      Parameters.Days days = Parameters.days(request);
      Interval interval = Parameters.interval(request, Interval.DAY);
      boolean csv = Parameters.isCsv(request);
      Periods periods = periods(set, interval, days.from(), days.to());
      PeriodTable table = periods.periods();
      return aged(
          csv
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
}
