package app;

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

  private static LogFormat current = TEXT;

  /**
   * Applies the setting; an unknown value counts as text.
   *
   * @param choice of the settings
   */
  static void apply(SettingChoice choice) {
    String files = System.getProperty(CONFIGURATION, place("log4j2.properties"));
    if (JSON.toString().equals(setting(choice)) && current != JSON) {
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

  private static String setting(SettingChoice choice) {
    return SettingSources.ofProcess(files(choice)).text(SETTING).orElse("");
  }

  private static Properties files(SettingChoice choice) {
    Properties properties = SettingNames.packedFile();
    try {
      choice.found().map(SettingFile::read).ifPresent(properties::putAll);
    } catch (SettingException e) {
      // The command says so, if it needs settings.
    }
    return properties;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
