package serve;

import covid.Gazetteer;
import covid.Place;
import covid.PlaceIndex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import web.Problem;
import web.ProblemException;
import web.Request;

/**
 * The places of the parameter {@code place}: given several times, or with commas between the
 * places. A place whose code has commas itself, as {@code Korea, South}, is found too.
 */
final class ChosenPlaces {
  /** The most places of an answer. */
  static final int MOST = 6;

  /** A code with more commas can only be given alone. */
  private static final int MOST_PARTS = 5;

  private static final int MOST_NEAREST = 3;

  private final Set<Place> all;
  private final Gazetteer gazetteer;
  private final Set<Place> places = new LinkedHashSet<>();

  private ChosenPlaces(Set<Place> all, Gazetteer gazetteer) {
    this.all = all;
    this.gazetteer = gazetteer;
  }

  /**
   * The places, each once, in their order; none if the parameter is not given.
   *
   * @param all those of the set
   * @param most how many may be given
   * @throws ProblemException with status 400 if there are more, 404 if the set has no such place
   */
  static List<Place> of(Request request, Set<Place> all, Gazetteer gazetteer, int most)
      throws ProblemException {
    ChosenPlaces chosen = new ChosenPlaces(all, gazetteer);
    for (String value : request.values("place")) {
      chosen.add(value, most);
    }
    return List.copyOf(chosen.places);
  }

  /**
   * The places that are known of those of the parameter, as many as may be compared; what is not
   * known is passed over.
   */
  static List<Place> known(List<String> values, Set<Place> all) {
    return values.stream()
        .flatMap(
            value ->
                all.contains(new Place(value))
                    ? Stream.of(value)
                    : Arrays.stream(value.split(",", -1)))
        .map(Place::new)
        .filter(all::contains)
        .distinct()
        .limit(MOST)
        .toList();
  }

  private void add(String value, int most) throws ProblemException {
    if (!add(value)) {
      List<String> parts = Arrays.asList(value.split(",", -1));
      for (int i = 0; i < parts.size() && places.size() <= most; ) {
        i += addFirst(parts.subList(i, parts.size()));
      }
    }
    if (places.size() > most) {
      throw new ProblemException(
          Problem.parameter(
              "place", value, most == 1 ? "one place" : "%d places at the most".formatted(most)));
    }
  }

  /** Adds the place that the longest beginning of these parts names; returns its length. */
  private int addFirst(List<String> parts) throws ProblemException {
    for (int length = Math.min(MOST_PARTS, parts.size()); length > 0; length--) {
      if (add(String.join(",", parts.subList(0, length)))) {
        return length;
      }
    }
    throw unknown(parts.get(0).strip());
  }

  private boolean add(String code) {
    Place place = new Place(code.strip());
    boolean known = all.contains(place);
    if (known) {
      places.add(place);
    }
    return known;
  }

  private ProblemException unknown(String code) {
    List<String> nearest = new ArrayList<>();
    for (Place place : new PlaceIndex(all, gazetteer).nearest(code, MOST_NEAREST)) {
      String name = gazetteer.of(place).name();
      nearest.add(name.equals(place.name()) ? name : "%s (%s)".formatted(place.name(), name));
    }
    return new ProblemException(Problem.noPlace(code, nearest));
  }
}
