package covid;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The last published set of any number of places.
 *
 * @param metrics in the order of their columns
 * @param days at least one
 * @param synthetic whether the figures are invented
 * @param packedCsv its text, packed with gzip: it may have a hundred million characters
 * @param etag its entity tag, quotes included
 * @param updatedAt when it was published
 */
public record ArchivedPlaces(
    List<Metric> metrics,
    DayColumns days,
    boolean synthetic,
    byte[] packedCsv,
    String etag,
    Instant updatedAt)
    implements Archived<ArchivedPlaces> {

  public ArchivedPlaces {
    metrics = List.copyOf(metrics);
  }

  @Override
  public ArchivedPlaces at(Instant time) {
    return new ArchivedPlaces(metrics, days, synthetic, packedCsv, etag, time);
  }

  /** The series of a place; empty if the set has no days of it. */
  public Optional<Series> series(Place place) {
    return Optional.ofNullable(days.byPlace().get(place)).map(any -> new Series(any, synthetic));
  }

  /** The newest day of all places. */
  public LocalDate newestDay() {
    return days.newest();
  }
}
