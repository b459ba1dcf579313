package simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulator that finds nothing may be blind. */
@Tag("slow")
class PlantedFaultsTest {
  private static final long MOST_SEEDS = 1_000;

  private static final Map<Store, PlantedFault.Planting> PLANTINGS = new EnumMap<>(Store.class);

  private static final Map<Store, Simulation> SIMULATIONS = new EnumMap<>(Store.class);

  @AfterAll
  static void stop() {
    SIMULATIONS.values().forEach(Simulation::close);
  }

  @ParameterizedTest
  @EnumSource
  void findsAPlantedFault(PlantedFault fault) throws IOException {
    PlantedFault.Planting planting =
        PLANTINGS.computeIfAbsent(fault.store(), store -> new PlantedFault.Planting());
    Simulation simulation =
        SIMULATIONS.computeIfAbsent(
            fault.store(), store -> new Simulation(store, List.of(planting)));
    planting.plant(fault);
    assertThat(planting.isPlanted()).isTrue();
    long schedules =
        1
            + LongStream.range(0, MOST_SEEDS)
                .filter(
                    seed -> !simulation.run(Schedule.of(seed, fault.store())).findings().isEmpty())
                .findFirst()
                .orElse(MOST_SEEDS);

    assertThat(schedules).isLessThanOrEqualTo(MOST_SEEDS);
    assertThat(Files.readString(Path.of("docs", "reliability.md")))
        .contains("| %s | %d |".formatted(words(fault), schedules));
  }

  private static String words(PlantedFault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
