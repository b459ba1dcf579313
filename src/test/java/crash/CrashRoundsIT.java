package crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few rounds; {@code bench/crash} makes more. */
@Tag("slow")
@ExtendWith(LocalCloudExtension.class)
class CrashRoundsIT {
  private final LocalCloud cloud;
  @TempDir private Path folder;

  CrashRoundsIT(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @ParameterizedTest
  @Timeout(360)
  @ValueSource(longs = {1, 3, 4})
  void theSumsAreRightWhicheverProcessesAreKilledOrFrozen(long seed) throws Exception {
    Schedule schedule = Schedule.of(seed);

    Round.Outcome outcome = Round.run(schedule, cloud, folder);

    assertThat(outcome.findings()).as(schedule.toString()).isEmpty();
    assertThat(outcome.killed() + outcome.frozen()).isPositive();
  }
}
