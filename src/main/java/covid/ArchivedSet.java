package covid;

import java.time.Instant;

/**
 * The last published set.
 *
 * @param series its days
 * @param csv its text
 * @param etag its entity tag, quotes included
 * @param updatedAt when it was published
 */
public record ArchivedSet(Series series, String csv, String etag, Instant updatedAt) {
  /** In the metadata of the published set: {@code true} if its figures are invented. */
  public static final String SYNTHETIC = "synthetic";

  /** The same set, published at another time. */
  public ArchivedSet at(Instant time) {
    return new ArchivedSet(series, csv, etag, time);
  }
}
