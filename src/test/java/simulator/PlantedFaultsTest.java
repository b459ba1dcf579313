package simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulator that finds nothing may be blind. */
@Tag("slow")
class PlantedFaultsTest {
  private static final long MOST_SCHEDULES = 1_000;

  /**
   * Whether to go through all schedules up to the one that finds a fault, to see that it is the
   * first.
   */
  private static final boolean COUNT = Boolean.getBoolean("planted.count");

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
    long found = found(fault);
    if (COUNT) {
      assertThat(found)
          .isEqualTo(
              LongStream.rangeClosed(1, MOST_SCHEDULES)
                  .filter(schedule -> isFound(simulation, fault, schedule))
                  .findFirst()
                  .orElseThrow());
    }

    assertThat(isFound(simulation, fault, found))
        .as("schedule %d finds it; if not, find the first one with -Dplanted.count=true", found)
        .isTrue();
    planting.plantNone();
    assertThat(isFound(simulation, fault, found)).as("without the fault").isFalse();
  }

  /** The schedule that finds it first, as the document says. */
  private static long found(PlantedFault fault) throws IOException {
    String row = "\\| %s \\| (\\d+) \\|".formatted(words(fault));
    Matcher matcher =
        Pattern.compile(row).matcher(Files.readString(Path.of("docs", "reliability.md")));
    assertThat(matcher.find()).as("%s is in docs/reliability.md", row).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static boolean isFound(Simulation simulation, PlantedFault fault, long schedule) {
    return !simulation.run(fault.schedule(schedule - 1)).findings().isEmpty();
  }

  private static String words(PlantedFault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
