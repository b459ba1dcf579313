package feeds;

import java.io.InputStream;

/** A feed's body as it came, unpacked, which is kept in the bucket packed with gzip. */
public final class RawBody {
  /** Its content type. */
  public static final String TYPE = "application/gzip";

  private RawBody() {}

  /**
   * The body of a kept object.
   *
   * @return a stream that fails with a {@link PullException} where the object is damaged
   */
  public static InputStream unpack(InputStream object) {
    return new GzipBody(object);
  }
}
