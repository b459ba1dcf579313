package covid;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Which days a command is about.
 *
 * @param place the only place; empty: every place
 * @param first the first date
 * @param last the last date
 */
public record DaySelection(Optional<Place> place, LocalDate first, LocalDate last) {
  /** Every day of every place. */
  public static final DaySelection ALL =
      new DaySelection(Optional.empty(), LocalDate.MIN, LocalDate.MAX);

  public DaySelection {
    requireNonNull(place, "place");
    requireNonNull(first, "first");
    requireNonNull(last, "last");
  }

  /** Those of some days. */
  public DayColumns of(DayColumns days) {
    return DayColumns.of(
        days.byPlace().values().stream()
            .filter(one -> place.isEmpty() || place.get().equals(one.place()))
            .map(one -> one.where(this::has))
            .toList());
  }

  private boolean has(int epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    return !date.isBefore(first) && !date.isAfter(last);
  }

  /** As the end of a sentence about days: {@code of DE from 2020-01-23 on}. */
  @Override
  public String toString() {
    String of = place.map(one -> " of " + one).orElse("");
    if (first.equals(last)) {
      return (of + " on " + first).strip();
    }
    return (of + (first.equals(LocalDate.MIN) ? "" : " from " + first + " on")).strip();
  }
}
