package covid;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Facts of a run, each once, in the order in which they were noted. Immutable. */
public final class Facts {
  private final List<Fact> facts;

  /**
   * A fact with its place in the run.
   *
   * @param number unique in the run, and increasing
   */
  public record Noted(int number, Fact fact) {}

  private Facts(List<Fact> facts) {
    this.facts = facts;
  }

  /**
   * Puts facts into their order.
   *
   * @param noted in any order, possibly repeated
   */
  public static Facts of(Collection<Noted> noted) {
    TreeMap<Integer, Fact> ordered = new TreeMap<>();
    noted.forEach(entry -> ordered.put(entry.number(), entry.fact()));
    return new Facts(List.copyOf(ordered.values()));
  }

  /** Those of a kind. */
  public <F extends Fact> Stream<F> all(Class<F> kind) {
    return facts.stream().filter(kind::isInstance).map(kind::cast);
  }

  /** Whether there is one of a kind. */
  boolean has(Class<? extends Fact> kind) {
    return facts.stream().anyMatch(kind::isInstance);
  }

  /** The last one of a kind. */
  <F extends Fact> Optional<F> last(Class<F> kind) {
    return all(kind).reduce((one, later) -> later);
  }
}
