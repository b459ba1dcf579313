package app;

import java.util.List;

/** Settings that are missing, wrong or unknown. Each problem is one line that names its setting. */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  SettingException(String problem) {
    this(List.of(problem));
  }

  SettingException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** What is wrong, one line for each. */
  List<String> problems() {
    return problems;
  }
}
