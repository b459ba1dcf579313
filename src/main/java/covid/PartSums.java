package covid;

import java.util.Arrays;

/** Adds the figures of one part of a place to the sums of the place. Not thread-safe. */
public final class PartSums {
  private final String name;
  private final PlaceSums place;
  private final PlaceDaysBuilder sums;

  /** The days on which it has a figure of any metric. */
  private final DateSet days = new DateSet();

  /** Those of them on which it lacks one of each metric; most parts have all or none. */
  private final DateSet[] lacks;

  /** The days of rows that cannot be read; other rows may have their figures. */
  private final DateSet unreadable = new DateSet();

  PartSums(String name, PlaceSums place) {
    this.name = name;
    this.place = place;
    this.sums = place.sums();
    this.lacks = new DateSet[place.metrics()];
    Arrays.setAll(lacks, metric -> new DateSet());
  }

  /** Its name. */
  String name() {
    return name;
  }

  /** Whether it has a figure of a day. */
  boolean has(int day) {
    return days.contains(day);
  }

  /** The days on which it has a figure of a metric. */
  DateSet days(int metric) {
    return lacks[metric].isEmpty() ? days : days.minus(lacks[metric]);
  }

  /** The days of rows that cannot be read. */
  DateSet unreadable() {
    return unreadable;
  }

  /** Notes a row that cannot be read. */
  void unreadable(int day) {
    unreadable.add(day);
  }

  /** Notes a row of a day without figures. */
  void row(int day) {
    place.row(day);
  }

  /**
   * Adds the figures of a row to the sums of its day.
   *
   * @param figures of each metric, at least one of them not {@link PlaceDays#ABSENT}
   * @return false if it has figures of the day already, or a sum is too large; then nothing is
   *     added
   */
  boolean add(int day, long[] figures) {
    if (days.contains(day) || !sums.add(day, figures)) {
      return false;
    }
    days.add(day);
    for (int i = 0; i < figures.length; i++) {
      if (figures[i] == PlaceDays.ABSENT) {
        lacks[i].add(day);
      }
    }
    place.row(day);
    return true;
  }
}
