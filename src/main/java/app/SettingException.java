package app;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.util.StringHelper;
import routes.ForeignText;

/** Settings that are missing, wrong or unknown. Each problem is one line that names its setting. */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> problems;

  SettingException(String problem) {
    this(List.of(problem));
  }

  SettingException(List<String> problems) {
    super(problems.stream().map(ForeignText::escaped).collect(joining("\n")));
    this.problems = problems.stream().map(ForeignText::escaped).toList();
  }

  /**
   * The problems with settings, ours or Camel's, that made a start fail; empty if it failed
   * otherwise.
   */
  static List<String> problemsOf(Exception failure) {
    SettingException ours = ObjectHelper.getException(SettingException.class, failure);
    if (ours != null) {
      return ours.problems;
    }
    PropertyBindingException camels =
        ObjectHelper.getException(PropertyBindingException.class, failure);
    return camels == null || camels.getOptionPrefix() == null
        ? List.of()
        : List.of(
            "%s%s is not a setting of Camel, or its value is not of the kind that it takes"
                .formatted(
                    camels.getOptionPrefix().replaceFirst("\\.?$", "."),
                    StringHelper.camelCaseToDash(
                        camels.getOptionKey() == null
                            ? camels.getPropertyName()
                            : camels.getOptionKey())));
  }

  /** The problems, one line for each. */
  List<String> problems() {
    return problems;
  }
}
