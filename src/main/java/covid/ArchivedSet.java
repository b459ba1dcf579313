package covid;

import java.time.Instant;

/**
 * The last published set of one place.
 *
 * @param series its days
 * @param csv its text
 * @param etag its entity tag, quotes included
 * @param updatedAt when it was published
 */
public record ArchivedSet(Series series, String csv, String etag, Instant updatedAt)
    implements Archived<ArchivedSet> {
  @Override
  public ArchivedSet at(Instant time) {
    return new ArchivedSet(series, csv, etag, time);
  }
}
