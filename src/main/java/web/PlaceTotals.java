package web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import covid.Measure;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest figure of each metric of a place.
 *
 * @param code of the place
 * @param name for display
 * @param population in persons; null if unknown
 * @param synthetic true if the figures are invented; otherwise null
 * @param measure what the figures are
 * @param per {@code 100k} if they are per 100,000 persons; otherwise null
 * @param updatedAt when the set was published
 * @param chart the address of its chart
 * @param csv the address of its part of the published set
 * @param figures by the names of the metrics
 */
public record PlaceTotals(
    String code,
    String name,
    @Nullable Long population,
    @Nullable Boolean synthetic,
    Measure measure,
    @Nullable String per,
    Instant updatedAt,
    String chart,
    String csv,
    @JsonAnyGetter Map<String, Latest> figures) {

  /**
   * The latest figure of a metric.
   *
   * @param value persons, or persons per 100,000
   * @param asOf its day
   * @param stalled whether the source seems not to report it any more
   */
  public record Latest(Number value, LocalDate asOf, boolean stalled) {}
}
