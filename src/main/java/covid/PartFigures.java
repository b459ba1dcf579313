package covid;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * Tracks the days on which each part of a place has a figure of one metric in a feed, and so finds
 * incomplete days. Rows may come in any order; days are counted from 1970-01-01.
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

  private final Map<String, DateSet> figures = new HashMap<>();
  private final Map<String, DateSet> unreadable = new HashMap<>();

  /** The days on which some part has a figure. */
  private final DateSet days = new DateSet();

  private int newest = Integer.MIN_VALUE;

  /** Whether a part has a figure of a day. */
  boolean has(String part, int day) {
    DateSet own = figures.get(part);
    return own != null && own.contains(day);
  }

  /** Notes a figure. */
  void figure(String part, int day) {
    figures.computeIfAbsent(part, name -> new DateSet()).add(day);
    days.add(day);
    row(day);
  }

  /** Notes that the feed has a row of a day, with a figure or without. */
  void row(int day) {
    newest = Math.max(newest, day);
  }

  /** Notes a figure that cannot be read; another row may still have it. */
  void unreadable(String part, int day) {
    unreadable.computeIfAbsent(part, name -> new DateSet()).add(day);
  }

  /**
   * The parts that lack a figure on each day on which another part has one, sorted by their names.
   */
  SortedMap<Integer, SortedSet<String>> lacking() {
    SortedMap<Integer, SortedSet<String>> lacking = new TreeMap<>();
    if (figures.size() > 1) {
      figures.forEach((part, own) -> waitedFor(own, day -> lack(lacking, part, day)));
    }
    unreadable.forEach(
        (part, unread) ->
            unread
                .after(Integer.MIN_VALUE)
                .filter(day -> days.contains(day) && !has(part, day))
                .forEach(day -> lack(lacking, part, day)));
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

  /** Passes on the days without a figure of a part that has not ended. */
  private void waitedFor(DateSet own, IntConsumer waiting) {
    int before = own.first();
    for (int i = 1; i < own.size(); i++) {
      int next = own.get(i);
      if (next - before - 1 < ENDED_AFTER) {
        days.between(before, next).forEach(waiting);
      }
      before = next;
    }
    if (newest - before < ENDED_AFTER) {
      days.after(before).forEach(waiting);
    }
  }

  private static void lack(Map<Integer, SortedSet<String>> lacking, String part, int day) {
    lacking.computeIfAbsent(day, date -> new TreeSet<>()).add(part);
  }
}
