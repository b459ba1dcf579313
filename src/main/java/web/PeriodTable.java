package web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import covid.Measure;
import covid.Metric;
import covid.Series;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of periods: an array of {@code {"date":...,"cases":...,"newCases":...}}, in which a
 * figure that does not exist is null.
 *
 * @param metrics in the order of the figures of a period
 * @param measures each with a figure of every metric
 * @param periods ascending
 */
public record PeriodTable(List<Metric> metrics, List<Measure> measures, List<Series.Period> periods)
    implements JsonSerializable {

  /** The names of the figures of a period, in their order. */
  private List<String> names(BiFunction<Measure, Metric, String> name) {
    return measures.stream()
        .flatMap(measure -> metrics.stream().map(metric -> name.apply(measure, metric)))
        .toList();
  }

  /** The header of the CSV of these periods. */
  public List<String> header() {
    return Stream.concat(Stream.of("Date"), names(Measure::column).stream()).toList();
  }

  /**
   * The rows of the CSV of these periods.
   *
   * @param first what each begins with
   */
  public Stream<List<?>> rows(Object... first) {
    return periods.stream()
        .map(
            period -> {
              List<@Nullable Object> row = new ArrayList<>(Arrays.asList(first));
              row.add(period.date());
              period.figures().stream().map(PeriodTable::plain).forEach(row::add);
              return row;
            });
  }

  private static @Nullable Object plain(@Nullable Number figure) {
    return figure instanceof BigDecimal decimal ? decimal.toPlainString() : figure;
  }

  @Override
  public void serialize(JsonGenerator json, SerializerProvider provider) throws IOException {
    List<String> names = names(Measure::field);
    json.writeStartArray();
    for (Series.Period period : periods) {
      json.writeStartObject();
      json.writeStringField("date", period.date().toString());
      for (int i = 0; i < names.size(); i++) {
        json.writeFieldName(names.get(i));
        write(period.figures().get(i), json);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(@Nullable Number figure, JsonGenerator json) throws IOException {
    if (figure == null) {
      json.writeNull();
    } else if (figure instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else {
      json.writeNumber(figure.longValue());
    }
  }

  @Override
  public void serializeWithType(
      JsonGenerator json, SerializerProvider provider, TypeSerializer type) throws IOException {
    serialize(json, provider);
  }
}
