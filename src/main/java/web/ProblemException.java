package web;

import org.jspecify.annotations.Nullable;

/** Ends a request with a {@link Problem}. */
public final class ProblemException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * @param problem the problem for the caller
   */
  public ProblemException(Problem problem) {
    this(problem, null);
  }

  /**
   * @param problem the problem for the caller
   * @param cause the details for operators; null if there are none
   */
  public ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.detail(), cause);
    this.problem = problem;
  }

  /** The problem for the caller. */
  public Problem problem() {
    return problem;
  }
}
