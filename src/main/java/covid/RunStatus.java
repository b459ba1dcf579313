package covid;

import java.util.Locale;

/** How a run ended. */
public enum RunStatus {
  /** Every joined day is in the table, and the set is published. */
  SUCCEEDED(0),
  /** The set is published; some days are not in the table yet but in the dead letter. */
  PARTIAL(2),
  /** The gate refused the pull; table and published set are unchanged. */
  REFUSED(3),
  /** The run failed otherwise; the report's reason says why. */
  FAILED(1);

  private final int exitCode;

  RunStatus(int exitCode) {
    this.exitCode = exitCode;
  }

  /** The exit code of a command that did one run. */
  public int exitCode() {
    return exitCode;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
