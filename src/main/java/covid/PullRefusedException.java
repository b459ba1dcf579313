package covid;

/** Ends a run because the gate refused the pull. */
public final class PullRefusedException extends RunFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one sentence
   */
  public PullRefusedException(String reason) {
    super(reason);
  }
}
