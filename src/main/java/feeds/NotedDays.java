package feeds;

import covid.Archived;
import covid.DayColumns;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the metadata of a published set say of its days. A set that was cut at the end of a line is
 * one by its text alone, and so is one with days from elsewhere; its SHA-256 would tell, too, but
 * takes seconds if the set is a large one.
 *
 * @param rows how many it has; null if the metadata do not say, as those of version 0.1
 * @param newestDay null likewise
 */
record NotedDays(@Nullable String rows, @Nullable String newestDay) {
  static NotedDays of(Map<?, ?> metadata) {
    return new NotedDays(
        metadata.get(Archived.ROWS) instanceof String rows ? rows : null,
        metadata.get(Archived.NEWEST_DAY) instanceof String day ? day : null);
  }

  /**
   * Compares them with what was read.
   *
   * @param days at least one
   * @throws ArchiveRecords.NotASetException if the set has others
   */
  void check(DayColumns days) throws ArchiveRecords.NotASetException {
    String size = Integer.toString(days.size());
    String newest = days.newest().toString();
    if ((rows != null && !rows.equals(size)) || (newestDay != null && !newestDay.equals(newest))) {
      throw ArchiveRecords.NotASetException.damaged(
          "it has %s; its metadata say %s".formatted(text(size, newest), text(rows, newestDay)));
    }
  }

  private static String text(@Nullable String rows, @Nullable String newestDay) {
    return (rows == null ? "rows" : ArchiveRecords.shown(rows) + " rows")
        + (newestDay == null ? "" : " to " + ArchiveRecords.shown(newestDay));
  }
}
