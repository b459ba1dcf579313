package covid;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Comparator;

/**
 * What both sources together say of one day in one country.
 *
 * @param date the day, by the calendar of the source
 * @param country the country as the feed spells it, for example {@code US}
 * @param cases persons infected since the start
 * @param deaths persons who died since the start
 * @param recovered persons recovered since the start; 0 also where the source no longer reports it
 */
public record Day(LocalDate date, String country, long cases, long deaths, long recovered)
    implements Comparable<Day> {

  private static final Comparator<Day> BY_DATE = Comparator.comparing(Day::date);

  public Day {
    requireNonNull(date, "date");
    requireNonNull(country, "country");
  }

  /** By date; not consistent with equals. */
  @Override
  public int compareTo(Day other) {
    return BY_DATE.compare(this, other);
  }
}
