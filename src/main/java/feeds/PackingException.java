package feeds;

/** A feed in an unsupported packed format. A retry would not help. */
public final class PackingException extends PullException {
  private static final long serialVersionUID = 1L;

  PackingException(String reason) {
    super(reason);
  }
}
