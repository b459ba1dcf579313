package covid;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** An event of a run. Immutable; {@link FactLog} says which came first. */
public sealed interface Fact {

  // --- Before

  /** An earlier run has ended without its message, or died. */
  record UnfinishedRunFound(RunMarker run) implements Fact {}

  /** An earlier run left a day in the dead letter, which this run replays. */
  record DeadLetterFound(DeadLetter letter) implements Fact {}

  /**
   * The stalled feeds and ended parts reported with the last published set.
   *
   * @param stalledFeeds names of feeds
   * @param endedParts digests of parts, see {@link Pulls#endedParts}
   */
  record ReportedBefore(Set<String> stalledFeeds, Set<String> endedParts) implements Fact {
    public ReportedBefore(Collection<String> stalledFeeds, Collection<String> endedParts) {
      this(Set.copyOf(stalledFeeds), Set.copyOf(endedParts));
    }
  }

  // --- Pull and join

  /** The pull begins. */
  record PullBegan(Instant at) implements Fact {}

  /** A feed was pulled completely. */
  record FeedPulled(FeedSet feed) implements Fact {}

  /**
   * A feed has the same body as when it was pulled last, says its server.
   *
   * @param url the address, without user name, password and query
   */
  record FeedUnchanged(LastPull feed, String url) implements Fact {}

  /** The raw body of a pulled feed is in the bucket. */
  record BodyKept(LastPull feed) implements Fact {}

  /**
   * The program may not keep raw bodies.
   *
   * @param warning for operators
   */
  record BodiesRefused(String warning) implements Fact {}

  /** The run repeats another one, on the raw bodies that it pulled. */
  record RawOf(String run) implements Fact {}

  /** A feed could not be pulled completely. */
  record PullFailed(String feed, String reason) implements Fact {}

  /** A pulled feed has stalled. */
  record FeedStalled(String feed) implements Fact {}

  /** The feeds are joined. A later join of the run replaces it. */
  record DaysJoined(JoinedDays days) implements Fact {}

  /**
   * The gate has refused some places, or none, which keep their published series. A later judgement
   * of the run replaces it.
   *
   * @param places and why
   */
  record PlacesRefused(SortedMap<Place, String> places) implements Fact {
    private static final int MOST_NAMED = 5;

    /** Names the places. */
    String sentence() {
      String named =
          places.entrySet().stream()
              .limit(MOST_NAMED)
              .map(place -> "%s: %s".formatted(place.getKey(), place.getValue()))
              .collect(joining(" "));
      String more =
          places.size() <= MOST_NAMED
              ? ""
              : String.format(Locale.ROOT, " And %,d more.", places.size() - MOST_NAMED);
      return String.format(
          Locale.ROOT,
          "The gate refused %,d place(s), which keep the published series. %s%s If that is right, let it"
              + " pass once with GATE_MAX_LOST_DAYS or GATE_MAX_CHANGED_DAYS.",
          places.size(),
          named,
          more);
    }
  }

  /**
   * Figures of places stand still.
   *
   * @param places how many, by the name of the metric
   */
  record PlacesStalled(SortedMap<String, Integer> places) implements Fact {
    /** Counts those in joined days whose last change is older than a limit. */
    public static PlacesStalled in(DayColumns days, Duration after) {
      return new PlacesStalled(StalledPlaces.count(days, after));
    }
  }

  // --- Store

  /**
   * The table was read, or a part of it.
   *
   * @param days its days; an empty value where an item cannot be read as a day
   */
  record DaysStored(Map<DayKey, Optional<Day>> days) implements Fact {
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
      implements Fact {

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
  sealed interface StoreOutcome extends Fact {
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
  record BatchesRefused(String warning) implements Fact {}

  /** An error affects every write: no more are attempted. */
  record StoreStopped(String cause) implements Fact {}

  // --- Revisions, which an operator has the table take

  /**
   * The published set was read, whose figures the table is to take.
   *
   * @param version its id; null if it has none
   */
  record SetRead(@Nullable String version) implements Fact {}

  /** The revisions are recorded in the bucket: from now on the table may be changed. */
  record RevisionsRecorded() implements Fact {}

  /** The outcome of a day whose published figures were to be taken. */
  sealed interface RevisionOutcome extends StoreOutcome {
    /** The day. */
    DayKey key();
  }

  /** The published figures of a day were taken. */
  record RevisionTaken(DayKey key) implements RevisionOutcome {}

  /** The table had the published figures of a day already when they were to be taken. */
  record RevisionPresent(DayKey key) implements RevisionOutcome {}

  /**
   * A day was left as it is in the table.
   *
   * @param reason why, in one sentence
   * @param failed whether a request failed, so that another run may take it
   */
  record RevisionLeft(DayKey key, String reason, boolean failed) implements RevisionOutcome {}

  // --- Publication

  /**
   * The program may not write versions, so the set is published without one.
   *
   * @param warning for operators
   */
  record VersionsRefused(String warning) implements Fact {}

  /**
   * A later pull has been published meanwhile, so this one is not.
   *
   * @param by the id of the run that published it, or of the version if no run did
   */
  record Superseded(String by) implements Fact {}

  /**
   * An import has ended as it should.
   *
   * @param sentence what came of it
   */
  record ImportEnded(String sentence) implements Fact {}

  // --- The end

  /** The joined days are published. */
  record SetPublished(RunReport.Archive set) implements Fact {}

  /** The gate has refused the pull. */
  record RunRefused(String reason) implements Fact {}

  /** The run has failed. */
  record RunFailed(String reason) implements Fact {}

  /** A warning for operators, which does not end the run. */
  record Warned(String warning) implements Fact {}

  /** The stages have ended, even if early. */
  record StagesEnded(Instant at) implements Fact {}

  /** The message could not be sent. */
  record NotAnnounced(String reason) implements Fact {}

  /** The run has ended, successfully or not, rather than died. */
  record RunEnded() implements Fact {}
}
