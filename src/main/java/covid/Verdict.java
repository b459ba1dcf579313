package covid;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the gate decides on a pull.
 *
 * @param refusal why nothing of it is used, in one sentence; empty if it is accepted
 * @param refusedPlaces the places that keep their published series, and why
 */
public record Verdict(Optional<String> refusal, SortedMap<Place, String> refusedPlaces) {

  public Verdict {
    refusedPlaces = Collections.unmodifiableSortedMap(new TreeMap<>(refusedPlaces));
  }

  static Verdict refused(String reason) {
    return new Verdict(Optional.of(reason), new TreeMap<>());
  }

  static Verdict accepted(SortedMap<Place, String> refusedPlaces) {
    return new Verdict(Optional.empty(), refusedPlaces);
  }
}
