package covid;

import static java.util.stream.Collectors.toCollection;

import java.time.LocalDate;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The days of any number of places, sorted by place and date, each once, in {@link PlaceDays}.
 * Immutable.
 */
public final class DayColumns extends AbstractList<Day> implements RandomAccess {
  /** No days. */
  public static final DayColumns NONE = new DayColumns(List.of());

  private final SortedMap<Place, PlaceDays> byPlace = new TreeMap<>();
  private final List<PlaceDays> columns;

  /** The index of the first day of each place. */
  private final int[] starts;

  private final int size;

  private DayColumns(Collection<PlaceDays> places) {
    places.stream()
        .filter(days -> !days.isEmpty())
        .forEach(days -> byPlace.put(days.place(), days));
    this.columns = List.copyOf(byPlace.values());
    this.starts = new int[columns.size()];
    int next = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = next;
      next = Math.addExact(next, columns.get(i).size());
    }
    this.size = next;
  }

  /** Puts places together. Places without days are left out; of one place the last counts. */
  public static DayColumns of(Collection<PlaceDays> places) {
    return new DayColumns(places);
  }

  /**
   * Puts places together, each packed before the next one is made; a single one stays as it is.
   *
   * @param places that make their days
   */
  static DayColumns packed(Collection<Supplier<PlaceDays>> places) {
    List<PlaceDays> packed = new ArrayList<>();
    PlaceDays before = null;
    for (Supplier<PlaceDays> place : places) {
      before = places.size() == 1 ? place.get() : place.get().packed(before);
      packed.add(before);
    }
    return of(packed);
  }

  /** Sorts days. Of several with one key the last counts. */
  public static DayColumns copyOf(Collection<Day> days) {
    if (days instanceof DayColumns columns) {
      return columns;
    }
    List<Metric> metrics =
        new ArrayList<>(
            days.stream()
                .flatMap(day -> day.figures().keySet().stream())
                .collect(toCollection(TreeSet::new)));
    SortedMap<Place, PlaceDaysBuilder> places = new TreeMap<>();
    for (Day day : days) {
      places.computeIfAbsent(day.place(), place -> new PlaceDaysBuilder(place, metrics)).put(day);
    }
    return of(places.values().stream().map(PlaceDaysBuilder::build).toList());
  }

  @Override
  public Day get(int index) {
    int found = Arrays.binarySearch(starts, index);
    int place = found >= 0 ? found : -found - 2;
    if (place < 0 || index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return columns.get(place).get(index - starts[place]);
  }

  @Override
  public int size() {
    return size;
  }

  /** The days of each place, sorted by place. */
  public SortedMap<Place, PlaceDays> byPlace() {
    return Collections.unmodifiableSortedMap(byPlace);
  }

  /** The days of a place; none if it has none. */
  public List<Day> of(Place place) {
    PlaceDays days = byPlace.get(place);
    return days == null ? List.of() : days;
  }

  /**
   * The days of a place.
   *
   * @throws NoSuchElementException if it has none
   */
  PlaceDays in(Place place) {
    return Optional.ofNullable(byPlace.get(place)).orElseThrow();
  }

  /**
   * The newest day of any place.
   *
   * @throws NoSuchElementException if there is no day
   */
  public LocalDate newest() {
    return ends(days -> days.size() - 1).max(Comparator.naturalOrder()).orElseThrow();
  }

  /**
   * The oldest day of any place.
   *
   * @throws NoSuchElementException if there is no day
   */
  public LocalDate oldest() {
    return ends(days -> 0).min(Comparator.naturalOrder()).orElseThrow();
  }

  private Stream<LocalDate> ends(ToIntFunction<PlaceDays> index) {
    return columns.stream().map(days -> days.date(index.applyAsInt(days)));
  }

  /** Whether there is a day with a key. */
  boolean has(DayKey key) {
    PlaceDays days = byPlace.get(key.place());
    return days != null && days.indexOf(key.date()) >= 0;
  }

  /** The day with a key. */
  public Optional<Day> find(DayKey key) {
    return Optional.ofNullable(byPlace.get(key.place()))
        .filter(days -> days.indexOf(key.date()) >= 0)
        .map(days -> days.get(days.indexOf(key.date())));
  }

  /** These days, with others of some places. */
  DayColumns with(Map<Place, List<Day>> others) {
    SortedMap<Place, PlaceDays> all = new TreeMap<>(byPlace);
    others.forEach(
        (place, days) -> {
          List<Day> merged = new ArrayList<>(of(place));
          merged.addAll(days);
          all.put(place, copyOf(merged).in(place));
        });
    return of(all.values());
  }

  /** These days, with other series in place of those of some places, which may have none. */
  DayColumns replacing(Collection<Place> places, DayColumns others) {
    SortedMap<Place, PlaceDays> all = new TreeMap<>(byPlace);
    for (Place place : places) {
      PlaceDays other = others.byPlace.get(place);
      if (other == null) {
        all.remove(place);
      } else {
        all.put(place, other);
      }
    }
    return of(all.values());
  }
}
