package app;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings that a command line chooses.
 *
 * @param file in place of {@code config/application.properties}; empty: that one, if it is there
 * @param dataset its name; empty: the one that the settings name, or the default one
 */
record SettingChoice(Optional<Path> file, Optional<String> dataset) {
  /** The usual file and dataset. */
  static final SettingChoice NONE = new SettingChoice(Optional.empty(), Optional.empty());

  /** Of all files of settings, for Camel, which would take them for ISO-8859-1. */
  static final String ENCODING = StandardCharsets.UTF_8.name();

  private static final Path USUAL = Path.of("config", "application.properties");

  /** The usual file, and a dataset. */
  static SettingChoice ofDataset(String name) {
    return new SettingChoice(Optional.empty(), Optional.of(name));
  }

  /**
   * The files in Camel's notation: what the first has overrides the packed one.
   *
   * @throws SettingException if the file cannot be read, or is no text in UTF-8
   */
  String locations() {
    file.ifPresent(SettingChoice::check);
    // Camel would take any bytes.
    found().ifPresent(SettingFile::read);
    return file.map(chosen -> "file:" + chosen).orElse("file:" + USUAL + ";optional=true")
        + ",classpath:application.properties";
  }

  /** The file that overrides the packed one, if it is there. */
  Optional<Path> found() {
    return Optional.of(file.orElse(USUAL))
        .filter(any -> Files.isRegularFile(any) && Files.isReadable(any));
  }

  private static void check(Path chosen) {
    if (!Files.isRegularFile(chosen) || !Files.isReadable(chosen)) {
      throw new SettingException("--config: %s is not a file that can be read".formatted(chosen));
    }
    if (chosen.toString().matches(".*[,;{}].*")) {
      throw new SettingException(
          "--config: %s has a comma, a semicolon or a brace in its name, which separate files and"
                  .formatted(chosen)
              + " settings for Camel: rename it");
    }
  }
}
