package chunks;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import covid.Dates;
import covid.Day;
import covid.DayKey;
import covid.DeadLetter;
import covid.Fact;
import covid.Place;
import covid.StoreFact;
import covid.StoredDays;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the days of a chunk. It is written once, and settles the chunk: {@code joined =
 * added + present + deadLetters}.
 *
 * @param run the id of the run
 * @param chunk its number in the run
 * @param joined how many days the chunk has
 * @param added the days that this run inserted
 * @param present the days that were in the table already
 * @param revised the present days with other figures, as the table has them
 * @param unreadable the present days of which the table has an item that cannot be read as a day
 * @param deadLetters the days that could not be written
 * @param sealed whether the coordinator has settled it, since no worker did by the deadline
 */
public record ChunkResult(
    String run,
    int chunk,
    int joined,
    Dates added,
    Dates present,
    List<Day> revised,
    Dates unreadable,
    List<DeadLetter> deadLetters,
    boolean sealed) {

  /**
   * @throws IllegalArgumentException if the outcomes do not add up
   */
  public ChunkResult {
    requireNonNull(run, "run");
    revised = List.copyOf(revised);
    deadLetters = List.copyOf(deadLetters);
    if (joined != added.size() + present.size() + deadLetters.size()) {
      throw new IllegalArgumentException(
          "Chunk %d of run %s has %d days, and %d added + %d present + %d in the dead letter"
              .formatted(chunk, run, joined, added.size(), present.size(), deadLetters.size()));
    }
  }

  /**
   * The result of a chunk whose days all have an outcome.
   *
   * @param days of the chunk
   */
  public static ChunkResult of(ChunkMessage chunk, StoredDays days, boolean sealed) {
    List<Day> revised = new ArrayList<>();
    List<LocalDate> unreadable = new ArrayList<>();
    days.revisions()
        .forEach(
            revision ->
                Optional.ofNullable(revision.stored())
                    .ifPresentOrElse(revised::add, () -> unreadable.add(revision.feed().date())));
    return new ChunkResult(
        chunk.run(),
        chunk.chunk(),
        days.joined().days().size(),
        days.addedDates(),
        days.presentDates(),
        revised,
        Dates.of(unreadable),
        days.deadLetters(),
        sealed);
  }

  /**
   * The same as facts of the run.
   *
   * @param place of the chunk
   * @param stored the days of the chunk
   * @param joined the joined days of its place, with which the table is compared
   */
  public List<Fact> facts(Place place, List<Day> stored, List<Day> joined) {
    List<Fact> facts = new ArrayList<>();
    if (added.size() > 0) {
      facts.add(new StoreFact.DaysAdded(place, added));
    }
    if (present.size() > 0) {
      facts.add(new StoreFact.DaysPresent(place, present));
      facts.add(StoreFact.PlaceRead.of(place, joined, items(stored)));
    }
    deadLetters.forEach(letter -> facts.add(new StoreFact.DayDeadLettered(letter)));
    return facts;
  }

  /** The present days as the table has them; an empty value where one cannot be read. */
  private Map<DayKey, Optional<Day>> items(List<Day> stored) {
    Map<LocalDate, Day> other = revised.stream().collect(toMap(Day::date, day -> day));
    Map<DayKey, Optional<Day>> items = new HashMap<>();
    for (Day day : stored) {
      if (present.contains(day.date())) {
        items.put(
            day.key(),
            unreadable.contains(day.date())
                ? Optional.empty()
                : Optional.of(other.getOrDefault(day.date(), day)));
      }
    }
    return items;
  }
}
