package covid;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The outcome of each day that was to be written, from the facts of a run. Immutable. */
final class DayOutcomes {
  /** By rank: a day does not leave the table, so a higher outcome replaces a lower one. */
  enum Outcome {
    NONE,
    DEAD_LETTERED,
    PRESENT,
    ADDED
  }

  private final Map<Place, Dates> added;
  private final Map<Place, Dates> present;
  private final SortedMap<DayKey, DeadLetter> letters = new TreeMap<>();

  DayOutcomes(Facts facts) {
    Map<Place, List<Dates>> allAdded = new HashMap<>();
    Map<Place, List<Dates>> allPresent = new HashMap<>();
    facts
        .all(StoreFact.StoreOutcome.class)
        .forEach(
            fact -> {
              if (fact instanceof StoreFact.DayAdded day) {
                put(allAdded, day.key());
              } else if (fact instanceof StoreFact.DayPresent day) {
                put(allPresent, day.key());
              } else if (fact instanceof StoreFact.DaysAdded days) {
                put(allAdded, days.place(), days.dates());
              } else if (fact instanceof StoreFact.DaysPresent days) {
                put(allPresent, days.place(), days.dates());
              } else if (fact instanceof StoreFact.DayDeadLettered day) {
                // Of two failures the later counts.
                letters.put(day.key(), day.letter());
              }
            });
    added = unions(allAdded);
    present = unions(allPresent);
  }

  private static void put(Map<Place, List<Dates>> all, DayKey key) {
    put(all, key.place(), Dates.of(List.of(key.date())));
  }

  private static void put(Map<Place, List<Dates>> all, Place place, Dates dates) {
    all.computeIfAbsent(place, any -> new ArrayList<>()).add(dates);
  }

  private static Map<Place, Dates> unions(Map<Place, List<Dates>> all) {
    Map<Place, Dates> unions = new HashMap<>();
    all.forEach((place, several) -> unions.put(place, Dates.union(several)));
    return unions;
  }

  Outcome of(DayKey key) {
    return of(key.place(), Dates.epochDay(key.date()));
  }

  Outcome of(Place place, int epochDay) {
    if (added.getOrDefault(place, Dates.NONE).contains(epochDay)) {
      return Outcome.ADDED;
    }
    if (present.getOrDefault(place, Dates.NONE).contains(epochDay)) {
      return Outcome.PRESENT;
    }
    return letters.containsKey(new DayKey(place, LocalDate.ofEpochDay(epochDay)))
        ? Outcome.DEAD_LETTERED
        : Outcome.NONE;
  }

  /** How many days were added. */
  int added() {
    return added.values().stream().mapToInt(Dates::size).sum();
  }

  /** The days that could not be written, by place and date. */
  List<DeadLetter> deadLetters() {
    return letters.values().stream()
        .filter(letter -> of(letter.day().key()) == Outcome.DEAD_LETTERED)
        .toList();
  }

  /** How many days have an outcome. */
  int size() {
    Map<Place, List<Dates>> all = new HashMap<>();
    added.forEach((place, dates) -> put(all, place, dates));
    present.forEach((place, dates) -> put(all, place, dates));
    return deadLetters().size() + unions(all).values().stream().mapToInt(Dates::size).sum();
  }
}
