package covid;

import java.util.Locale;

/** A cumulative count that a feed reports for a day. */
public enum Metric {
  /** Confirmed (and, where the source says so, probable) cases since the start. */
  CASES,
  /** Deaths since the start. */
  DEATHS,
  /** Recovered persons since the start; Johns Hopkins stopped reporting it after 2020-12-13. */
  RECOVERED;

  /** This metric's figure of a day. */
  public long of(Day day) {
    return switch (this) {
      case CASES -> day.cases();
      case DEATHS -> day.deaths();
      case RECOVERED -> day.recovered();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
