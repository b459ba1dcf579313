package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.Interval;
import covid.Metric;
import covid.Series;
import covid.View;
import feeds.SetFormat;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import web.Answer;
import web.FirstPicture;
import web.Json;
import web.PeriodTable;
import web.PlaceLine;
import web.PlacePeriods;
import web.PlaceTotals;
import web.Request;

/** Answers from one state of a published set of many places. */
final class PlaceAnswers {
  static final Parameters.Days ALL = new Parameters.Days(LocalDate.MIN, LocalDate.MAX);

  private final PlaceSet set;
  private final PlaceListing listing;
  private final Json json;
  private final LocalDate newestDay;
  private volatile @Nullable List<PlaceLine> lines;
  private volatile @Nullable FirstOfPlaces first;

  PlaceAnswers(PlaceSet set, PlaceListing listing, Json json) {
    this.set = set;
    this.listing = listing;
    this.json = json;
    this.newestDay = set.newestDay();
  }

  /** Of all places, made when they are first needed. */
  private List<PlaceLine> lines() throws Exception {
    return lines(set);
  }

  private List<PlaceLine> lines(PlaceSet within) throws Exception {
    List<PlaceLine> known = lines;
    if (known == null) {
      known = within.map(series -> listing.line(series, newestDay, "days" + query(series)));
      lines = known;
    }
    return known;
  }

  private static String query(Series series) {
    return "?place=" + URLEncoder.encode(series.place().name(), UTF_8);
  }

  PlaceSet set() {
    return set;
  }

  /** The same as files. */
  PlaceFiles files() throws Exception {
    return new PlaceFiles(this, lines(), listing, json);
  }

  private @Nullable Boolean synthetic() {
    return set.isSynthetic() ? true : null;
  }

  /** A page of the list of places. */
  Answer places(Request request) throws Exception {
    return Answer.of(
        Answer.JSON,
        json.write(listing.page(lines(), set.isSynthetic(), set.updatedAt(), request)));
  }

  /** The latest figure of each metric of the only place that is selected. */
  Answer totals(Selection selection) {
    Selection single = selection.single();
    Selection.Chosen chosen = single.places().get(0);
    Series series = chosen.series();
    String query = query(series);
    return Answer.of(
        Answer.JSON,
        json.write(
            new PlaceTotals(
                series.place().name(),
                chosen.entry().name(),
                chosen.entry().population(),
                synthetic(),
                single.measure().orElseThrow(),
                single.per(),
                set.updatedAt(),
                "chart.png" + query,
                "CovidData.csv" + query,
                latest(series, single.view(chosen)))));
  }

  private Map<String, PlaceTotals.Latest> latest(Series series, View view) {
    Map<String, PlaceTotals.Latest> latest = new LinkedHashMap<>();
    List<Series.Period> days = series.periods(view, Interval.DAY, ALL.from(), ALL.to());
    for (int i = 0; i < series.metrics().size(); i++) {
      Metric metric = series.metrics().get(i);
      for (Series.Period day : days) {
        Number value = day.figures().get(i);
        if (value != null) {
          latest.put(
              metric.name(),
              new PlaceTotals.Latest(
                  value, day.date(), listing.isStalled(series, metric, newestDay)));
        }
      }
    }
    return latest;
  }

  /** The series of the places that are selected. */
  PlacePeriods periods(Selection selection, Interval interval, Parameters.Days days) {
    List<PlacePeriods.OfPlace> places = new ArrayList<>();
    for (Selection.Chosen chosen : selection.places()) {
      View view = selection.view(chosen);
      Series series = chosen.series();
      places.add(
          new PlacePeriods.OfPlace(
              series.place().name(),
              chosen.entry().name(),
              chosen.entry().population(),
              new PeriodTable(
                  series.metrics(),
                  view.measures(),
                  series.periods(view, interval, days.from(), days.to()))));
    }
    return new PlacePeriods(synthetic(), interval, selection.per(), places);
  }

  /**
   * What the page shows first.
   *
   * @param named the places that are asked for; if none of them is known, the largest is shown
   * @param waiting bounds how many callers wait for the bucket
   */
  FirstPicture picture(List<String> named, Bulkhead waiting) throws Exception {
    PlaceSet within = set.within(waiting);
    FirstOfPlaces known = first;
    if (known == null) {
      known = new FirstOfPlaces(lines(within), listing);
      first = known;
    }
    return known.picture(named, within);
  }

  /** The part of the published set that is of the places that are selected. */
  Answer csv(Selection selection) throws IOException {
    return Answer.of(
        Answer.CSV,
        SetFormat.placed(selection.places().get(0).series().metrics())
            .text(selection.places().stream().flatMap(place -> place.series().days().stream())));
  }
}
