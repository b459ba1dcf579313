package app;

import static java.util.stream.Collectors.joining;

import feeds.FeedSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import routes.ForeignText;

/** The settings of a process that differ from the packed ones, for the log of its start. */
final class ChangedSettings {
  /** What only those may know who run the program: request headers and addresses may hold keys. */
  private static final Pattern SECRET =
      Pattern.compile(".+[.-](headers|password|secret|token|webhook)");

  private static final Pattern ADDRESS = Pattern.compile(".+\\.url");

  private final SettingSources sources;
  private final Properties packed = SettingNames.packedFile();
  private final Properties packedDataset;

  private ChangedSettings(SettingSources sources) {
    this.sources = sources;
    this.packedDataset =
        DatasetFile.packed(sources.dataset().name()).orElse(DatasetFile.NONE).properties();
  }

  /**
   * Their names and values in alphabetical order, secrets as {@code ***}; empty if all are as they
   * are packed.
   */
  static String of(SettingSources sources, SettingNames names) {
    ChangedSettings changed = new ChangedSettings(sources);
    return Stream.concat(Stream.of("dataset"), names.all().stream())
        .distinct()
        .filter(changed::isChanged)
        .map(name -> name + "=" + shown(name, changed.text(name)))
        .sorted()
        .collect(joining(", "));
  }

  private boolean isChanged(String name) {
    String usual =
        Optional.ofNullable(packedDataset.getProperty(name))
            .orElse(packed.getProperty(name, ""))
            .strip();
    return !text(name).equals(usual);
  }

  private String text(String name) {
    return name.equals("dataset") ? sources.dataset().name() : sources.text(name).orElse("");
  }

  private static String shown(String name, String text) {
    if (text.isEmpty()) {
      return text;
    }
    if (SECRET.matcher(name).matches()) {
      return "***";
    }
    return ADDRESS.matcher(name).matches() ? address(text) : ForeignText.escaped(text);
  }

  /** One of a feed of another dataset is not checked, and may be anything with a secret in it. */
  private static String address(String text) {
    try {
      return FeedSource.shown(new URI(text));
    } catch (URISyntaxException e) {
      return "***";
    }
  }
}
