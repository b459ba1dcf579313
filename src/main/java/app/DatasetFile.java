package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The settings of one dataset: {@code config/datasets/NAME.properties}, or the packed file of that
 * name.
 *
 * @param name of the dataset
 * @param location the file, for messages
 * @param properties its settings
 */
record DatasetFile(String name, String location, Properties properties) {
  /** The packed datasets. */
  static final List<String> PACKED = List.of("us", "us-states", "who", "world");

  /** No dataset. */
  static final DatasetFile NONE = new DatasetFile("", "", new Properties());

  private static final Path FOLDER = Path.of("config", "datasets");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  private static final Pattern FEED = Pattern.compile("feed\\.([^.]+)\\..+");

  /** The settings of known breaks, before their days. */
  static final String KNOWN = "known.";

  /** The settings of each feed, after {@code feed.NAME.}. */
  private static final List<String> OF_A_FEED =
      List.of(
          "url", "columns", "place", "required", "date-format", "encoding", "headers", "credit");

  /**
   * Finds the file of a dataset.
   *
   * @throws SettingException if there is none, or it cannot be read
   */
  static DatasetFile find(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new SettingException(
          "dataset is '%s', which is not a name of small letters, digits and -; the packed datasets are %s"
              .formatted(name, String.join(", ", PACKED)));
    }
    Path file = file(name);
    if (Files.exists(file)) {
      return of(name, SettingFile.text(file));
    }
    Optional<DatasetFile> packed = packed(name);
    if (packed.isPresent()) {
      return packed.get();
    }
    throw new SettingException(
        "dataset is '%s', and there is no %s; %s"
            .formatted(
                name,
                file,
                SettingNames.nearest(name, known())
                    .map("did you mean %s?"::formatted)
                    .orElse("the packed datasets are " + String.join(", ", PACKED))));
  }

  private static Path file(String name) {
    return FOLDER.resolve(name + ".properties");
  }

  /**
   * The file of a dataset by its text.
   *
   * @throws SettingException if it is not one of settings
   */
  static DatasetFile of(String name, String text) {
    Path file = file(name);
    return new DatasetFile(name, file.toString(), SettingFile.parse(file, text));
  }

  /** The packed file of a dataset, if there is one of this name. */
  static Optional<DatasetFile> packed(String name) {
    String file = "datasets/%s.properties".formatted(name);
    try (InputStream text = DatasetFile.class.getResourceAsStream("/" + file)) {
      if (text == null) {
        return Optional.empty();
      }
      Properties properties =
          SettingFile.parse(Path.of(file), new String(text.readAllBytes(), UTF_8));
      return Optional.of(new DatasetFile(name, "packed " + file, properties));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The datasets that there are: the packed ones, and those of the folder. */
  static List<String> known() {
    String end = ".properties";
    try (Stream<Path> files = Files.isDirectory(FOLDER) ? Files.list(FOLDER) : Stream.empty()) {
      return Stream.concat(
              PACKED.stream(),
              files
                  .map(file -> file.getFileName().toString())
                  .filter(file -> file.endsWith(end))
                  .map(file -> file.substring(0, file.length() - end.length())))
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      return PACKED;
    }
  }

  /** With other settings in place of those of the file. */
  DatasetFile with(Properties overrides) {
    Properties both = new Properties();
    both.putAll(properties);
    overrides.stringPropertyNames().stream()
        .filter(both::containsKey)
        .forEach(setting -> both.setProperty(setting, overrides.getProperty(setting)));
    return new DatasetFile(name, location, both);
  }

  /** The names of its feeds, in alphabetical order. */
  List<String> feeds() {
    return properties.stringPropertyNames().stream()
        .map(FEED::matcher)
        .filter(Matcher::matches)
        .map(feed -> feed.group(1))
        .distinct()
        .sorted()
        .toList();
  }

  /** What comes after {@code known.} in its settings: the days of its known breaks, ascending. */
  List<String> knownBreaks() {
    return properties.stringPropertyNames().stream()
        .filter(setting -> setting.startsWith(KNOWN))
        .map(setting -> setting.substring(KNOWN.length()))
        .sorted()
        .toList();
  }

  /** The names of the settings that this dataset may have. */
  Stream<String> names() {
    Stream<String> sources =
        Stream.of(properties.getProperty("metrics", "").split(",", 0))
            .map(String::strip)
            .filter(metric -> !metric.isEmpty())
            .map(metric -> "metric.%s.from".formatted(metric.toLowerCase(Locale.ROOT)));
    return Stream.concat(
        Stream.concat(
            Stream.of("places", "metrics", "interval", "store.key", "archive.prefix"),
            knownBreaks().stream().map(KNOWN::concat)),
        Stream.concat(
            sources,
            feeds().stream()
                .flatMap(
                    feed -> OF_A_FEED.stream().map(name -> "feed.%s.%s".formatted(feed, name)))));
  }
}
