package serve;

import covid.Gazetteer;
import covid.Measure;
import covid.Place;
import covid.Series;
import covid.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import web.Problem;
import web.ProblemException;
import web.Request;

/**
 * What a request selects of a set: places, and how their figures are shown.
 *
 * @param places with their populations, in the order of the request, at least one
 * @param measure the only one; empty for totals and changes
 * @param perPopulation whether the figures are per 100,000 persons
 */
record Selection(List<Chosen> places, Optional<Measure> measure, boolean perPopulation) {
  private static final String PER = "100k";

  /** A place and what is known of it. */
  record Chosen(Series series, Gazetteer.Entry entry) {
    Place place() {
      return series.place();
    }
  }

  /**
   * What the parameters place, measure and per select.
   *
   * @param most how many places may be chosen
   * @throws ProblemException with status 400 if one of them has a value that is not allowed, or
   *     there is no place but several to choose from, 404 if there is no such place, 503 if its
   *     series cannot be read
   */
  static Selection of(Request request, PlaceSet set, Gazetteer gazetteer, int most)
      throws Exception {
    List<Place> named = ChosenPlaces.of(request, set.places(), gazetteer, most);
    if (named.isEmpty() && set.places().size() > 1) {
      throw new ProblemException(Problem.noPlaceNamed());
    }
    List<Chosen> places = new ArrayList<>();
    for (Place place : named.isEmpty() ? set.places() : named) {
      places.add(new Chosen(set.series(place), gazetteer.of(place)));
    }
    return new Selection(places, measure(request), isPerPopulation(request, places));
  }

  private static Optional<Measure> measure(Request request) throws ProblemException {
    if (request.parameter("measure").isEmpty()) {
      return Optional.empty();
    }
    String[] all = Arrays.stream(Measure.values()).map(Measure::toString).toArray(String[]::new);
    String word = Parameters.word(request, "measure", "", all);
    return Optional.of(Measure.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private static boolean isPerPopulation(Request request, List<Chosen> places)
      throws ProblemException {
    if (request.parameter("per").isEmpty()) {
      return false;
    }
    Parameters.word(request, "per", PER, PER);
    String unknown =
        places.stream()
            .filter(chosen -> population(chosen).isEmpty())
            .map(chosen -> chosen.place().name())
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw new ProblemException(Problem.noPopulation(unknown));
    }
    return true;
  }

  private static OptionalLong population(Chosen chosen) {
    Long population = chosen.entry().population();
    return population == null || population == 0
        ? OptionalLong.empty()
        : OptionalLong.of(population);
  }

  /** How the figures of a place are shown. */
  View view(Chosen chosen) {
    return new View(
        measure.map(List::of).orElse(View.PLAIN.measures()),
        perPopulation ? population(chosen) : OptionalLong.empty());
  }

  /** The same places with one measure, by default totals. */
  Selection single() {
    return new Selection(places, Optional.of(measure.orElse(Measure.TOTAL)), perPopulation);
  }

  /** The value of the parameter per; null without it. */
  @Nullable String per() {
    return perPopulation ? PER : null;
  }

  /** Whether these are the figures of one place as its source gives them. */
  boolean isPlain() {
    return places.size() == 1 && !perPopulation && measure.orElse(Measure.TOTAL) == Measure.TOTAL;
  }

  /** The same only for the same selection. */
  String name() {
    return places.stream()
        .map(chosen -> chosen.place().name())
        .collect(Collectors.joining("\n", measure + " " + perPopulation + " ", ""));
  }
}
