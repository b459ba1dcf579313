package web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import versions.DayChange;

/**
 * What the figures of a day were over time.
 *
 * @param place its place where there are several; otherwise null
 * @param date its date
 * @param issues the versions that changed them, newest first
 * @param next the address of earlier ones; null if there are none
 */
public record DayHistory(
    @Nullable String place, LocalDate date, List<Issue> issues, @Nullable String next) {

  /**
   * A version that changed the figures of a day; terms as in the Epidata of the Delphi group.
   *
   * @param issue the time of the version
   * @param version its id
   * @param lag days from the day to the date of the issue
   * @param kind what happened to the day
   * @param figures by the names of the metrics; null if the day was removed
   */
  public record Issue(
      Instant issue,
      String version,
      long lag,
      DayChange.Kind kind,
      @Nullable Map<String, Long> figures) {}
}
