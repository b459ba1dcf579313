package serve;

import covid.Gazetteer;
import covid.Interval;
import covid.KnownBreak;
import covid.Metric;
import covid.Series;
import feeds.PlaceList;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import web.PlaceLine;
import web.PlacePage;
import web.ProblemException;
import web.Request;

/**
 * Lists places.
 *
 * @param places gives names and populations, which not everyone asks for
 * @param metrics in the order of their columns
 * @param interval how far apart the days of a series are
 * @param stalledAfter a metric that has not changed for longer, up to the newest day of all places,
 *     has stalled; empty: one that its source has discontinued
 * @param credits the sources of the figures
 * @param known since when figures mean something else
 */
public record PlaceListing(
    Supplier<Gazetteer> places,
    List<Metric> metrics,
    Interval interval,
    Optional<Duration> stalledAfter,
    List<String> credits,
    List<KnownBreak> known) {

  static final String SYNTHETIC = "Synthetic: these figures are invented";

  /** The sources of the dataset of one place, as version 0.1 had them. */
  static final String OF_ONE_PLACE =
      "Cases and deaths: The New York Times. Recovered: COVID-19 Data Repository by the Center for"
          + " Systems Science and Engineering (CSSE) at Johns Hopkins University, CC BY 4.0.";

  public PlaceListing {
    metrics = List.copyOf(metrics);
    credits = List.copyOf(credits);
    known = List.copyOf(known);
  }

  /** Names and populations. */
  Gazetteer gazetteer() {
    return places.get();
  }

  /** The sentence that names the sources of the figures. */
  public String credit() {
    return credits.isEmpty()
        ? ""
        : (credits.size() == 1 ? "Source: " : "Sources: ") + String.join("; ", credits);
  }

  /** The known breaks; null if there are none, as in invented figures. */
  @Nullable List<KnownBreak> knownOf(boolean synthetic) {
    return known.isEmpty() || synthetic ? null : known;
  }

  /** The sentences that name the sources of figures and of places. */
  List<String> sentences() {
    return credits.isEmpty()
        ? List.of(PlaceList.CREDIT)
        : List.of(credit() + ".", PlaceList.CREDIT);
  }

  /**
   * A place in the list.
   *
   * @param newest the newest day of all places
   * @param days the address of its series
   */
  PlaceLine line(Series series, LocalDate newest, String days) {
    Map<String, PlaceLine.Latest> figures = new LinkedHashMap<>();
    for (Metric metric : series.metrics()) {
      series
          .find(metric)
          .ifPresent(
              latest ->
                  figures.put(
                      metric.name(),
                      new PlaceLine.Latest(
                          latest.value(), latest.asOf(), isStalled(series, metric, newest))));
    }
    return PlaceLine.of(series.place(), gazetteer().of(series.place()), days, figures);
  }

  /** Whether the source seems not to report a metric of a place any more. */
  boolean isStalled(Series series, Metric metric, LocalDate newest) {
    return stalledAfter
        .map(
            limit ->
                series
                    .unchangedSince(metric)
                    .filter(since -> since.plusDays(limit.toDays()).isBefore(newest))
                    .isPresent())
        .orElseGet(() -> series.isDiscontinued(metric));
  }

  /**
   * The page that the parameters filter, sort, limit and page select.
   *
   * @param lines all places
   * @throws ProblemException with status 400 if one of them has a value that is not allowed
   */
  PlacePage page(List<PlaceLine> lines, boolean synthetic, Instant updatedAt, Request request)
      throws ProblemException {
    PlaceQuery.Found found = PlaceQuery.of(request, metrics).find(lines, gazetteer());
    return page(found.places(), found.total(), synthetic, updatedAt, found.next());
  }

  /** All places. */
  PlacePage page(
      List<PlaceLine> lines,
      int total,
      boolean synthetic,
      Instant updatedAt,
      @Nullable String next) {
    return new PlacePage(
        synthetic ? true : null,
        interval,
        metrics.stream().map(Metric::name).toList(),
        updatedAt,
        synthetic ? SYNTHETIC : credit(),
        PlaceList.CREDIT,
        knownOf(synthetic),
        total,
        lines,
        next);
  }
}
