package app;

import static app.SettingNames.inEnvironment;
import static java.util.stream.Collectors.joining;

import covid.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.util.OrderedLocationProperties;

/**
 * Where settings come from: the environment overrides system properties, these the file of the
 * dataset, and that all other files. Blanks and line breaks around a value are removed.
 *
 * @param environment upper snake case: {@code FEED_NYT_URL}
 * @param system properties of the JVM: {@code feed.nyt.url}
 * @param dataset the settings of the dataset, of a higher rank than other files
 * @param files the settings of all other files
 */
record SettingSources(
    Map<String, String> environment, Properties system, DatasetFile dataset, Properties files) {
  private static final String PACKED = "application.properties";
  private static final String DATASET = "dataset";

  /** Without a dataset. */
  SettingSources(Map<String, String> environment, Properties system, Properties files) {
    this(environment, system, DatasetFile.NONE, files);
  }

  /** The environment and properties of this process, and files. */
  static SettingSources ofProcess(Properties files) {
    return new SettingSources(System.getenv(), System.getProperties(), files);
  }

  /**
   * With the file of a dataset.
   *
   * @param chosen its name; if empty, the one that these sources name, or the default one
   * @throws SettingException if there is no such dataset
   */
  SettingSources withDataset(Optional<String> chosen) {
    String name =
        chosen.or(() -> text(DATASET)).filter(text -> !text.isEmpty()).orElse(Dataset.DEFAULT);
    return new SettingSources(environment, system, DatasetFile.find(name), files);
  }

  /** With other settings, of a higher rank than the files. */
  SettingSources with(Properties overrides) {
    return new SettingSources(environment, system, dataset.with(overrides), files);
  }

  /** The text of a setting, unchecked. */
  Optional<String> text(String name) {
    return fromEnvironment(name)
        .or(() -> Optional.ofNullable(system.getProperty(name)))
        .or(() -> Optional.ofNullable(dataset.properties().getProperty(name)))
        .or(() -> Optional.ofNullable(files.getProperty(name)))
        .map(String::strip);
  }

  /**
   * Where the settings come from: the files, and the names of those from elsewhere, without values.
   */
  String describe(SettingNames names) {
    String fromFiles =
        names.all().stream().map(this::file).distinct().sorted().collect(joining(", "));
    String fromEnvironment =
        names.all().stream()
            .filter(name -> fromEnvironment(name).isPresent())
            .map(SettingNames::inEnvironment)
            .collect(joining(", "));
    String fromSystem =
        names.all().stream()
            .filter(name -> fromEnvironment(name).isEmpty() && system.getProperty(name) != null)
            .collect(joining(", "));
    return fromFiles
        + (fromEnvironment.isEmpty() ? "" : "; environment: " + fromEnvironment)
        + (fromSystem.isEmpty() ? "" : "; system properties: " + fromSystem);
  }

  /** The file of a setting, as Camel found it. */
  private String file(String name) {
    if (dataset.properties().containsKey(name)) {
      return dataset.location();
    }
    String location =
        files instanceof OrderedLocationProperties located ? located.getLocation(name) : null;
    return location == null || location.equals(PACKED) ? "packed " + PACKED : location;
  }

  /** The names that are probably misspelt, one sentence each. */
  List<String> misspelt(SettingNames names) {
    List<String> problems = new ArrayList<>();
    Stream.concat(
            dataset.properties().stringPropertyNames().stream(),
            files.stringPropertyNames().stream())
        .distinct()
        .sorted()
        .filter(name -> !names.all().contains(name) && !name.startsWith("camel."))
        .map(
            name ->
                names
                    .meantBy(name)
                    .map(meant -> "%s is not a setting; did you mean %s?".formatted(name, meant))
                    .orElseGet(
                        () ->
                            "%s is not a setting; those of its group are %s"
                                .formatted(name, names.groupOf(name))))
        .forEach(problems::add);
    strangersInEnvironment(names)
        .flatMap(
            name ->
                names
                    .meantBy(name)
                    .map(
                        meant ->
                            "%s in the environment is not a setting; did you mean %s?"
                                .formatted(name, inEnvironment(meant)))
                    .stream())
        .forEach(problems::add);
    strangersInSystem(names)
        .flatMap(
            name ->
                names
                    .meantBy(name)
                    .map(
                        meant ->
                            "The system property %s is not a setting; did you mean %s?"
                                .formatted(name, meant))
                    .stream())
        .forEach(problems::add);
    return problems;
  }

  /** Other names that begin like those of settings, and have no effect. */
  List<String> strangers(SettingNames names) {
    return Stream.concat(strangersInEnvironment(names), strangersInSystem(names))
        .filter(name -> names.hasGroupOf(name) && names.meantBy(name).isEmpty())
        .toList();
  }

  private Stream<String> strangersInEnvironment(SettingNames names) {
    Set<String> known = Set.copyOf(names.all().stream().map(SettingNames::inEnvironment).toList());
    return environment.entrySet().stream()
        .filter(variable -> !OtherVariables.isOfAService(variable.getKey(), variable.getValue()))
        .map(Map.Entry::getKey)
        .filter(name -> !known.contains(name) && !OtherVariables.isCommon(name))
        .sorted();
  }

  private Stream<String> strangersInSystem(SettingNames names) {
    return system.stringPropertyNames().stream()
        .filter(name -> !names.all().contains(name) && !OtherVariables.isCommon(name))
        .sorted();
  }

  private Optional<String> fromEnvironment(String name) {
    String variable = inEnvironment(name);
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !OtherVariables.isOfAService(variable, value));
  }
}
