package covid;

import java.util.Locale;

/** What is shown of a cumulative count. */
public enum Measure {
  /** The count itself. */
  TOTAL(""),

  /** Its change since the period before. */
  CHANGE("new"),

  /** Its change by day, as the average of the last seven days. */
  AVERAGE("average");

  private final String prefix;

  Measure(String prefix) {
    this.prefix = prefix;
  }

  /** The name of a metric's figures of this measure in JSON: {@code cases}, {@code newCases}. */
  public String field(Metric metric) {
    return prefix.isEmpty() ? metric.name() : prefix + metric.capitalized();
  }

  /** The column of a metric's figures of this measure in CSV: {@code Cases}, {@code NewCases}. */
  public String column(Metric metric) {
    return prefix.isEmpty()
        ? metric.capitalized()
        : Character.toUpperCase(prefix.charAt(0)) + prefix.substring(1) + metric.capitalized();
  }

  /** As in the parameter {@code measure}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
