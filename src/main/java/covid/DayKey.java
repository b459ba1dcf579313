package covid;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * The key of a day in the join, the table, the dead letter and the reports. Sorted by place, then
 * by date.
 *
 * @param place what its figures are of
 * @param date the day, by the calendar of the source
 */
public record DayKey(Place place, LocalDate date) implements Comparable<DayKey> {

  private static final Comparator<DayKey> BY_PLACE_AND_DATE =
      Comparator.comparing(DayKey::place).thenComparing(DayKey::date);

  public DayKey {
    requireNonNull(place, "place");
    requireNonNull(date, "date");
  }

  @Override
  public int compareTo(DayKey other) {
    return BY_PLACE_AND_DATE.compare(this, other);
  }
}
