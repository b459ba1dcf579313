package serve;

import covid.ArchivedPlaces;
import covid.Place;
import covid.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import web.Answer;

/**
 * The published set of many places.
 *
 * @param set in memory
 */
record CurrentPlaces(ArchivedPlaces set) implements PlaceSet {
  @Override
  public String name() {
    return set.etag();
  }

  @Override
  public boolean isVersion() {
    return false;
  }

  /** It is in memory. */
  @Override
  public PlaceSet within(Bulkhead bulkhead) {
    return this;
  }

  @Override
  public Set<Place> places() {
    return set.days().byPlace().keySet();
  }

  @Override
  public Series series(Place place) {
    return set.series(place).orElseThrow();
  }

  @Override
  public <T> List<T> map(Function<Series, T> function) {
    return places().stream().map(place -> function.apply(series(place))).toList();
  }

  @Override
  public boolean isSynthetic() {
    return set.synthetic();
  }

  @Override
  public LocalDate newestDay() {
    return set.newestDay();
  }

  @Override
  public Instant updatedAt() {
    return set.updatedAt();
  }

  @Override
  public Answer csv() {
    return Answer.packed(Answer.CSV, set.packedCsv(), "W/" + set.etag());
  }
}
