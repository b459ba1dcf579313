package versions;

import static java.util.Objects.requireNonNull;

import covid.Place;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The manifest of a version: a published set that never changes. The set is one header and the rows
 * of its series, in their order.
 *
 * @param id names it, see {@link VersionId}
 * @param origin how it came to be
 * @param parent the id of the version that it replaced; null if it was the first
 * @param run the id of the run that published it; null if none did
 * @param at its time: when its pull began, in whole seconds
 * @param sha256 of its CSV, in hexadecimal
 * @param rows days in it
 * @param newestDay the last of them
 * @param synthetic whether its figures are invented
 * @param changes what it changed against its parent
 * @param feeds the pulled feeds; none unless a run or an import published it
 * @param settings those that decide what comes of the feeds, by name
 * @param series one of each place, sorted by place
 * @param rollback why it has the content of an earlier version; null if it has not
 */
public record Version(
    String id,
    Origin origin,
    @Nullable String parent,
    @Nullable String run,
    Instant at,
    String sha256,
    int rows,
    LocalDate newestDay,
    boolean synthetic,
    Changes changes,
    List<Feed> feeds,
    SortedMap<String, String> settings,
    List<PlaceSeries> series,
    @Nullable Rollback rollback) {

  /**
   * @throws IllegalArgumentException if the id is none, from which its time is read
   */
  public Version {
    requireNonNull(id, "id");
    if (!VersionId.isId(id)) {
      throw new IllegalArgumentException("It does not name a version");
    }
    requireNonNull(origin, "origin");
    requireNonNull(at, "at");
    requireNonNull(sha256, "sha256");
    requireNonNull(newestDay, "newestDay");
    requireNonNull(changes, "changes");
    feeds = feeds == null ? List.of() : List.copyOf(feeds);
    settings = settings == null ? new TreeMap<>() : settings;
    series = List.copyOf(series);
  }

  /**
   * A pulled feed.
   *
   * @param name of the feed
   * @param sha256 of its unpacked body, in hexadecimal
   */
  public record Feed(String name, String sha256) {}

  /**
   * Why a version has the content of an earlier one.
   *
   * @param to the id of the earlier version
   * @param by who went back to it
   * @param reason why
   */
  public record Rollback(String to, String by, String reason) {
    public Rollback {
      requireNonNull(to, "to");
      requireNonNull(by, "by");
      requireNonNull(reason, "reason");
    }
  }

  /**
   * The series of one place, an object of its own.
   *
   * @param sha256 names the object: the digest of the header and the rows of the place, unpacked
   * @param rows days in it
   * @param newestDay the last of them
   * @param changes against the parent
   */
  public record PlaceSeries(
      Place place, String sha256, int rows, LocalDate newestDay, Changes changes) {
    public PlaceSeries {
      requireNonNull(place, "place");
      requireNonNull(sha256, "sha256");
      requireNonNull(newestDay, "newestDay");
      requireNonNull(changes, "changes");
    }

    /** The same series, compared with another parent. */
    public PlaceSeries with(Changes others) {
      return new PlaceSeries(place, sha256, rows, newestDay, others);
    }
  }

  /** The series of a place; empty if it has none. */
  public Optional<PlaceSeries> of(Place place) {
    return series.stream().filter(any -> any.place().equals(place)).findFirst();
  }

  /** What lists of versions show of it. */
  public VersionEntry entry() {
    return new VersionEntry(id, origin, run, rows, newestDay, changes);
  }
}
