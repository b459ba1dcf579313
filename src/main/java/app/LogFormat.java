package app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * What a line of the log looks like. The log must know before anything is logged, and so before
 * Camel reads the settings: this reads the one setting {@code log.format} from the same places.
 */
enum LogFormat {
  /** For people. */
  TEXT,
  /** One object a line, for programs. */
  JSON;

  private static final String SETTING = "log.format";
  private static final String CONFIGURATION = "log4j2.configurationFile";
  private static final Path CONFIG = Path.of("config");
  private static final String SETTINGS = "application.properties";

  private static LogFormat current = TEXT;

  /** Has the log be written as the setting says; as text if it says nothing that is known. */
  static void apply() {
    String files = System.getProperty(CONFIGURATION, place("log4j2.properties"));
    if (JSON.toString().equals(setting()) && current != JSON) {
      current = JSON;
      files += "," + place("log4j2-json.properties");
      // Newer JVMs would warn of it, on the stream of the log and not as JSON.
      System.setProperty("io.netty.noUnsafe", "true");
    }
    System.setProperty(CONFIGURATION, files);
  }

  /** How the log is written. */
  static LogFormat current() {
    return current;
  }

  /** The file of the folder config; if it is not there, the one that was packed from it. */
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
