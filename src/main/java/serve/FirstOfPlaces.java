package serve;

import covid.Metric;
import covid.Place;
import covid.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import web.FirstPicture;
import web.PlaceLine;
import web.ShownPlace;

/** What the page shows first of one state of the set of many places. */
final class FirstOfPlaces {
  private final PlaceListing listing;
  private final Place largest;
  private final List<String> standing;
  private volatile @Nullable FirstPicture withoutChoice;

  /**
   * @param lines of all places
   */
  FirstOfPlaces(List<PlaceLine> lines, PlaceListing listing) {
    this.listing = listing;
    this.largest = largest(lines, listing.metrics().get(0).name());
    this.standing = standing(lines, listing.metrics());
  }

  /** The place with the most of a metric. */
  private static Place largest(List<PlaceLine> lines, String metric) {
    PlaceLine largest = lines.get(0);
    for (PlaceLine line : lines) {
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
  private static List<String> standing(List<PlaceLine> lines, List<Metric> metrics) {
    List<String> said = new ArrayList<>();
    for (Metric metric : metrics) {
      List<PlaceLine.Latest> latest =
          lines.stream()
              .flatMap(line -> Stream.ofNullable(line.figures().get(metric.name())))
              .toList();
      long still = latest.stream().filter(PlaceLine.Latest::stalled).count();
      if (still > 0) {
        said.add(FirstPicture.standing(metric, still, latest.size()));
      }
    }
    return said;
  }

  /**
   * The picture, which is kept if there is no choice.
   *
   * @param named the places that are asked for; if none of them is known, the largest is shown
   * @param set the state
   * @throws web.ProblemException with status 503 if a series cannot be read
   */
  FirstPicture picture(List<String> named, PlaceSet set) throws Exception {
    List<Place> chosen = ChosenPlaces.known(named, set.places());
    if (!chosen.isEmpty()) {
      return of(chosen, set);
    }
    FirstPicture known = withoutChoice;
    if (known == null) {
      known = of(List.of(largest), set);
      withoutChoice = known;
    }
    return known;
  }

  private FirstPicture of(List<Place> places, PlaceSet set) throws Exception {
    List<ShownPlace> shown = new ArrayList<>();
    for (Place place : places) {
      Series series = set.series(place);
      shown.add(
          ShownPlace.oneOfMany(
              listing.gazetteer().of(place).name(),
              series,
              listing.interval(),
              metric -> listing.isStalled(series, metric, set.newestDay())));
    }
    return new FirstPicture(
        shown,
        true,
        listing.interval(),
        set.updatedAt(),
        set.isVersion(),
        set.isSynthetic(),
        standing,
        listing.knownOf(set.isSynthetic()),
        set.isSynthetic() ? List.of(PlaceListing.SYNTHETIC) : listing.sentences());
  }
}
