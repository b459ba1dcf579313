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

  private static final String APPENDER = "log.appender";
  private static final String SETTING = "log.format";
  private static final Path FILE = Path.of("config", "application.properties");

  /** Has the log be written as the setting says; as text if it says nothing that is known. */
  static void apply() {
    if (JSON.toString().equals(setting())) {
      System.setProperty(APPENDER, JSON.toString());
      // Newer JVMs would warn of it, on the stream of the log and not as JSON.
      System.setProperty("io.netty.noUnsafe", "true");
    }
  }

  /** How the log is written. */
  static LogFormat current() {
    return JSON.toString().equals(System.getProperty(APPENDER)) ? JSON : TEXT;
  }

  private static String setting() {
    String environment = System.getenv("LOG_FORMAT");
    String setting = environment == null ? System.getProperty(SETTING) : environment;
    return (setting == null ? files().getProperty(SETTING, "") : setting).strip();
  }

  private static Properties files() {
    Properties properties = new Properties();
    try (InputStream packed =
        LogFormat.class.getResourceAsStream("/" + FILE.getFileName().toString())) {
      properties.load(packed);
      if (Files.exists(FILE)) {
        try (InputStream file = Files.newInputStream(FILE)) {
          properties.load(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
