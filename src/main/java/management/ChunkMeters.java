package management;

import chunks.ChunkHistory;
import chunks.ChunkHistory.Event;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;

/**
 * The metrics of the chunks that a coordinator planned.
 *
 * @param history their source
 */
record ChunkMeters(ChunkHistory history) implements MeterBinder {
  private static final double MILLIS = 1_000;

  @Override
  public void bindTo(MeterRegistry registry) {
    for (Event event : Event.values()) {
      FunctionCounter.builder("covid.chunks", history, past -> past.count(event))
          .tag("state", event.toString())
          .description("Chunks of the runs of this process, by what became of them")
          .register(registry);
    }
    Gauge.builder("covid.chunks.unsettled.age", history, ChunkMeters::age)
        .description(
            "How long chunks of the run in progress have been without a result; NaN if all have one")
        .baseUnit("seconds")
        .register(registry);
  }

  private static double age(ChunkHistory history) {
    return history
        .unsettledAge()
        .map(Duration::toMillis)
        .map(age -> age / MILLIS)
        .orElse(Double.NaN);
  }
}
