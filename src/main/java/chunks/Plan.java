package chunks;

import static java.util.Objects.requireNonNull;

import covid.DayColumns;
import covid.DeadLetter;
import covid.Place;
import covid.PlaceDays;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a run is to store. It is written once, when all of its chunks are in the bucket.
 *
 * @param run its id
 * @param at when it was made; the deadline of the run counts from then
 * @param pulledAt when the pull began
 * @param feeds the pulled feeds, whose bodies are kept
 * @param left the days that earlier runs left in the dead letter; they are in the chunks too
 * @param records how many days all chunks have
 * @param chunks one of each place, sorted by place
 */
public record Plan(
    String run,
    Instant at,
    Instant pulledAt,
    List<Feed> feeds,
    List<DeadLetter> left,
    int records,
    List<Chunk> chunks) {

  public Plan {
    requireNonNull(run, "run");
    requireNonNull(at, "at");
    requireNonNull(pulledAt, "pulledAt");
    feeds = List.copyOf(feeds);
    left = List.copyOf(left);
    chunks = List.copyOf(chunks);
  }

  /**
   * Whether another plan is of the same pull: one that began at the same time and led to the same
   * chunks. A process that puts its plan once more, after a lost answer, finds such a plan.
   */
  public boolean isOfPull(Plan other) {
    return pulledAt.equals(other.pulledAt) && chunks.equals(other.chunks);
  }

  /**
   * A pulled feed.
   *
   * @param name of the feed
   * @param sha256 of its unpacked body, in hexadecimal
   * @param etag that it came with; empty if none
   */
  public record Feed(String name, String sha256, String etag) {}

  /**
   * The days that are to be stored: the joined ones, and those of the dead letter, whose figures
   * count where a day is in both.
   */
  public static DayColumns days(DayColumns joined, List<DeadLetter> left) {
    if (left.isEmpty()) {
      return joined;
    }
    SortedSet<Place> places = new TreeSet<>();
    left.forEach(letter -> places.add(letter.day().place()));
    List<covid.Day> mixed = new ArrayList<>();
    places.forEach(place -> mixed.addAll(joined.of(place)));
    left.forEach(letter -> mixed.add(letter.day()));
    // Of several days with one key the last counts.
    List<PlaceDays> all = new ArrayList<>(joined.byPlace().values());
    all.addAll(DayColumns.copyOf(mixed).byPlace().values());
    return DayColumns.of(all);
  }
}
