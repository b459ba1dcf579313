package local;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What is wrong with what was asked of local mode, all of it, in one sentence each. */
final class Problems {
  private final List<String> sentences = new ArrayList<>();

  /** What a step finds; empty if it cannot start, which is noted. */
  <T> Optional<T> of(Supplier<T> step) {
    try {
      return Optional.of(step.get());
    } catch (CannotStartException e) {
      sentences.add(e.getMessage());
      return Optional.empty();
    }
  }

  /** Notes why a step cannot start, if so. */
  void check(Runnable step) {
    try {
      step.run();
    } catch (CannotStartException e) {
      sentences.add(e.getMessage());
    }
  }

  /** Notes some more. */
  void addAll(Collection<String> more) {
    sentences.addAll(more);
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return sentences.isEmpty();
  }

  /**
   * Makes sure that there are none.
   *
   * @throws CannotStartException with all of them, a line each
   */
  void requireNone() {
    if (!sentences.isEmpty()) {
      throw new CannotStartException(String.join("\n", sentences));
    }
  }
}
