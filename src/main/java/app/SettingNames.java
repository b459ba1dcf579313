package app;

import static covid.Spelling.edits;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;

import covid.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The names of all settings: those in the packed {@code application.properties}.
 *
 * @param all in alphabetical order
 */
record SettingNames(SortedSet<String> all) {
  private static final Pattern GROUP =
      Pattern.compile(
          "(feed|schedule|store|archive|announce|gate|chart|raw|site|http|management|cluster|log|metric"
              + "|versions|chunks|run|trace|cli)"
              + "\\..+|dataset");
  private static final int MOST_EDITS = 2;

  /** A misspelt group needs a closer match: SMTP_HOST is two edits from HTTP_HOST. */
  private static final int MOST_EDITS_OF_GROUP = 1;

  /** A well-known group of other programs, nearly the same as one of ours. */
  private static final String NEIGHBOUR = "HTTPS";

  /** The names in the packed file of defaults, and those of the default dataset. */
  static SettingNames packed() {
    return of(DatasetFile.find(Dataset.DEFAULT));
  }

  /** The names in the packed file of defaults, and those of a dataset. */
  static SettingNames of(DatasetFile dataset) {
    return new SettingNames(
        Stream.concat(
                packedFile().stringPropertyNames().stream()
                    .filter(name -> GROUP.matcher(name).matches()),
                dataset.names())
            .collect(toCollection(TreeSet::new)));
  }

  /** The packed file of defaults. */
  static Properties packedFile() {
    Properties properties = new Properties();
    try (InputStream packed = SettingNames.class.getResourceAsStream("/application.properties")) {
      properties.load(packed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** The name of a setting in the environment. */
  static String inEnvironment(String name) {
    return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Whether a name, in any notation, begins like those of settings. */
  boolean hasGroupOf(String name) {
    String group = group(inEnvironment(name));
    return groups().anyMatch(group::equals);
  }

  /** The settings whose names begin as this one does; all of them if none does. */
  SortedSet<String> groupOf(String name) {
    String group = group(inEnvironment(name));
    SortedSet<String> same =
        all.stream()
            .filter(other -> group(inEnvironment(other)).equals(group))
            .collect(toCollection(TreeSet::new));
    return same.isEmpty() ? new TreeSet<>(groups().map(SettingNames::begin).toList()) : same;
  }

  /**
   * The setting that a name in any notation probably misspells: at most two edits away (a letter
   * inserted, deleted or replaced, or two exchanged). A setting of another dataset is none: its
   * process may have the same environment.
   */
  Optional<String> meantBy(String name) {
    String unknown = inEnvironment(name);
    // In an environment, a name of a single word has too many meanings to be one of ours misspelt.
    boolean isEnvironment = name.equals(unknown);
    if (group(unknown).equals(NEIGHBOUR)) {
      return Optional.empty();
    }
    for (int edits = 0; edits <= MOST_EDITS; edits++) {
      for (String setting : all) {
        String known = inEnvironment(setting);
        // An environment has many names: length and group rule out most of them.
        if (!(isEnvironment && setting.indexOf('.') < 0)
            && Math.abs(unknown.length() - known.length()) <= edits
            && edits(group(unknown), group(known)) <= MOST_EDITS_OF_GROUP
            && edits(unknown, known) == edits) {
          return edits > 0 && isOfAnotherDataset(unknown) ? Optional.empty() : Optional.of(setting);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isOfAnotherDataset(String inEnvironment) {
    return DatasetFile.known().stream()
        .flatMap(SettingNames::settingsOf)
        .anyMatch(setting -> inEnvironment(setting).equals(inEnvironment));
  }

  /** The settings of a dataset; none if its file, which this process does not need, is no good. */
  private static Stream<String> settingsOf(String dataset) {
    try {
      return DatasetFile.find(dataset).names();
    } catch (SettingException e) {
      return Stream.empty();
    }
  }

  /**
   * The words that another one probably misspells, as {@code one or other}: those that are equally
   * near, at most two edits away, but not other words. Empty if there are none.
   */
  static Optional<String> nearest(String word, Collection<String> words) {
    SortedMap<Integer, SortedSet<String>> near =
        words.stream()
            .filter(known -> edits(word, known) <= Math.min(MOST_EDITS, known.length() / 2))
            .collect(
                groupingBy(known -> edits(word, known), TreeMap::new, toCollection(TreeSet::new)));
    return near.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(" or ", near.get(near.firstKey())));
  }

  private Stream<String> groups() {
    return all.stream()
        .filter(name -> name.indexOf('.') > 0)
        .map(SettingNames::inEnvironment)
        .map(SettingNames::group)
        .distinct();
  }

  private static String begin(String group) {
    return group.toLowerCase(Locale.ROOT) + ".*";
  }

  private static String group(String inEnvironment) {
    return inEnvironment.substring(0, (inEnvironment + "_").indexOf('_'));
  }
}
