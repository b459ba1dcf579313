package versions;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The list of all versions that the {@linkplain Pointer pointer} does not name itself.
 *
 * @param versions the oldest first
 */
public record VersionIndex(List<VersionEntry> versions) {
  /** Without any version. */
  public static final VersionIndex EMPTY = new VersionIndex(List.of());

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
        all.values().stream().sorted(Comparator.comparing(VersionEntry::at)).toList());
  }

  /** Whether it has a version. */
  public boolean has(String id) {
    return versions.stream().anyMatch(version -> version.id().equals(id));
  }
}
