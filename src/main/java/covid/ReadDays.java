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

  /**
   * The revision of a day, if the table had it with other figures. A set may have millions of days,
   * most of them unchanged: a {@link Day} is made of none of these.
   *
   * @param of days of a place
   * @param index of the day among them
   */
  Optional<RunReport.Revision> revision(PlaceDays of, int index) {
    LocalDate date = of.date(index);
    Optional<Day> item = days.get(new DayKey(of.place(), date));
    if (item == null) {
      Optional<StoreFact.PlaceRead> read =
          places.getOrDefault(of.place(), List.of()).stream()
              .filter(each -> each.has(date))
              .findFirst();
      if (read.isEmpty() || read.get().unchanged().contains(date)) {
        // A day whose item was not read counts as unchanged.
        return Optional.empty();
      }
      item = read.get().stored(date);
    }
    Day day = of.get(index);
    return item.equals(Optional.of(day))
        ? Optional.empty()
        : Optional.of(new RunReport.Revision(day, item.orElse(null)));
  }
}
