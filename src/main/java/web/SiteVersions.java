package web;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions that the site of plain files has.
 *
 * @param since from this day on it has every version
 * @param versions newest first
 */
public record SiteVersions(LocalDate since, List<Line> versions) {
  /**
   * A version.
   *
   * @param id names it
   * @param at its time: when its pull began
   * @param day the day of that, in the time zone of the schedule
   * @param href the address of its figures; of many places of their list
   * @param changes of many places, the address of what it changed against the next one of these;
   *     otherwise null, as of the last one
   */
  public record Line(String id, Instant at, LocalDate day, String href, @Nullable String changes) {}
}
