package app;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;

/** Settings as a start checks them, for tests of other packages. Not thread-safe. */
public final class CheckedSettings {
  /** One for all: a context takes longer than the checks. */
  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

  private CheckedSettings() {}

  /**
   * What a start says of settings.
   *
   * @param problems none if it goes on
   * @param log what it then logs of those that are not as they are packed
   */
  public record Outcome(List<String> problems, String log) {}

  /**
   * Checks settings besides the packed ones.
   *
   * @param files those of {@code application.properties}
   */
  public static Outcome of(Map<String, String> environment, Properties system, Properties files) {
    Properties all = SettingNames.packedFile();
    all.putAll(files);
    return outcome(
        () -> new SettingSources(environment, system, all).withDataset(Optional.empty()));
  }

  /** Checks the file of a dataset. */
  public static Outcome ofDataset(String text) {
    return outcome(
        () ->
            new SettingSources(
                Map.of("ARCHIVE_BUCKET", "covid"),
                new Properties(),
                DatasetFile.of("any", text),
                SettingNames.packedFile()));
  }

  private interface Sources {
    SettingSources get();
  }

  private static Outcome outcome(Sources given) {
    ((PropertiesComponent) CAMEL.getPropertiesComponent()).setOverrideProperties(null);
    try {
      SettingSources sources = given.get();
      Settings.read(CAMEL, sources);
      return new Outcome(
          List.of(), ChangedSettings.of(sources, SettingNames.of(sources.dataset())));
    } catch (SettingException e) {
      return new Outcome(e.problems(), "");
    }
  }
}
