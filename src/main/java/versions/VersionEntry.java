package versions;

import static java.util.Objects.requireNonNull;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version in a list of them.
 *
 * @param id names it, see {@link VersionId}
 * @param origin how it came to be
 * @param run the id of the run that published it; null if none did
 * @param rows days in it
 * @param newestDay the last of them
 * @param changes what it changed against its parent
 */
public record VersionEntry(
    String id,
    Origin origin,
    @Nullable String run,
    int rows,
    LocalDate newestDay,
    Changes changes) {
  private static final int FIELDS = 7;

  /**
   * @throws IllegalArgumentException if the id is none, from which its time is read
   */
  public VersionEntry {
    requireNonNull(id, "id");
    if (!VersionId.isId(id)) {
      throw new IllegalArgumentException("It does not name a version");
    }
    requireNonNull(origin, "origin");
    requireNonNull(newestDay, "newestDay");
    requireNonNull(changes, "changes");
  }

  /** Its time, in whole seconds. */
  public Instant at() {
    return VersionId.at(id);
  }

  /** As a word for the metadata of an object, which {@link #parse} reads. */
  String word() {
    return String.format(
        Locale.ROOT,
        "%s/%s/%d/%s/%d/%d/%d",
        id,
        run == null ? origin : run,
        rows,
        newestDay,
        changes.added(),
        changes.revised(),
        changes.removed());
  }

  /** Reads a word; empty if it is none. */
  static Optional<VersionEntry> parse(String word) {
    String[] fields = word.split("/", -1);
    if (fields.length != FIELDS || !VersionId.isId(fields[0])) {
      return Optional.empty();
    }
    Optional<Origin> origin = origin(fields[1]);
    try {
      return Optional.of(
          new VersionEntry(
              fields[0],
              origin.orElse(Origin.RUN),
              origin.isPresent() ? null : fields[1],
              Integer.parseInt(fields[2]),
              LocalDate.parse(fields[3]),
              new Changes(
                  Integer.parseInt(fields[4]),
                  Integer.parseInt(fields[5]),
                  Integer.parseInt(fields[6]))));
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Origin> origin(String field) {
    for (Origin origin : Origin.values()) {
      if (origin.toString().equals(field)) {
        return Optional.of(origin);
      }
    }
    return Optional.empty();
  }
}
