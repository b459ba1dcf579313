package serve;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The values that were used last, up to a weight of all together. Thread-safe.
 *
 * @param <K> the key
 * @param <V> the value
 */
final class WeightedCache<K, V> {
  private static final float LOAD_FACTOR = 0.75f;
  private static final int USUAL = 16;

  private final Map<K, V> values = new LinkedHashMap<>(USUAL, LOAD_FACTOR, true);
  private final ToLongFunction<V> weight;
  private final long most;
  private long total;

  /**
   * @param most how much all values may weigh together; a heavier one is not kept
   * @param weight of a value, which must not change
   */
  WeightedCache(long most, ToLongFunction<V> weight) {
    this.most = most;
    this.weight = weight;
  }

  synchronized @Nullable V get(K key) {
    return values.get(key);
  }

  synchronized void put(K key, V value) {
    V before = values.put(key, value);
    total += weight.applyAsLong(value) - (before == null ? 0 : weight.applyAsLong(before));
    Iterator<V> eldest = values.values().iterator();
    while (total > most) {
      total -= weight.applyAsLong(eldest.next());
      eldest.remove();
    }
  }
}
