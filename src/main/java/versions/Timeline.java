package versions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Versions by time; those of one second in the order in which they followed each other. Immutable.
 */
public final class Timeline {
  /** Without any version. */
  public static final Timeline EMPTY = new Timeline(VersionIndex.EMPTY, List.of());

  private final List<VersionEntry> oldestFirst;
  private final long[] seconds;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, VersionEntry> byRun = new HashMap<>();

  /**
   * @param index versions, the oldest first
   * @param recent more of them, the newest first
   */
  public Timeline(VersionIndex index, Collection<VersionEntry> recent) {
    oldestFirst = index.plus(recent).versions();
    seconds = oldestFirst.stream().mapToLong(version -> version.at().getEpochSecond()).toArray();
    for (int i = 0; i < seconds.length; i++) {
      positions.put(oldestFirst.get(i).id(), i);
      if (oldestFirst.get(i).run() != null) {
        byRun.put(oldestFirst.get(i).run(), oldestFirst.get(i));
      }
    }
  }

  /** How many they are. */
  public int size() {
    return seconds.length;
  }

  /** The newest version whose time is not after a moment; empty if there is none. */
  public Optional<VersionEntry> asOf(Instant moment) {
    int end = after(moment.getEpochSecond());
    return end == 0 ? Optional.empty() : Optional.of(oldestFirst.get(end - 1));
  }

  /** How many versions are not after a second. */
  private int after(long second) {
    int low = 0;
    int high = seconds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (seconds[middle] <= second) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The first version; empty if there is none. */
  public Optional<VersionEntry> first() {
    return oldestFirst.stream().findFirst();
  }

  /** The last version; empty if there is none. */
  public Optional<VersionEntry> last() {
    return size() == 0 ? Optional.empty() : Optional.of(oldestFirst.get(size() - 1));
  }

  /** Whether a version is among them. */
  public boolean has(String id) {
    return positions.containsKey(id);
  }

  /** The version that a run published; empty if it published none. */
  public Optional<VersionEntry> ofRun(String run) {
    return Optional.ofNullable(byRun.get(run));
  }

  /**
   * The versions before one, the newest first.
   *
   * @param id of a version, which need not be among these; empty: the newest versions
   * @param most how many at the most
   */
  public List<VersionEntry> before(String id, int most) {
    int end = id.isEmpty() ? size() : positions.getOrDefault(id, -1);
    if (end < 0) {
      end = after(VersionId.at(id).getEpochSecond() - 1);
    }
    List<VersionEntry> newestFirst =
        new ArrayList<>(oldestFirst.subList(Math.max(0, end - most), end));
    Collections.reverse(newestFirst);
    return newestFirst;
  }
}
