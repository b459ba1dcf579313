package serve;

import covid.Interval;
import covid.Series;
import feeds.CsvFormats;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import web.Answer;
import web.FirstPicture;
import web.Json;
import web.PeriodTable;
import web.Periods;
import web.PlaceLine;
import web.ProblemException;
import web.Request;
import web.ShownPlace;
import web.SiteVersion;
import web.Totals;

/**
 * Answers from one state of the set of one place.
 *
 * @param set the state
 * @param listing how its place is listed
 * @param json how answers are written
 */
record OneAnswers(OneSet set, PlaceListing listing, Json json) {
  /** The latest figure of each metric. */
  Answer totals() {
    return Answer.of(Answer.JSON, json.write(totalsOf()));
  }

  private Totals totalsOf() {
    return Totals.of(set.series(), set.updatedAt());
  }

  /** The list of its place. */
  Answer places(Request request) throws ProblemException {
    return Answer.of(
        Answer.JSON,
        json.write(
            listing.page(
                List.of(place("days")), set.series().isSynthetic(), set.updatedAt(), request)));
  }

  /** The list of its place for the site. */
  Answer placesOnSite() {
    return Answer.of(
        Answer.JSON,
        json.write(
            listing.page(
                List.of(place(SitePaths.DAYS)),
                1,
                set.series().isSynthetic(),
                set.updatedAt(),
                null)));
  }

  private PlaceLine place(String days) {
    Series series = set.series();
    LocalDate newest = series.days().get(series.days().size() - 1).date();
    return listing.line(series, newest, days);
  }

  /** All days, as JSON. */
  Answer allDays() {
    return Answer.of(Answer.JSON, json.write(periods(Interval.DAY, LocalDate.MIN, LocalDate.MAX)));
  }

  /** Totals and days in one. */
  Answer whole() {
    Totals totals = totalsOf();
    Periods days = periods(Interval.DAY, LocalDate.MIN, LocalDate.MAX);
    return Answer.of(Answer.JSON, json.write(new SiteVersion(totals, days)));
  }

  /** The series that a request selects. */
  Answer days(Request request) throws ProblemException, IOException {
    Parameters.Days days = Parameters.days(request);
    Interval interval = Parameters.interval(request, Interval.DAY);
    boolean csv = Parameters.isCsv(request);
    Periods periods = periods(interval, days.from(), days.to());
    PeriodTable table = periods.periods();
    return csv
        ? Answer.of(Answer.CSV, CsvFormats.table(table.header(), table.rows()))
        : Answer.of(Answer.JSON, json.write(periods));
  }

  /** What the page shows first. */
  FirstPicture picture(boolean isEarlier) {
    Series series = set.series();
    ShownPlace place = ShownPlace.only(series, listing.interval());
    return new FirstPicture(
        List.of(place),
        false,
        listing.interval(),
        set.updatedAt(),
        isEarlier,
        series.isSynthetic(),
        series.metrics().stream()
            .filter(series::isDiscontinued)
            .map(metric -> metric + " ended")
            .toList(),
        listing.knownOf(series.isSynthetic()),
        List.of(series.isSynthetic() ? PlaceListing.SYNTHETIC : PlaceListing.OF_ONE_PLACE));
  }

  private Periods periods(Interval interval, LocalDate from, LocalDate to) {
    return Periods.of(set.series(), interval, set.series().periods(interval, from, to));
  }
}
