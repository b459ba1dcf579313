package app;

import java.net.InetSocketAddress;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Settings.
 *
 * @param sources where they come from
 */
record FoundSettings(Settings settings, SettingSources sources) {

  /**
   * The settings alone, for commands that need no application.
   *
   * @throws SettingException with everything that is missing, wrong or unknown
   */
  static FoundSettings of(SettingChoice choice) {
    CamelContext context = context(choice);
    SettingSources sources = sources(context, choice);
    return new FoundSettings(Settings.read(context, sources), sources);
  }

  /**
   * Where the management server of a process of this machine with the same settings is reached.
   *
   * @throws SettingException if one of its settings is missing or wrong, or any name is unknown
   */
  static InetSocketAddress management(SettingChoice choice) {
    CamelContext context = context(choice);
    return Settings.management(context, sources(context, choice));
  }

  /** Where the settings of a context come from. */
  static SettingSources sources(CamelContext context, SettingChoice choice) {
    PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
    SettingSources sources =
        SettingSources.ofProcess(properties.loadProperties()).withDataset(choice.dataset());
    Properties overrides = properties.getOverrideProperties();
    return overrides == null ? sources : sources.with(overrides);
  }

  private static CamelContext context(SettingChoice choice) {
    CamelContext context = new DefaultCamelContext();
    context.getPropertiesComponent().setEncoding(SettingChoice.ENCODING);
    context.getPropertiesComponent().setLocation(choice.locations());
    return context;
  }
}
