package local;

import app.LocalSettings;
import app.SettingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What local mode has to know of a dataset before the application reads its settings.
 *
 * @param name of the dataset
 * @param ofPlaces whether its table has the keys Place and Date
 * @param feeds the file that each feed is, the last part of its address
 */
record LocalDataset(String name, boolean ofPlaces, Map<String, String> feeds) {
  /** The name of the default one. */
  static final String DEFAULT = "us";

  private static final Pattern COLUMNS = Pattern.compile("feed\\.([a-z0-9]+)\\.columns");

  /**
   * Reads the files of the application and of a dataset.
   *
   * @throws CannotStartException if there is no such dataset, or its file cannot be read
   */
  static LocalDataset find(String name) {
    Properties settings = packed();
    try {
      settings.putAll(LocalSettings.ofDataset(name));
    } catch (SettingException e) {
      throw new CannotStartException(e.getMessage());
    }
    Map<String, String> feeds = new TreeMap<>();
    for (String setting : settings.stringPropertyNames()) {
      Matcher feed = COLUMNS.matcher(setting);
      if (feed.matches()) {
        String url = settings.getProperty("feed.%s.url".formatted(feed.group(1)), "").strip();
        feeds.put(feed.group(1), url.substring(url.lastIndexOf('/') + 1));
      }
    }
    return new LocalDataset(
        name, "place-date".equals(settings.getProperty("store.key", "").strip()), feeds);
  }

  private static Properties packed() {
    Properties settings = new Properties();
    try (InputStream text = LocalDataset.class.getResourceAsStream("/application.properties")) {
      settings.load(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return settings;
  }

  boolean isDefault() {
    return name.equals(DEFAULT);
  }

  /** The files of its feeds. */
  Collection<String> files() {
    return feeds.values();
  }

  /** The setting of a feed's address. */
  static String url(String feed) {
    return "feed.%s.url".formatted(feed);
  }
}
