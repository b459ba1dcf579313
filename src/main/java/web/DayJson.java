package web;

import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdDelegatingSerializer;
import com.fasterxml.jackson.databind.util.StdConverter;
import covid.Day;
import covid.DayKey;
import covid.Metric;
import covid.Place;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of days in reports and dead letters: {@code
 * {"date":...,"country":...,"cases":...,"deaths":...,"recovered":...}}, without absent figures. The
 * key of a day alone is its date, since a report is of one country.
 */
public final class DayJson extends SimpleModule {
  private static final long serialVersionUID = 1L;

  /** The place of a key that was read from its date alone. */
  private static final Place UNKNOWN = new Place("");

  /** Registers {@link Day} and {@link DayKey}. */
  public DayJson() {
    addSerializer(Day.class, new StdDelegatingSerializer(new ToFields()));
    addDeserializer(Day.class, new StdDelegatingDeserializer<>(new FromFields()));
    addSerializer(DayKey.class, new StdDelegatingSerializer(new ToDate()));
    addDeserializer(DayKey.class, new StdDelegatingDeserializer<>(new FromDate()));
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
}
