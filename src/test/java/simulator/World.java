package simulator;

import static java.util.stream.Collectors.toSet;

import covid.DayKey;
import covid.Place;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The ends of one simulation, its time, and what was seen. */
final class World {
  private static final String DEAD_LETTERS = "dead-letter/";
  private static final Pattern DATE = Pattern.compile("\"date\" ?: ?\"([\\d-]+)\"");

  private final Store store;
  private final SimulatedTable table;
  private final SimulatedBucket bucket = new SimulatedBucket(this::now);
  private final SimulatedTopic topic = new SimulatedTopic();
  private final SimulatedQueue queue = new SimulatedQueue(this::now);
  private final SimulatedFeeds feeds;
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final Set<String> overtaken = new LinkedHashSet<>();
  private final Set<String> lostReports = new HashSet<>();
  private final Set<String> checked = new HashSet<>();
  private final Set<Map<LocalDate, Integer>> nyt = new LinkedHashSet<>();
  private final Set<Map<LocalDate, Integer>> jhu = new LinkedHashSet<>();
  private final List<String> journal = new ArrayList<>();
  private final Set<String> findings = new LinkedHashSet<>();
  private Instant now = Instant.parse("2020-03-01T00:00:00Z");
  private Instant roundBegan = now;

  /**
   * @param store where days are stored
   */
  World(Store store) {
    this.store = store;
    this.table = new SimulatedTable(store.key());
    this.feeds = new SimulatedFeeds(store);
  }

  Store store() {
    return store;
  }

  SimulatedTable table() {
    return table;
  }

  SimulatedBucket bucket() {
    return bucket;
  }

  SimulatedTopic topic() {
    return topic;
  }

  SimulatedQueue queue() {
    return queue;
  }

  SimulatedFeeds feeds() {
    return feeds;
  }

  /** The days in the dead letter. */
  Set<DayKey> deadLetters() {
    return bucket.objects().entrySet().stream()
        .filter(object -> object.getKey().startsWith(DEAD_LETTERS))
        .flatMap(
            object ->
                DATE.matcher(object.getValue().text())
                    .results()
                    .map(
                        date -> new DayKey(place(object.getKey()), LocalDate.parse(date.group(1)))))
        .collect(toSet());
  }

  /** The place of an object of the dead letter, one a place or, with one place, one a day. */
  private Place place(String key) {
    return store.places().stream()
        .filter(place -> key.equals(DEAD_LETTERS + place + ".json"))
        .findFirst()
        .orElse(SimulatedTable.US);
  }

  /** The text of each version that was ever published, by its id. */
  Map<String, String> versions() {
    return versions;
  }

  /** Notes that a round begins. */
  void beginRound() {
    roundBegan = now();
  }

  /** When the round began. */
  Instant roundBegan() {
    return roundBegan;
  }

  /** Runs whose report met a fault on its way into the bucket, which their messages may name. */
  Set<String> lostReports() {
    return lostReports;
  }

  /** Runs with a queue whose report was looked at. */
  Set<String> checked() {
    return checked;
  }

  /** Whether a set is the join of what the feeds gave at some time. */
  boolean isJoin(String set) {
    return nyt.stream()
        .anyMatch(
            one -> jhu.stream().anyMatch(two -> SimulatedFeeds.set(store, one, two).equals(set)));
  }

  /** What the feed gave, each time. */
  Set<Map<LocalDate, Integer>> nyt() {
    return nyt;
  }

  /** What the feed gave, each time. */
  Set<Map<LocalDate, Integer>> jhu() {
    return jhu;
  }

  /** Versions that a run replaced although it had read an older set of the same content. */
  Set<String> overtaken() {
    return overtaken;
  }

  /** Every call, with its fate. */
  List<String> journal() {
    return journal;
  }

  /** Promises that were seen broken. */
  Set<String> findings() {
    return findings;
  }

  /** Notes a broken promise. */
  void found(String finding, Object... values) {
    findings.add(finding.formatted(values));
  }

  synchronized Instant now() {
    return now;
  }

  /** Lets a second go by: runs that begin one after the other have other ids. */
  synchronized Instant tick() {
    now = now.plusSeconds(1);
    return now;
  }

  /** Lets time go by until a moment, unless that is over. */
  synchronized void awaitTime(Instant moment) {
    if (moment.isAfter(now)) {
      now = moment;
    }
  }

  /** Tells the time of the world that a process is in. */
  static final class WorldClock extends Clock {
    private final SimulatedProcess process;
    private final ZoneId zone;

    WorldClock(SimulatedProcess process, ZoneId zone) {
      this.process = process;
      this.zone = zone;
    }

    @Override
    public Instant instant() {
      return process.world().tick();
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new WorldClock(process, other);
    }
  }
}
