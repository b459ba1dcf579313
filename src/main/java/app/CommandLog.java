package app;

/** The log of a command, which is set up before its first line. */
final class CommandLog {
  private static final String LEVEL = "log.level";

  private CommandLog() {}

  /**
   * Sets up the log.
   *
   * @param command the one that is to be executed, or its help
   */
  static void apply(Object command) {
    if (!(command instanceof OneCommand one)) {
      LogFormat.apply(SettingChoice.NONE);
      return;
    }
    LogFormat.apply(one.choice());
    if (System.getProperty(LEVEL) == null) {
      one.logLevel().ifPresent(level -> System.setProperty(LEVEL, level));
    }
  }
}
