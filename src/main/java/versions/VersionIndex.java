package versions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The list of all versions that the {@linkplain Pointer pointer} does not name itself.
 *
 * @param versions the oldest first
 * @param keptSince versions before that were removed, since they were no longer kept; null if none
 *     was
 * @param sweptTo the objects of versions before that are removed; null if none are. Before {@code
 *     keptSince}, if a sweep has not ended
 */
public record VersionIndex(
    List<VersionEntry> versions, @Nullable Instant keptSince, @Nullable Instant sweptTo) {
  /** Without any version. */
  public static final VersionIndex EMPTY = new VersionIndex(List.of(), null, null);

  public VersionIndex {
    versions = versions == null ? List.of() : List.copyOf(versions);
  }

  /**
   * This index with more versions, each once.
   *
   * @param more the newest first
   */
  public VersionIndex plus(Collection<VersionEntry> more) {
    List<VersionEntry> oldestFirst = new ArrayList<>(more);
    Collections.reverse(oldestFirst);
    Map<String, VersionEntry> all = new LinkedHashMap<>();
    versions.forEach(version -> all.put(version.id(), version));
    oldestFirst.forEach(version -> all.putIfAbsent(version.id(), version));
    return new VersionIndex(
        all.values().stream().sorted(Comparator.comparing(VersionEntry::at)).toList(),
        keptSince,
        sweptTo);
  }

  /**
   * The versions that are no longer kept.
   *
   * @param cutoff versions that were replaced before it; the one that was current then stays
   */
  public List<VersionEntry> expired(Instant cutoff) {
    List<VersionEntry> before =
        versions.stream().filter(version -> version.at().isBefore(cutoff)).toList();
    return before.isEmpty() ? before : before.subList(0, before.size() - 1);
  }

  /** This index without the {@linkplain #expired expired} versions. */
  public VersionIndex without(Instant cutoff) {
    int expired = expired(cutoff).size();
    return expired == 0
        ? this
        : new VersionIndex(
            versions.subList(expired, versions.size()), versions.get(expired).at(), sweptTo);
  }

  /** Whether a sweep has begun, and not ended. */
  public boolean isToBeSwept() {
    return keptSince != null && !keptSince.equals(sweptTo);
  }

  /** This index after a sweep. */
  public VersionIndex swept(Instant to) {
    return new VersionIndex(versions, keptSince, to);
  }

  /** Whether it has a version. */
  public boolean has(String id) {
    return versions.stream().anyMatch(version -> version.id().equals(id));
  }
}
