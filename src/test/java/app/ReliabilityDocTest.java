package app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
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
          "PullWayTest",
          "StalledFeedTest",
          "IncompleteDaysTest",
          "OtherFiguresTest",
          "ForeignTextTest",
          "RefusalTest",
          "AwayApiTest",
          "SlowBucketApiTest",
          "CrashIT",
          "CredentialsIT",
          "ServeIT",
          "TwoProcessesIT");
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
    JavaClasses classes = new ClassFileImporter().importPackages("app", "routes");
    return classes.stream()
        .filter(type -> CLASSES.contains(type.getSimpleName()))
        .flatMap(ReliabilityDocTest::names)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> names(JavaClass type) {
    return type.getMethods().stream()
        .filter(
            method ->
                method.isAnnotatedWith(Test.class)
                    || method.isAnnotatedWith(ParameterizedTest.class))
        .map(method -> type.getSimpleName() + "." + method.getName());
  }
}
