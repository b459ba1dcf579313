package app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * The format of log lines. It is needed before the first line, and so before Camel reads the
 * settings: this reads the one setting {@code log.format} from the same sources.
 */
enum LogFormat {
  /** Lines for people. */
  TEXT,
  /** One JSON object per line. */
  JSON;

  private static final String SETTING = "log.format";
  private static final String CONFIGURATION = "log4j2.configurationFile";
  private static final Path CONFIG = Path.of("config");
  private static final String SETTINGS = "application.properties";

  private static LogFormat current = TEXT;

  /** Applies the setting; an unknown value counts as text. */
  static void apply() {
    String files = System.getProperty(CONFIGURATION, place("log4j2.properties"));
    if (JSON.toString().equals(setting()) && current != JSON) {
      current = JSON;
      files += "," + place("log4j2-json.properties");
      // Newer JVMs would print a warning about it to standard error, not as JSON.
      System.setProperty("io.netty.noUnsafe", "true");
    }
    System.setProperty(CONFIGURATION, files);
  }

  /** The format in use. */
  static LogFormat current() {
    return current;
  }

  /** The file in the folder config, or else the packed one. */
  private static String place(String file) {
    Path place = CONFIG.resolve(file);
    return Files.exists(place) ? place.toString() : file;
  }

  private static String setting() {
    return SettingSources.ofProcess(files()).text(SETTING).orElse("");
  }

  private static Properties files() {
    Properties properties = SettingNames.packedFile();
    Path changed = CONFIG.resolve(SETTINGS);
    if (Files.exists(changed)) {
      try (InputStream file = Files.newInputStream(changed)) {
        properties.load(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return properties;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
