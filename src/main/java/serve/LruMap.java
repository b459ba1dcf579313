package serve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A map that evicts the least recently used entry. */
final class LruMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;
  private static final float LOAD_FACTOR = 0.75f;

  private final int capacity;

  private LruMap(int capacity) {
    super(capacity, LOAD_FACTOR, true);
    this.capacity = capacity;
  }

  /** A thread-safe map. */
  static <K, V> Map<K, V> synchronizedMap(int capacity) {
    return Collections.synchronizedMap(new LruMap<>(capacity));
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > capacity;
  }
}
