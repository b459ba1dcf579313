package covid;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A cumulative count that a feed reports for a day.
 *
 * @param name in lower case, as in feed layouts and messages
 */
public record Metric(String name) implements Comparable<Metric> {
  /** Confirmed (and, where the source says so, probable) cases since the start. */
  public static final Metric CASES = new Metric("cases");

  /** Deaths since the start. */
  public static final Metric DEATHS = new Metric("deaths");

  /** Recovered persons since the start; Johns Hopkins stopped reporting it after 2020-12-13. */
  public static final Metric RECOVERED = new Metric("recovered");

  /** The metrics of the table and the published set, in the order of their columns. */
  public static final List<Metric> PUBLISHED = List.of(CASES, DEATHS, RECOVERED);

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

  public Metric {
    requireNonNull(name, "name");
  }

  /** Its name with a capital, as the columns of tables have it: {@code Cases}. */
  public String capitalized() {
    return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** Whether a text may be the name of a metric: up to 40 small letters, digits and underscores. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether a text may be the {@linkplain #capitalized capitalized} name of a metric. */
  public static boolean isCapitalized(String text) {
    return !text.isEmpty() && isName(name(text)) && !isName(text);
  }

  /** The metric of a capitalized name. */
  public static Metric ofCapitalized(String capitalized) {
    return new Metric(name(capitalized));
  }

  private static String name(String capitalized) {
    return capitalized.substring(0, 1).toLowerCase(Locale.ROOT) + capitalized.substring(1);
  }

  @Override
  public int compareTo(Metric other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
