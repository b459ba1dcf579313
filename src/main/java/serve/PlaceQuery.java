package serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsLast;
import static java.util.Comparator.reverseOrder;

import covid.Gazetteer;
import covid.Metric;
import covid.Place;
import covid.PlaceIndex;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import web.PlaceLine;
import web.ProblemException;
import web.Request;

/**
 * Which places a request lists.
 *
 * @param filter words that the code or the name has; empty for all
 * @param sort the field to sort by, for descending order with a minus sign before it
 * @param limit the most places of a page
 * @param page its number, from 1 on
 * @param asOf the version, as the request names it; empty for the current one
 */
record PlaceQuery(String filter, String sort, int limit, int page, String asOf) {
  /** The parameters of {@link #of}. */
  static final String[] PARAMETERS = {"filter", "sort", "limit", "page"};

  private static final String CODE = "code";
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final int MOST_PAGES = 1_000_000;

  /**
   * What the parameters filter, sort, limit and page select.
   *
   * @throws ProblemException with status 400 if one of them has a value that is not allowed
   */
  static PlaceQuery of(Request request, List<Metric> metrics) throws ProblemException {
    String[] fields =
        Stream.concat(Stream.of(CODE, "name", "population"), metrics.stream().map(Metric::name))
            .flatMap(field -> Stream.of(field, "-" + field))
            .toArray(String[]::new);
    int limit = Parameters.number(request, "limit", USUAL, MOST);
    int page = Parameters.number(request, "page", 1, MOST_PAGES);
    String filter = request.parameter("filter").orElse("");
    return new PlaceQuery(
        filter,
        Parameters.word(request, "sort", CODE, fields),
        limit,
        page,
        request.parameter(AsOf.NAME).orElse(""));
  }

  /**
   * A page.
   *
   * @param total how many places the filter lets pass
   * @param next the address of the next page; null if this is the last one
   */
  record Found(List<PlaceLine> places, int total, @Nullable String next) {}

  /** Finds the places of the page among all. */
  Found find(List<PlaceLine> lines, Gazetteer gazetteer) {
    List<PlaceLine> found = new ArrayList<>(lines);
    if (!filter.isBlank()) {
      List<Place> places = lines.stream().map(line -> new Place(line.code())).toList();
      Set<Place> matching = Set.copyOf(new PlaceIndex(places, gazetteer).matching(filter));
      found.removeIf(line -> !matching.contains(new Place(line.code())));
    }
    found.sort(order());
    int end = (int) Math.min((long) page * limit, found.size());
    int begin = Math.min((page - 1) * limit, end);
    return new Found(found.subList(begin, end), found.size(), end < found.size() ? next() : null);
  }

  private Comparator<PlaceLine> order() {
    boolean descending = sort.startsWith("-");
    String field = descending ? sort.substring(1) : sort;
    return switch (field) {
      case CODE -> by(line -> new Place(line.code()), descending);
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

  private String next() {
    String sorted = sort.equals(CODE) ? "" : "sort=" + sort + "&";
    return "places?%s%s%slimit=%d&page=%d"
        .formatted(kept(AsOf.NAME, asOf), kept("filter", filter), sorted, limit, page + 1);
  }

  private static String kept(String name, String value) {
    return value.isEmpty() ? "" : name + "=" + URLEncoder.encode(value, UTF_8) + "&";
  }
}
