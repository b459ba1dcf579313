package web;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.Converter;
import com.fasterxml.jackson.databind.util.StdConverter;
import covid.Dates;
import covid.Day;
import covid.DayKey;
import covid.IncompleteDay;
import covid.KeySchema;
import covid.Metric;
import covid.Place;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of days in reports and dead letters.
 *
 * <pre>
 *   DATE         {"date":...,"country":...,"cases":...,"deaths":...,"recovered":...}, without absent
 *                figures; the key of a day alone is its date, since a report is of one place
 *   PLACE_DATE   {"place":...,"date":...,METRIC:...}, the key without the figures
 * </pre>
 *
 * A place on its own is its name; dates on their own are intervals, {@code 2020-01-22/2020-12-13}.
 */
public final class DayJson extends SimpleModule {
  private static final long serialVersionUID = 1L;

  /** The place of a key that was read from its date alone. */
  private static final Place UNKNOWN = new Place("");

  /**
   * Registers {@link Day}, {@link DayKey}, {@link IncompleteDay}, {@link Place} and {@link Dates}.
   */
  public DayJson(KeySchema key) {
    super("days-" + key);
    if (key == KeySchema.DATE) {
      convert(Day.class, new ToFields(), new FromFields());
      convert(DayKey.class, new ToDate(), new FromDate());
    } else {
      convert(Day.class, new ToMap(), new FromMap());
      convert(DayKey.class, new ToPlaceAndDate(), new FromPlaceAndDate());
    }
    convert(IncompleteDay.class, new ToMissing(key), new FromMissing());
    convert(Place.class, new ToName(), new FromName());
    convert(Dates.class, new ToIntervals(), new FromIntervals());
  }

  private <T, F> void convert(Class<T> type, Converter<T, F> to, Converter<F, T> from) {
    addSerializer(type, new StdDelegatingSerializer(to));
    addDeserializer(type, new StdDelegatingDeserializer<>(from));
  }

  private static final class ToIntervals extends StdConverter<Dates, List<String>> {
    @Override
    public List<String> convert(Dates dates) {
      return dates.intervals();
    }
  }

  private static final class FromIntervals extends StdConverter<List<String>, Dates> {
    @Override
    public Dates convert(List<String> intervals) {
      return Dates.ofIntervals(intervals);
    }
  }

  private static final class ToName extends StdConverter<Place, String> {
    @Override
    public String convert(Place place) {
      return place.name();
    }
  }

  private static final class FromName extends StdConverter<String, Place> {
    @Override
    public Place convert(String name) {
      return new Place(name);
    }
  }

  /**
   * The fields of a day.
   *
   * @param country name of its place
   */
  public record Fields(
      LocalDate date,
      String country,
      @Nullable Long cases,
      @Nullable Long deaths,
      @Nullable Long recovered) {}

  private static final class ToFields extends StdConverter<Day, Fields> {
    @Override
    public Fields convert(Day day) {
      Map<Metric, Long> figures = day.figures();
      return new Fields(
          day.date(),
          day.place().name(),
          figures.get(Metric.CASES),
          figures.get(Metric.DEATHS),
          figures.get(Metric.RECOVERED));
    }
  }

  private static final class FromFields extends StdConverter<Fields, Day> {
    @Override
    public Day convert(Fields fields) {
      Map<Metric, Long> figures = new HashMap<>();
      put(figures, Metric.CASES, fields.cases());
      put(figures, Metric.DEATHS, fields.deaths());
      put(figures, Metric.RECOVERED, fields.recovered());
      return new Day(new DayKey(new Place(fields.country()), fields.date()), figures);
    }

    private static void put(Map<Metric, Long> figures, Metric metric, @Nullable Long figure) {
      if (figure != null) {
        figures.put(metric, figure);
      }
    }
  }

  private static final class ToDate extends StdConverter<DayKey, LocalDate> {
    @Override
    public LocalDate convert(DayKey key) {
      return key.date();
    }
  }

  private static final class FromDate extends StdConverter<LocalDate, DayKey> {
    @Override
    public DayKey convert(LocalDate date) {
      return new DayKey(UNKNOWN, date);
    }
  }

  private static final class ToMap extends StdConverter<Day, Map<String, Object>> {
    @Override
    public Map<String, Object> convert(Day day) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("place", day.place().name());
      fields.put("date", day.date());
      new TreeMap<>(day.figures()).forEach((metric, figure) -> fields.put(metric.name(), figure));
      return fields;
    }
  }

  private static final class FromMap extends StdConverter<Map<String, Object>, Day> {
    @Override
    public Day convert(Map<String, Object> fields) {
      Map<Metric, Long> figures = new HashMap<>();
      fields.forEach(
          (name, value) -> {
            if (value instanceof Number figure && Metric.isName(name)) {
              figures.put(new Metric(name), count(figure));
            }
          });
      return new Day(key(fields.get("place"), fields.get("date")), figures);
    }

    /** As {@link Json} reads whole numbers elsewhere: no other figure becomes one. */
    private static long count(Number figure) {
      if (figure instanceof Integer || figure instanceof Long) {
        return figure.longValue();
      }
      throw new IllegalArgumentException("%s is not a count".formatted(figure));
    }

    private static DayKey key(@Nullable Object place, @Nullable Object date) {
      return new DayKey(
          new Place(requireNonNull(place, "place").toString()),
          LocalDate.parse(requireNonNull(date, "date").toString()));
    }
  }

  /** The fields of a key. */
  public record PlaceAndDate(String place, LocalDate date) {}

  private static final class ToPlaceAndDate extends StdConverter<DayKey, PlaceAndDate> {
    @Override
    public PlaceAndDate convert(DayKey key) {
      return new PlaceAndDate(key.place().name(), key.date());
    }
  }

  private static final class FromPlaceAndDate extends StdConverter<PlaceAndDate, DayKey> {
    @Override
    public DayKey convert(PlaceAndDate key) {
      return new DayKey(new Place(key.place()), key.date());
    }
  }

  /** The fields of an incomplete day. */
  public record Missing(
      @Nullable String place, LocalDate date, int missing, @Nullable List<String> parts) {}

  private static final class ToMissing extends StdConverter<IncompleteDay, Missing> {
    private final KeySchema key;

    ToMissing(KeySchema key) {
      this.key = key;
    }

    @Override
    public Missing convert(IncompleteDay day) {
      String place = key == KeySchema.DATE ? null : day.key().place().name();
      return new Missing(place, day.date(), day.missing(), day.parts());
    }
  }

  private static final class FromMissing extends StdConverter<Missing, IncompleteDay> {
    @Override
    public IncompleteDay convert(Missing day) {
      return new IncompleteDay(
          new DayKey(day.place() == null ? UNKNOWN : new Place(day.place()), day.date()),
          day.missing(),
          day.parts() == null ? List.of() : day.parts());
    }
  }
}
