package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** Holds docs/reliability.md against the tests of faults: it names all of them, and no others. */
class ReliabilityDocTest {
  private static final Set<String> CLASSES =
      Set.of(
          "FaultsTest",
          "AwsFaultsTest",
          "FeedFaultsTest",
          "WebhookFaultsTest",
          "PlaceFaultsTest",
          "ChunkFaultsTest",
          "DeadlineFaultsTest",
          "PlaceNamesFaultsTest",
          "PlacesSiteFaultsTest",
          "RevisionFaultsTest",
          "PullWayTest",
          "RawFaultsTest",
          "StalledFeedTest",
          "IncompleteDaysTest",
          "OtherFiguresTest",
          "ForeignTextTest",
          "RefusalTest",
          "AwayApiTest",
          "SlowBucketApiTest",
          "VersionFaultsTest",
          "ImportFaultsTest",
          "EarlyRefusalTest",
          "AsOfFaultsTest",
          "RollbackTest",
          "SweepTest",
          "CrashIT",
          "CrashRoundsIT",
          "CredentialsIT",
          "ServeIT",
          "TakeoverTest",
          "OpenRunTest",
          "TwoProcessesIT",
          "SimulatorTest",
          "PlantedFaultsTest",
          "EndsContractTest");
  private static final Pattern NAME = Pattern.compile("`(\\w+(?:Test|IT)\\.\\w+)`");

  @Test
  void namesEveryTestOfAFaultAndNoOther() throws IOException {
    Set<String> documented =
        NAME.matcher(Files.readString(Path.of("docs", "reliability.md")))
            .results()
            .map(result -> result.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(documented).containsExactlyInAnyOrderElementsOf(tests());
  }

  private static Set<String> tests() {
    return CLASSES.stream()
        .map(ReliabilityDocTest::type)
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(
            method ->
                method.isAnnotationPresent(Test.class)
                    || method.isAnnotationPresent(ParameterizedTest.class))
        .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** In whichever package it is. */
  private static Class<?> type(String name) {
    String source =
        Stream.of("app", "aws", "routes", "simulator", "crash")
            .filter(part -> Files.exists(Path.of("src", "test", "java", part, name + ".java")))
            .findFirst()
            .orElseThrow(() -> new AssertionError("There is no test " + name));
    try {
      return Class.forName(source + "." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("There is no test " + name, e);
    }
  }
}
