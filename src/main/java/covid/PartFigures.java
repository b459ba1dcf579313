package covid;

import static java.time.temporal.ChronoUnit.DAYS;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Tracks the days on which each part of a country has a figure in a feed, and so finds incomplete
 * days. Rows may come in any order.
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

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final int LONGEST_NAME = 60;

  private final SortedMap<String, NavigableSet<LocalDate>> figures = new TreeMap<>();
  private final SortedMap<String, Set<LocalDate>> unreadable = new TreeMap<>();
  private LocalDate newest = LocalDate.MIN;

  /** Whether a part has a figure of a day. */
  boolean has(String part, LocalDate day) {
    return figures.containsKey(part) && figures.get(part).contains(day);
  }

  /** Notes a figure. */
  void figure(String part, LocalDate day) {
    figures.computeIfAbsent(part, name -> new TreeSet<>()).add(day);
    row(day);
  }

  /** Notes that the feed has a row of a day, with a figure or without. */
  void row(LocalDate day) {
    newest = day.isAfter(newest) ? day : newest;
  }

  /** Notes a figure that cannot be read; another row may still have it. */
  void unreadable(String part, LocalDate day) {
    unreadable.computeIfAbsent(part, name -> new HashSet<>()).add(day);
  }

  /**
   * The missing and ended parts.
   *
   * @param days the days on which some part has a figure
   */
  Gaps gaps(NavigableSet<LocalDate> days) {
    SortedMap<LocalDate, SortedSet<String>> lacking = new TreeMap<>();
    List<EndedPart> ended = new ArrayList<>();
    figures.forEach(
        (part, own) -> {
          waitedFor(own, days).forEach(day -> lack(lacking, part, day));
          LocalDate last = own.last();
          if (last.isBefore(days.last()) && DAYS.between(last, newest) >= ENDED_AFTER) {
            ended.add(new EndedPart(shown(part), last));
          }
        });
    unreadable.forEach(
        (part, unread) ->
            unread.stream()
                .filter(day -> days.contains(day) && !has(part, day))
                .forEach(day -> lack(lacking, part, day)));
    return new Gaps(lacking.entrySet().stream().map(PartFigures::incompleteDay).toList(), ended);
  }

  /** The days without a figure of a part that has not ended. */
  private List<LocalDate> waitedFor(NavigableSet<LocalDate> own, NavigableSet<LocalDate> days) {
    List<LocalDate> waitedFor = new ArrayList<>();
    LocalDate before = own.first();
    for (LocalDate next : own.tailSet(before, false)) {
      if (DAYS.between(before, next) - 1 < ENDED_AFTER) {
        waitedFor.addAll(days.subSet(before, false, next, false));
      }
      before = next;
    }
    if (DAYS.between(before, newest) < ENDED_AFTER) {
      waitedFor.addAll(days.tailSet(before, false));
    }
    return waitedFor;
  }

  private static void lack(Map<LocalDate, SortedSet<String>> lacking, String part, LocalDate day) {
    lacking.computeIfAbsent(day, date -> new TreeSet<>()).add(part);
  }

  private static IncompleteDay incompleteDay(Map.Entry<LocalDate, SortedSet<String>> day) {
    List<String> named =
        day.getValue().stream().limit(IncompleteDay.MOST_NAMED).map(PartFigures::shown).toList();
    return new IncompleteDay(day.getKey(), day.getValue().size(), named);
  }

  /** A name from a feed made readable: in one line, of limited length. */
  private static String shown(String part) {
    String line = UNPRINTABLE.matcher(part).replaceAll(" ").strip();
    if (line.isEmpty()) {
      return "(the part without a name)";
    }
    return line.length() <= LONGEST_NAME ? line : line.substring(0, LONGEST_NAME) + "...";
  }
}
