package serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import covid.Gazetteer;
import covid.Interval;
import covid.Metric;
import covid.Place;
import covid.PlaceIndex;
import covid.Series;
import feeds.PlaceList;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import web.PlaceLine;
import web.PlacePage;
import web.ProblemException;
import web.Request;

/**
 * Lists places.
 *
 * @param gazetteer names and populations
 * @param metrics in the order of their columns
 * @param interval how far apart the days of a series are
 * @param stalledAfter a metric that has not changed for longer, up to the newest day of all places,
 *     has stalled; empty: one that its source has discontinued
 * @param credits the sources of the figures
 */
public record PlaceListing(
    Gazetteer gazetteer,
    List<Metric> metrics,
    Interval interval,
    Optional<Duration> stalledAfter,
    List<String> credits) {

  /** The parameters of {@link #page}. */
  static final String[] PARAMETERS = {"filter", "sort", "limit", "page"};

  /** The most places of a page. */
  static final int MOST = 1_000;

  private static final int USUAL = 100;
  private static final int MOST_PAGES = 1_000_000;

  public PlaceListing {
    metrics = List.copyOf(metrics);
    credits = List.copyOf(credits);
  }

  /** The sentence that names the sources of the figures. */
  public String credit() {
    return credits.isEmpty()
        ? ""
        : (credits.size() == 1 ? "Source: " : "Sources: ") + String.join("; ", credits);
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
    return PlaceLine.of(series.place(), gazetteer.of(series.place()), days, figures);
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
    int limit = Parameters.number(request, "limit", USUAL, MOST);
    int page = Parameters.number(request, "page", 1, MOST_PAGES);
    List<PlaceLine> found = filtered(lines, request);
    found.sort(order(request));
    int end = (int) Math.min((long) page * limit, found.size());
    int begin = Math.min((page - 1) * limit, end);
    String next = end < found.size() ? next(request, limit, page + 1) : null;
    return page(found.subList(begin, end), found.size(), synthetic, updatedAt, next);
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
        credit(),
        PlaceList.CREDIT,
        total,
        lines,
        next);
  }

  private List<PlaceLine> filtered(List<PlaceLine> lines, Request request) throws ProblemException {
    String filter = request.parameter("filter").orElse("");
    List<PlaceLine> found = new ArrayList<>(lines);
    if (!filter.isBlank()) {
      PlaceIndex index =
          new PlaceIndex(lines.stream().map(line -> new Place(line.code())).toList(), gazetteer);
      Set<Place> matching = Set.copyOf(index.matching(filter));
      found.removeIf(line -> !matching.contains(new Place(line.code())));
    }
    return found;
  }

  private Comparator<PlaceLine> order(Request request) throws ProblemException {
    String[] fields =
        Stream.concat(Stream.of("code", "name", "population"), metrics.stream().map(Metric::name))
            .flatMap(field -> Stream.of(field, "-" + field))
            .toArray(String[]::new);
    String sort = Parameters.word(request, "sort", "code", fields);
    boolean descending = sort.startsWith("-");
    String field = descending ? sort.substring(1) : sort;
    return switch (field) {
      case "code" -> by(line -> new Place(line.code()), descending);
      case "name" -> by(PlaceLine::name, descending);
      case "population" -> by(PlaceLine::population, descending);
      default -> by(line -> value(line, field), descending);
    };
  }

  private static @Nullable Long value(PlaceLine line, String metric) {
    PlaceLine.Latest latest = line.figures().get(metric);
    return latest == null ? null : (Long) latest.value();
  }

  /** Places without a value come last, whatever the direction. */
  private static <T extends Comparable<? super T>> Comparator<PlaceLine> by(
      Function<PlaceLine, @Nullable T> value, boolean descending) {
    Comparator<T> order = descending ? reverseOrder() : naturalOrder();
    return comparing(value, nullsLast(order));
  }

  private static String next(Request request, int limit, int page) throws ProblemException {
    StringBuilder next = new StringBuilder("places?");
    for (String kept : List.of("filter", "sort")) {
      request
          .parameter(kept)
          .ifPresent(
              value ->
                  next.append(kept)
                      .append('=')
                      .append(URLEncoder.encode(value, UTF_8))
                      .append('&'));
    }
    return next.append("limit=%d&page=%d".formatted(limit, page)).toString();
  }
}
