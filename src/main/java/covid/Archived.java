package covid;

import java.time.Instant;

/**
 * The last published set.
 *
 * @param <S> its form
 */
public interface Archived<S> {
  /** In the metadata of the published set: {@code true} if its figures are invented. */
  String SYNTHETIC = "synthetic";

  /** In the metadata of the published set: how many days it has. */
  String ROWS = "rows";

  /** In the metadata of the published set: its newest day. */
  String NEWEST_DAY = "newest-day";

  /** Its entity tag, quotes included. */
  String etag();

  /** When it was published. */
  Instant updatedAt();

  /** The same set, published at another time. */
  S at(Instant time);
}
