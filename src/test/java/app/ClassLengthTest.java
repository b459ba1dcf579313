package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class that grows has two subjects, or a reason, which stands here. */
class ClassLengthTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final int MOST = 170;

  private static final Map<String, String> REASONS =
      Map.of(
          "app/SettingTexts.java",
              "a method for each kind of value, with what stands for a wrong one",
          "app/Settings.java", "a line for each setting",
          "feeds/RecordScanner.java",
              "one loop over the bytes of a feed, which has no calls to spare");

  /** Comments, imports and blank lines do not count. */
  private static final Pattern NO_CODE = Pattern.compile("\\s*|import .*|\\s*(//|/?\\*).*");

  @Test
  void aClassIsShortOrHasAReason() throws IOException {
    Map<String, Long> longer = new TreeMap<>();
    try (Stream<Path> files = Files.walk(MAIN)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> lines(file) > MOST)
          .forEach(
              file -> longer.put(MAIN.relativize(file).toString().replace('\\', '/'), lines(file)));
    }

    assertThat(longer).containsOnlyKeys(REASONS.keySet());
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> !NO_CODE.matcher(line).matches()).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
