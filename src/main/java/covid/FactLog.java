package covid;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The facts of a run in the order in which they were noted. Thread-safe. */
public final class FactLog {
  private final List<Facts.Noted> noted = new ArrayList<>();
  private final Map<Class<?>, Fact> first = new HashMap<>();
  private final Map<Class<?>, Fact> last = new HashMap<>();
  private int next;

  /** Appends a fact. */
  public synchronized void note(Fact fact) {
    noted.add(new Facts.Noted(next++, fact));
    index(fact);
  }

  private void index(Fact fact) {
    first.putIfAbsent(fact.getClass(), fact);
    last.put(fact.getClass(), fact);
  }

  /** Removes facts that do not count any more. */
  synchronized void remove(Predicate<Fact> which) {
    noted.removeIf(one -> which.test(one.fact()));
    first.clear();
    last.clear();
    noted.stream().map(Facts.Noted::fact).forEach(this::index);
  }

  /** All facts so far. */
  public synchronized Facts facts() {
    return Facts.of(noted);
  }

  /** The first fact of a kind; in constant time. */
  public synchronized <F extends Fact> Optional<F> first(Class<F> kind) {
    return Optional.ofNullable(kind.cast(first.get(kind)));
  }

  /** The last fact of a kind; in constant time. */
  public synchronized <F extends Fact> Optional<F> last(Class<F> kind) {
    return Optional.ofNullable(kind.cast(last.get(kind)));
  }

  /** Whether there is a fact of a kind; in constant time. */
  public synchronized boolean has(Class<? extends Fact> kind) {
    return first.containsKey(kind);
  }

  /**
   * The last facts of a kind, newest first.
   *
   * @param most the maximum number
   */
  public synchronized <F extends Fact> List<F> newest(int most, Class<F> kind) {
    List<F> newest = new ArrayList<>(most);
    for (int i = noted.size() - 1; i >= 0 && newest.size() < most; i--) {
      if (kind.isInstance(noted.get(i).fact())) {
        newest.add(kind.cast(noted.get(i).fact()));
      }
    }
    return newest;
  }
}
