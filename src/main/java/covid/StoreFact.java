package covid;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the table has, and what becomes of the days that are to be written. */
public sealed interface StoreFact extends Fact {
  /**
   * The table was read, or a part of it.
   *
   * @param days its days; an empty value where an item cannot be read as a day
   */
  record DaysStored(Map<DayKey, Optional<Day>> days) implements StoreFact {
    public DaysStored {
      days = Map.copyOf(days);
    }
  }

  /**
   * Days of one place were read from the table, which has many: what it has, compared with what it
   * is to have.
   *
   * @param unchanged the days that it has with the same figures
   * @param revised the days that it has with other figures, as it has them
   * @param unreadable the days of which it has an item that cannot be read as a day
   */
  record PlaceRead(Place place, Dates unchanged, DayColumns revised, Dates unreadable)
      implements StoreFact {

    /**
     * Compares days with the items of the table.
     *
     * @param days of the place; others are not compared
     * @param items an empty value where an item cannot be read as a day
     */
    public static PlaceRead of(
        Place place, Collection<Day> days, Map<DayKey, Optional<Day>> items) {
      List<LocalDate> unchanged = new ArrayList<>();
      List<Day> revised = new ArrayList<>();
      List<LocalDate> unreadable = new ArrayList<>();
      for (Day day : days) {
        Optional<Day> item = items.getOrDefault(day.key(), Optional.of(day));
        if (item.isEmpty()) {
          unreadable.add(day.date());
        } else if (!item.get().equals(day)) {
          revised.add(item.get());
        } else if (items.containsKey(day.key())) {
          unchanged.add(day.date());
        }
      }
      return new PlaceRead(
          place, Dates.of(unchanged), DayColumns.copyOf(revised), Dates.of(unreadable));
    }

    /** Whether the table has a day. */
    public boolean has(LocalDate date) {
      return unchanged.contains(date) || unreadable.contains(date) || stored(date).isPresent();
    }

    /** A revised day as the table has it. */
    Optional<Day> stored(LocalDate date) {
      return Optional.ofNullable(revised.byPlace().get(place))
          .filter(stored -> stored.indexOf(date) >= 0)
          .map(stored -> stored.get(stored.indexOf(date)));
    }
  }

  /** The outcome of one day or more that were to be written. */
  sealed interface StoreOutcome extends StoreFact
      permits DayOutcome, DaysAdded, DaysPresent, RevisionFact.RevisionOutcome {
    /** Whether a request for it failed. */
    default boolean failed() {
      return false;
    }
  }

  /** The outcome of a day that was to be written. */
  sealed interface DayOutcome extends StoreOutcome {
    /** The day. */
    DayKey key();
  }

  /** A day was written. */
  record DayAdded(DayKey key) implements DayOutcome {}

  /** A day was in the table already. */
  record DayPresent(DayKey key) implements DayOutcome {}

  /** A day could not be written and is kept for the next run. */
  record DayDeadLettered(DeadLetter letter) implements DayOutcome {
    @Override
    public DayKey key() {
      return letter.day().key();
    }

    @Override
    public boolean failed() {
      return true;
    }
  }

  /** Days of one place were written. */
  record DaysAdded(Place place, Dates dates) implements StoreOutcome {}

  /** Days of one place were in the table already when they were to be written. */
  record DaysPresent(Place place, Dates dates) implements StoreOutcome {}

  /**
   * Days cannot be written in batches, only one by one.
   *
   * @param warning for operators
   */
  record BatchesRefused(String warning) implements StoreFact {}

  /**
   * The days to be stored are planned as chunks, one of each place, for workers.
   *
   * @param chunks how many
   */
  record ChunksPlanned(int chunks) implements StoreFact {}

  /**
   * A chunk has a result.
   *
   * @param number of the chunk in the run
   */
  record ChunkSettled(int number) implements StoreFact {}

  /**
   * Chunks could not be sent when they were to be sent.
   *
   * @param warning for operators
   */
  record QueueAway(String warning) implements StoreFact {}

  /** An error affects every write: no more are attempted. */
  record StoreStopped(String cause) implements StoreFact {}
}
