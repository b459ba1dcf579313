package app;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;

/**
 * Resolves Camel's placeholders to the settings as they were checked: stripped, and with their own
 * placeholders resolved. Camel then no longer reads settings from the environment itself.
 */
final class SettingPlaceholders {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";

  /** Needed before Camel starts. */
  private static final String WITHOUT_PLACEHOLDER = "log.format";

  private final PropertiesComponent properties;
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> unresolved = new HashSet<>();

  private SettingPlaceholders(PropertiesComponent properties) {
    this.properties = properties;
  }

  static SettingPlaceholders in(CamelContext context, SettingNames names, SettingSources sources) {
    SettingPlaceholders placeholders =
        new SettingPlaceholders((PropertiesComponent) context.getPropertiesComponent());
    placeholders.give(names, sources);
    return placeholders;
  }

  /**
   * The text of a setting.
   *
   * @throws SettingException if it has an unknown placeholder
   */
  Optional<String> text(String name) {
    if (unresolved.contains(name)) {
      throw new SettingException(
          "%s holds {{ or }}, which may only go around the name of another setting"
              .formatted(name));
    }
    return Optional.ofNullable(texts.get(name));
  }

  private void give(SettingNames names, SettingSources sources) {
    properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
    properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
    Properties override = new Properties();
    if (properties.getOverrideProperties() != null) {
      override.putAll(properties.getOverrideProperties());
    }
    names.all().forEach(name -> sources.text(name).ifPresent(text -> texts.put(name, text)));
    override.putAll(texts);
    properties.setOverrideProperties(override);
    texts.replaceAll(this::resolve);
    override.putAll(texts);
  }

  private String resolve(String name, String text) {
    if (!hasPlaceholder(text)) {
      return text;
    }
    try {
      String resolved = properties.parseUri(OPEN + name + CLOSE).strip();
      if (!hasPlaceholder(resolved) && !name.equals(WITHOUT_PLACEHOLDER)) {
        return resolved;
      }
    } catch (IllegalArgumentException e) {
      // Reported when the setting is read; the text may be a secret.
    }
    unresolved.add(name);
    return text;
  }

  private static boolean hasPlaceholder(String text) {
    return text.contains(OPEN) || text.contains(CLOSE);
  }
}
