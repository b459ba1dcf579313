package app;

/** The process. */
public final class Application {
  private Application() {}

  /**
   * Runs the command line and ends the process with its exit code.
   *
   * @param args see {@link Commands}
   */
  public static void main(String... args) {
    System.exit(execute(args));
  }

  /**
   * Runs the command line.
   *
   * @param args see {@link Commands}
   * @return the exit code
   */
  public static int execute(String... args) {
    return Commands.execute(args);
  }
}
