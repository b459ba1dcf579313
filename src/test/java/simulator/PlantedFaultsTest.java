package simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulator that finds nothing may be blind. */
@Tag("slow")
class PlantedFaultsTest {
  private static final long MOST_SEEDS = 1_000;

  @ParameterizedTest
  @EnumSource
  void findsAPlantedFault(PlantedFault fault) throws IOException {
    PlantedFault.Planting planting = new PlantedFault.Planting(fault);
    long schedules;
    try (Simulation simulation = new Simulation(fault.key(), List.of(planting))) {
      assertThat(planting.isPlanted()).isTrue();
      schedules =
          1
              + LongStream.range(0, MOST_SEEDS)
                  .filter(
                      seed -> !simulation.run(Schedule.of(seed, fault.key())).findings().isEmpty())
                  .findFirst()
                  .orElse(MOST_SEEDS);
    }

    assertThat(schedules).isLessThanOrEqualTo(MOST_SEEDS);
    assertThat(Files.readString(Path.of("docs", "reliability.md")))
        .contains("| %s | %d |".formatted(words(fault), schedules));
  }

  private static String words(PlantedFault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
