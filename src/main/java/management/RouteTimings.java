package management;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.time.Duration;
import java.util.stream.Stream;

/** Adds buckets to the timings of routes, from a cached answer to a long pull. */
final class RouteTimings implements MeterFilter {
  private static final double[] BUCKETS =
      Stream.of("PT0.005S", "PT0.05S", "PT0.5S", "PT2S", "PT10S", "PT60S", "PT300S")
          .mapToDouble(limit -> Duration.parse(limit).toNanos())
          .toArray();

  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    return id.getName().equals("camel.route.policy")
        ? DistributionStatisticConfig.builder()
            .serviceLevelObjectives(BUCKETS)
            .build()
            .merge(config)
        : config;
  }
}
