package web;

import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import versions.Changes;
import versions.Origin;
import versions.VersionEntry;

/**
 * A version as one line of a list; in a list for one place, rows, newest day and changes are those
 * of the place.
 *
 * @param id names it
 * @param at its time: when its pull began
 * @param origin how it came to be
 * @param run the id of the run that published it; null if none did
 * @param rows days in it
 * @param newestDay the last of them; null if it has none of the place
 * @param changes what it changed against the version before it
 * @param href the address of its manifest
 */
public record VersionLine(
    String id,
    Instant at,
    Origin origin,
    @Nullable String run,
    int rows,
    @Nullable LocalDate newestDay,
    Changes changes,
    String href) {

  /** The line of a version. */
  public static VersionLine of(VersionEntry version) {
    return of(version, version.rows(), version.newestDay(), version.changes());
  }

  /** The line of a version, for one place. */
  public static VersionLine of(
      VersionEntry version, int rows, @Nullable LocalDate newestDay, Changes changes) {
    return new VersionLine(
        version.id(),
        version.at(),
        version.origin(),
        version.run(),
        rows,
        newestDay,
        changes,
        "versions/" + version.id());
  }
}
