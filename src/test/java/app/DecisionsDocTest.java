package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds docs/decisions against its index and against the tests that its records name. */
class DecisionsDocTest {
  private static final Path FOLDER = Path.of("docs", "decisions");
  private static final Pattern HEAD =
      Pattern.compile("# (\\d{4})\\. (.+)\n\n- Date: ([\\d-]+)\n- Status: (.+)\n");
  private static final Pattern TEST =
      Pattern.compile("`(?:[a-z]+\\.)?(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

  @Test
  void theIndexNamesEachRecordAsItNamesItself() throws IOException {
    List<String> rows =
        Files.readString(FOLDER.resolve("README.md"))
            .lines()
            .filter(line -> line.matches("\\| \\d{4} .*"))
            .toList();

    assertThat(rows).isEqualTo(records().map(DecisionsDocTest::row).toList());
  }

  @Test
  void everyTestThatARecordNamesIsThere() throws IOException {
    Map<String, String> tests = tests();
    Set<String> named = new TreeSet<>();
    Set<String> gone = new TreeSet<>();
    records()
        .flatMap(file -> TEST.matcher(text(file)).results())
        .forEach(
            found -> {
              named.add(found.group());
              if (!has(tests.getOrDefault(found.group(1), ""), found)) {
                gone.add(found.group());
              }
            });

    assertThat(named).hasSizeGreaterThan(10).anyMatch(name -> name.contains("."));
    assertThat(gone).isEmpty();
  }

  /** Whether the source of a class has the test that is named, if the record names one. */
  private static boolean has(String source, MatchResult named) {
    return source.contains(
        named.group(2) == null ? "class " + named.group(1) : "void " + named.group(2) + "(");
  }

  private static String row(Path file) {
    Matcher head = HEAD.matcher(text(file));
    assertThat(head.lookingAt()).as("number, title, date and status of %s", file).isTrue();
    String name = file.getFileName().toString();
    assertThat(name).startsWith(head.group(1) + "-");
    return "| %s | [%s](%s) | %s | %s |"
        .formatted(head.group(1), head.group(2), name, head.group(4), head.group(3));
  }

  private static Stream<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> !file.endsWith("README.md"))
          .sorted()
          .collect(Collectors.toList())
          .stream();
    }
  }

  /** The source of each test class, by name. */
  private static Map<String, String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
      return files
          .filter(file -> file.toString().matches(".*(Test|IT)\\.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  DecisionsDocTest::text));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
