package covid;

import static java.util.stream.Collectors.toCollection;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.RandomAccess;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

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
}
