package feeds;

/** A pull that is longer or slower than allowed. A retry would not help. */
public final class PullLimitException extends PullException {
  private static final long serialVersionUID = 1L;

  PullLimitException(String reason) {
    super(reason);
  }
}
