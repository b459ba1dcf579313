package fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What fuzzing begins with keeps the promises that it tries to break. */
@ExtendWith(LocalCloudExtension.class)
class SeedsTest {
  private final LocalCloud cloud;

  SeedsTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "REQUEST")
  void theFirstInputsBreakNoPromise(Target target) throws Exception {
    assertBreakNone(target);
  }

  /** Slow, since some of them are drawn. */
  @Tag("slow")
  @Test
  void theFirstRequestsBreakNoPromise() throws Exception {
    RequestTarget.fill(cloud);
    assertBreakNone(Target.REQUEST);
  }

  private static void assertBreakNone(Target target) throws IOException {
    List<Path> seeds = seeds(target);
    assertThat(seeds).hasSizeGreaterThan(2);
    for (Path seed : seeds) {
      byte[] input = Files.readAllBytes(seed);
      assertThatCode(() -> target.run().test(input)).as("%s", seed).doesNotThrowAnyException();
    }
  }

  private static List<Path> seeds(Target target) throws IOException {
    try (Stream<Path> files = Files.list(target.seeds())) {
      return files.sorted().toList();
    }
  }
}
