package serve;

import covid.PlaceDays;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import versions.DayChange;
import versions.Diff;
import versions.Version.PlaceSeries;
import web.ProblemException;

/**
 * What differs between a series of a place and the next one. The history of a day needs a series of
 * each version, which are too many to be kept; what differs between them is little, and kept, up to
 * 10 MB: that is about 9,500 steps from one version to the next in which one day of three figures
 * is revised.
 */
final class SeriesChanges {
  private static final long MOST_BYTES = 10_000_000;

  private final SeriesObjects series;
  private final WeightedCache<Pair, Diff> kept =
      new WeightedCache<>(MOST_BYTES, SeriesChanges::bytes);

  /**
   * @param series that versions consist of
   */
  SeriesChanges(SeriesObjects series) {
    this.series = series;
  }

  private record Pair(String before, String after) {}

  /**
   * What happened to a day from one version to the next.
   *
   * @param before the series of the earlier version; null if it lacks the day
   * @param after that of the later version; null if it lacks the day
   * @return empty if both have the same of it
   * @throws ProblemException with status 503 if a series is missing, damaged, or cannot be read
   */
  Optional<DayChange> of(LocalDate date, @Nullable PlaceSeries before, @Nullable PlaceSeries after)
      throws ProblemException {
    if (before == null || after == null) {
      // Every day of the series differs, so it is compared for this day and not kept.
      return new Diff(days(before), days(after)).of(date);
    }
    if (before.sha256().equals(after.sha256())) {
      return Optional.empty();
    }
    Pair pair = new Pair(before.sha256(), after.sha256());
    Diff diff = kept.get(pair);
    if (diff == null) {
      diff = new Diff(days(before), days(after)).reduced();
      kept.put(pair, diff);
    }
    return diff.of(date);
  }

  private @Nullable PlaceDays days(@Nullable PlaceSeries of) throws ProblemException {
    return of == null ? null : series.get(of, Bulkhead.UNBOUNDED).days();
  }

  private static long bytes(Diff diff) {
    return Stream.of(diff.before(), diff.after())
        .filter(Objects::nonNull)
        .mapToLong(SeriesObject::bytes)
        .sum();
  }
}
