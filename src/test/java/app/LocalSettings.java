package app;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * What local mode takes from the application before it starts it, so that both know and say the
 * same.
 */
public final class LocalSettings {
  private LocalSettings() {}

  /**
   * The settings of a dataset.
   *
   * @throws SettingException if there is no such dataset, or its file cannot be read
   */
  public static Properties ofDataset(String name) {
    return DatasetFile.find(name).properties();
  }

  /**
   * The names in files, the environment and system properties that are probably misspelt, one
   * sentence each; if a file cannot be read, why.
   *
   * @param dataset whose settings are known
   */
  public static List<String> misspelt(String dataset) {
    try {
      Properties files =
          SettingChoice.NONE.found().map(SettingFile::read).orElseGet(Properties::new);
      SettingSources sources = SettingSources.ofProcess(files).withDataset(Optional.of(dataset));
      return sources.misspelt(SettingNames.of(sources.dataset()));
    } catch (SettingException e) {
      return List.of(e.getMessage());
    }
  }

  /** The words that another one probably misspells; empty if there are none. */
  public static Optional<String> nearest(String word, Collection<String> words) {
    return SettingNames.nearest(word, words);
  }

  /** A text as a shell takes it for one word. */
  public static String quoted(String text) {
    return OneCommand.quoted(text);
  }
}
