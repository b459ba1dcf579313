package simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulator that finds nothing may be blind. */
class PlantedFaultsTest {
  private static final int MOST_SEEDS = 1_000;

  @ParameterizedTest
  @EnumSource
  void findsAPlantedFault(PlantedFault fault) {
    PlantedFault.Planting planting = new PlantedFault.Planting(fault);
    try (Simulation simulation = new Simulation(List.of(planting))) {
      assertThat(planting.isPlanted()).isTrue();
      assertThat(
              LongStream.range(0, MOST_SEEDS)
                  .filter(seed -> !simulation.run(Schedule.of(seed)).findings().isEmpty())
                  .findFirst())
          .as("the first schedule that finds it")
          .isPresent();
    }
  }
}
