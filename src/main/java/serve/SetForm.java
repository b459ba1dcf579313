package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.ArchivedPlaces;
import covid.ArchivedSet;
import covid.Series;
import feeds.ArchiveRecords;
import feeds.ArchiveRecords.NotASetException;
import feeds.SetFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * How a published set is read.
 *
 * @param <S> what comes of it
 */
public interface SetForm<S> {
  /** The object in the bucket, with what belongs to it. */
  BucketObjects.Read read(BucketObjects bucket, String key, Optional<String> knownEtag)
      throws ForeignObjectException, IOException;

  /**
   * The set in an object.
   *
   * @throws NotASetException if it is of another form, or no set at all
   */
  S parse(BucketObjects.Found found, boolean synthetic) throws NotASetException, IOException;

  /** {@code Date,Cases,Deaths,Country,Recovered}. */
  SetForm<ArchivedSet> ONE_PLACE = new OnePlace();

  /**
   * {@code Place,Date,} and any metrics.
   *
   * @param names are read with each set
   */
  static SetForm<ArchivedPlaces> places(PublishedNames names) {
    return new Places(names);
  }

  /** Reads {@link #ONE_PLACE}. */
  final class OnePlace implements SetForm<ArchivedSet> {
    private OnePlace() {}

    @Override
    public BucketObjects.Read read(BucketObjects bucket, String key, Optional<String> knownEtag)
        throws ForeignObjectException, IOException {
      return bucket.read(key, knownEtag, ArchiveRecords.REMEDY);
    }

    @Override
    public ArchivedSet parse(BucketObjects.Found found, boolean synthetic)
        throws NotASetException, IOException {
      String csv = new String(found.content(), UTF_8);
      ArchiveRecords.Content set = ArchiveRecords.read(new StringReader(csv), found.metadata());
      if (!set.format().equals(SetFormat.DATED)) {
        throw new NotASetException("it is of many places", null);
      }
      Series series = new Series(set.days(), synthetic);
      return new ArchivedSet(series, csv, found.etag(), found.lastModified());
    }
  }

  /** Reads {@link #places}. */
  final class Places implements SetForm<ArchivedPlaces> {
    private final PublishedNames names;

    private Places(PublishedNames names) {
      this.names = names;
    }

    @Override
    public BucketObjects.Read read(BucketObjects bucket, String key, Optional<String> knownEtag)
        throws ForeignObjectException, IOException {
      BucketObjects.Read set = bucket.readPacked(key, knownEtag, ArchiveRecords.REMEDY);
      if (set instanceof BucketObjects.Found) {
        names.read();
      }
      return set;
    }

    @Override
    public ArchivedPlaces parse(BucketObjects.Found found, boolean synthetic)
        throws NotASetException, IOException {
      try (Reader csv =
          new InputStreamReader(
              new GZIPInputStream(new ByteArrayInputStream(found.content()), 1 << 16), UTF_8)) {
        ArchiveRecords.Content set = ArchiveRecords.read(csv, found.metadata());
        if (set.format().equals(SetFormat.DATED)) {
          throw new NotASetException("it is of one place", null);
        }
        return new ArchivedPlaces(
            set.format().metrics(),
            set.days(),
            synthetic,
            found.content(),
            found.etag(),
            found.lastModified());
      }
    }
  }
}
