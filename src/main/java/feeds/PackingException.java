package feeds;

/** A feed that is packed in a way that is not unpacked here. Trying again would not help. */
public final class PackingException extends PullException {
  private static final long serialVersionUID = 1L;

  PackingException(String reason) {
    super(reason);
  }
}
