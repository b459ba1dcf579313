package covid;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the table had when a run read it, from the facts of the run. Immutable. */
final class ReadDays {
  private final Map<DayKey, Optional<Day>> days = new HashMap<>();
  private final Map<Place, List<StoreFact.PlaceRead>> places = new HashMap<>();

  ReadDays(Facts facts) {
    facts.all(StoreFact.DaysStored.class).forEach(fact -> days.putAll(fact.days()));
    // The newest first: its comparison counts.
    facts
        .all(StoreFact.PlaceRead.class)
        .forEach(
            read -> places.computeIfAbsent(read.place(), any -> new ArrayList<>()).add(0, read));
  }

  /** Whether the table had a day. */
  boolean has(Place place, LocalDate date) {
    return days.containsKey(new DayKey(place, date))
        || places.getOrDefault(place, List.of()).stream().anyMatch(read -> read.has(date));
  }

  /** The revision of a day, if the table had it with other figures. */
  Optional<RunReport.Revision> revision(Day day) {
    Optional<Day> item = days.get(day.key());
    if (item == null) {
      item =
          places.getOrDefault(day.place(), List.of()).stream()
              .filter(read -> read.has(day.date()))
              .findFirst()
              .map(read -> item(read, day))
              // A day whose item was not read counts as unchanged.
              .orElse(Optional.of(day));
    }
    return item.equals(Optional.of(day))
        ? Optional.empty()
        : Optional.of(new RunReport.Revision(day, item.orElse(null)));
  }

  private static Optional<Day> item(StoreFact.PlaceRead read, Day day) {
    return read.unchanged().contains(day.date()) ? Optional.of(day) : read.stored(day.date());
  }
}
