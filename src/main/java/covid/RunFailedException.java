package covid;

/** Ends a run. Its message is one sentence that a person can act on. */
public class RunFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one sentence
   */
  public RunFailedException(String reason) {
    super(reason);
  }
}
