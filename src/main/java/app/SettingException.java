package app;

/** A setting that is missing, wrong or unknown. Its message is one line that names it. */
public final class SettingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SettingException(String message) {
    super(message);
  }
}
