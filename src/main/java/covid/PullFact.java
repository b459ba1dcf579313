package covid;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.SortedMap;

/** What was pulled and joined, and what the gate decides. */
public sealed interface PullFact extends Fact {
  /** The pull begins. */
  record PullBegan(Instant at) implements PullFact {}

  /** A feed was pulled completely. */
  record FeedPulled(FeedSet feed) implements PullFact {}

  /**
   * A feed has the same body as when it was pulled last, says its server.
   *
   * @param url the address, without user name, password and query
   */
  record FeedUnchanged(LastPull feed, String url) implements PullFact {}

  /** The raw body of a pulled feed is in the bucket. */
  record BodyKept(LastPull feed) implements PullFact {}

  /**
   * The program may not keep raw bodies.
   *
   * @param warning for operators
   */
  record BodiesRefused(String warning) implements PullFact {}

  /** The run repeats another one, on the raw bodies that it pulled. */
  record RawOf(String run) implements PullFact {}

  /** A feed could not be pulled completely. */
  record PullFailed(String feed, String reason) implements PullFact {}

  /** A pulled feed has stalled. */
  record FeedStalled(String feed) implements PullFact {}

  /** The feeds are joined. A later join of the run replaces it. */
  record DaysJoined(JoinedDays days) implements PullFact {}

  /**
   * The gate has refused some places, or none, which keep their published series. A later judgement
   * of the run replaces it.
   *
   * @param places and why
   */
  record PlacesRefused(SortedMap<Place, String> places) implements PullFact {
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
  record PlacesStalled(SortedMap<String, Integer> places) implements PullFact {
    /** Counts those in joined days whose last change is older than a limit. */
    public static PlacesStalled in(DayColumns days, Duration after) {
      return new PlacesStalled(StalledPlaces.count(days, after));
    }
  }
}
