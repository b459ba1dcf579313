package serve;

import org.jspecify.annotations.Nullable;

/**
 * A value that is made when it is first needed, and then kept. Callers at the same time may each
 * make it, which does no harm.
 *
 * @param <T> the value
 */
final class Kept<T> {
  private final Maker<T> maker;
  private volatile @Nullable T value;

  Kept(Maker<T> maker) {
    this.maker = maker;
  }

  /** Makes the value. */
  interface Maker<T> {
    T make();
  }

  T get() {
    T known = value;
    if (known == null) {
      known = maker.make();
      value = known;
    }
    return known;
  }
}
