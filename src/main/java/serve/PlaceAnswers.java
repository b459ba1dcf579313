package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.Interval;
import covid.Metric;
import covid.Place;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import web.Answer;
import web.FirstPicture;
import web.Json;
import web.PeriodTable;
import web.PlaceLine;
import web.PlacePeriods;
import web.PlaceTotals;
import web.Request;
import web.ShownPlace;
import web.SitePlaces;

/** Answers from one state of a published set of many places. */
final class PlaceAnswers {
  private static final Parameters.Days ALL = new Parameters.Days(LocalDate.MIN, LocalDate.MAX);

  private final PlaceSet set;
  private final PlaceListing listing;
  private final Json json;
  private final LocalDate newestDay;
  private volatile @Nullable List<PlaceLine> lines;

  PlaceAnswers(PlaceSet set, PlaceListing listing, Json json) {
    this.set = set;
    this.listing = listing;
    this.json = json;
    this.newestDay = set.newestDay();
  }

  /** Of all places, made when they are first needed. */
  private List<PlaceLine> lines() throws Exception {
    List<PlaceLine> known = lines;
    if (known == null) {
      known = set.map(series -> listing.line(series, newestDay, "days" + query(series)));
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
   */
  FirstPicture picture(List<String> named, boolean isEarlier) throws Exception {
    List<Place> chosen = ChosenPlaces.known(named, set.places());
    List<ShownPlace> shown = new ArrayList<>();
    for (Place place : chosen.isEmpty() ? List.of(largest()) : chosen) {
      Series series = set.series(place);
      shown.add(
          ShownPlace.oneOfMany(
              listing.gazetteer().of(place).name(),
              series,
              listing.interval(),
              metric -> listing.isStalled(series, metric, newestDay)));
    }
    return new FirstPicture(
        shown,
        true,
        listing.interval(),
        set.updatedAt(),
        isEarlier,
        set.isSynthetic(),
        standing(),
        listing.knownOf(set.isSynthetic()),
        set.isSynthetic() ? List.of(PlaceListing.SYNTHETIC) : listing.sentences());
  }

  /** The place with the most of the first metric. */
  private Place largest() throws Exception {
    String metric = listing.metrics().get(0).name();
    PlaceLine largest = lines().get(0);
    for (PlaceLine line : lines()) {
      if (value(line, metric) > value(largest, metric)) {
        largest = line;
      }
    }
    return new Place(largest.code());
  }

  private static long value(PlaceLine line, String metric) {
    PlaceLine.Latest latest = line.figures().get(metric);
    return latest == null ? -1 : latest.value();
  }

  /** Of all places, how many have a metric that stands still. */
  private List<String> standing() throws Exception {
    List<String> said = new ArrayList<>();
    for (Metric metric : listing.metrics()) {
      List<PlaceLine.Latest> latest =
          lines().stream()
              .flatMap(line -> Stream.ofNullable(line.figures().get(metric.name())))
              .toList();
      long still = latest.stream().filter(PlaceLine.Latest::stalled).count();
      if (still > 0) {
        said.add(FirstPicture.standing(metric, still, latest.size()));
      }
    }
    return said;
  }

  /** The part of the published set that is of the places that are selected. */
  Answer csv(Selection selection) throws IOException {
    return Answer.of(
        Answer.CSV,
        SetFormat.placed(selection.places().get(0).series().metrics())
            .text(selection.places().stream().flatMap(place -> place.series().days().stream())));
  }

  /**
   * What the page reads of the set if there is no server.
   *
   * @param version the id of its version; empty if it is none
   */
  List<FigureAnswers.SiteFile> files(Optional<String> version) throws Exception {
    List<FigureAnswers.SiteFile> files = new ArrayList<>();
    files.add(new FigureAnswers.SiteFile("places.json", () -> placesOnSite(version)));
    for (PlaceLine line : lines()) {
      files.add(new FigureAnswers.SiteFile(SitePaths.days(line.code()), () -> allDays(line)));
    }
    files.add(new FigureAnswers.SiteFile("CovidData.csv", set::csv));
    return files;
  }

  /** The list of all places for the site. */
  Answer placesOnSite(Optional<String> version) throws Exception {
    List<PlaceLine> onSite =
        lines().stream().map(line -> line.at(SitePaths.days(line.code()))).toList();
    return Answer.of(
        Answer.JSON,
        json.write(
            new SitePlaces(
                version.orElse(null),
                listing.page(onSite, onSite.size(), set.isSynthetic(), set.updatedAt(), null))));
  }

  private Answer allDays(PlaceLine line) throws Exception {
    Place place = new Place(line.code());
    Selection.Chosen chosen =
        new Selection.Chosen(set.series(place), listing.gazetteer().of(place));
    Selection selection = new Selection(List.of(chosen), Optional.empty(), false);
    return Answer.of(Answer.JSON, json.write(periods(selection, listing.interval(), ALL)));
  }
}
