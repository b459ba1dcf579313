package fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.CheckedSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Settings at a start: they are taken, or refused with a sentence for each that is wrong, which is
 * one line and says nothing of Java.
 *
 * <p>A line of an input is {@code name=value}: of a file; behind {@code $} of the environment;
 * behind {@code -D} of the JVM.
 */
public final class SettingsTarget {
  /** What may end a line, move a cursor or reverse the writing direction. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");

  private SettingsTarget() {}

  /** Fails if an input breaks what is promised. */
  public static void fuzzerTestOneInput(byte[] input) {
    Map<String, String> environment = new HashMap<>();
    Properties system = new Properties();
    Properties files = new Properties();
    files.setProperty("archive.bucket", "covid");
    for (String line : new String(input, UTF_8).split("\n", -1)) {
      // As a file would have it by its escapes.
      String[] setting = line.replace("\\n", "\n").split("=", 2);
      if (setting.length < 2) {
        continue;
      }
      if (setting[0].startsWith("$")) {
        environment.put(setting[0].substring(1), setting[1]);
      } else if (setting[0].startsWith("-D")) {
        system.setProperty(setting[0].substring(2), setting[1]);
      } else {
        files.setProperty(setting[0], setting[1]);
      }
    }
    check(CheckedSettings.of(environment, system, files));
  }

  /** Fails if an outcome is not as an operator may expect it. */
  static void check(CheckedSettings.Outcome outcome) {
    assertThat(outcome.problems())
        .allSatisfy(
            problem ->
                assertThat(problem)
                    .isNotBlank()
                    .doesNotContainPattern(UNPRINTABLE)
                    .doesNotContain("java.", "Exception"));
    assertThat(outcome.log()).doesNotContainPattern(UNPRINTABLE);
  }
}
