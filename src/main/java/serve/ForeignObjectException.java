package serve;

import aws.ForeignObject;
import org.jspecify.annotations.Nullable;

/** An object in the bucket was not written by this program. */
public final class ForeignObjectException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient ForeignObject object;

  ForeignObjectException(ForeignObject object, @Nullable Throwable cause) {
    super(object.forOperators(), cause);
    this.object = object;
  }

  /** The object. */
  public ForeignObject object() {
    return object;
  }
}
