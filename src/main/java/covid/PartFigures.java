package covid;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The days on which each part of a place has a figure of one metric in a feed, and so the
 * incomplete days. Days are counted from 1970-01-01. Immutable, as long as no more rows are added.
 *
 * <p>A part is required from its first figure on. During a gap of less than {@value #ENDED_AFTER}
 * days, at the end of the feed or before the part resumes, the days are incomplete. In a longer gap
 * the part has ended, and the days are complete without it. A part that never had a figure is not
 * required. An unreadable row always makes its day incomplete.
 */
final class PartFigures {
  /**
   * A part has ended after this many days without a figure, by the calendar and up to the newest
   * row.
   */
  static final int ENDED_AFTER = 28;

  private static final DateSet NONE = new DateSet();

  private final Map<String, DateSet> figures = new HashMap<>();
  private final Map<String, DateSet> unreadable = new HashMap<>();

  /** The days on which some part has a figure. */
  private final DateSet days = new DateSet();

  private final int newest;

  /**
   * @param parts of the place
   * @param metric by its index
   * @param newest the newest day of any row of the place
   */
  PartFigures(Collection<PartSums> parts, int metric, int newest) {
    this.newest = newest;
    for (PartSums part : parts) {
      unreadable.put(part.name(), part.unreadable());
      DateSet own = part.days(metric);
      if (!own.isEmpty()) {
        figures.put(part.name(), own);
        days.addAll(own);
      }
    }
  }

  /**
   * The parts that lack a figure on each day on which another part has one, sorted by their names.
   */
  SortedMap<Integer, SortedSet<String>> lacking() {
    SortedMap<Integer, SortedSet<String>> lacking = new TreeMap<>();
    figures.forEach(
        (part, own) -> {
          for (int day : days.without(own)) {
            if (isWaitedFor(own, day)) {
              lack(lacking, part, day);
            }
          }
        });
    unreadable.forEach(
        (part, unread) -> {
          for (int day : unread.without(figures.getOrDefault(part, NONE))) {
            if (days.contains(day)) {
              lack(lacking, part, day);
            }
          }
        });
    return lacking;
  }

  /** The parts that have ended, each with the day of its last figure. */
  SortedMap<String, Integer> ended() {
    SortedMap<String, Integer> ended = new TreeMap<>();
    figures.forEach(
        (part, own) -> {
          if (own.last() < days.last() && newest - own.last() >= ENDED_AFTER) {
            ended.put(part, own.last());
          }
        });
    return ended;
  }

  /** The names of the parts that have a figure. */
  Set<String> parts() {
    return figures.keySet();
  }

  /** Whether a part without a figure of a day has begun before it, and not ended. */
  private boolean isWaitedFor(DateSet own, int day) {
    if (day < own.first()) {
      return false;
    }
    int before = own.before(day);
    return day > own.last()
        ? newest - before < ENDED_AFTER
        : own.after(day) - before - 1 < ENDED_AFTER;
  }

  private static void lack(Map<Integer, SortedSet<String>> lacking, String part, int day) {
    lacking.computeIfAbsent(day, date -> new TreeSet<>()).add(part);
  }
}
