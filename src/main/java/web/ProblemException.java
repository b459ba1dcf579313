package web;

import org.jspecify.annotations.Nullable;

/** Ends a request with a {@link Problem}. */
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * @param problem what the caller is told
   */
  public ProblemException(Problem problem) {
    this(problem, null);
  }

  /**
   * @param problem what the caller is told
   * @param cause what operators are told instead; null if it is the same
   */
  public ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.detail(), cause);
    this.problem = problem;
  }

  /** What the caller is told. */
  public Problem problem() {
    return problem;
  }
}
