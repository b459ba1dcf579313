package covid;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;

/**
 * What both sources together say of one day in one country.
 *
 * @param date the day, by the calendar of the source
 * @param country the country as the feed spells it, for example {@code US}
 * @param cases persons infected since the start
 * @param deaths persons who died since the start
 * @param recovered persons recovered since the start; 0 also where the source no longer reports it
 */
public record Day(LocalDate date, String country, long cases, long deaths, long recovered) {

  public Day {
    requireNonNull(date, "date");
    requireNonNull(country, "country");
  }
}
