package simulator;

import static java.util.stream.Collectors.toSet;

import covid.KeySchema;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The ends of one simulation, its time, and what was seen. */
final class World {
  private static final Pattern DATE = Pattern.compile("\"date\" ?: ?\"([\\d-]+)\"");

  private final KeySchema key;
  private final SimulatedTable table;
  private final SimulatedBucket bucket = new SimulatedBucket(this::now);
  private final SimulatedTopic topic = new SimulatedTopic();
  private final SimulatedFeeds feeds = new SimulatedFeeds();
  private final Map<String, String> versions = new LinkedHashMap<>();
  private final Set<String> overtaken = new LinkedHashSet<>();
  private final List<String> journal = new ArrayList<>();
  private final Set<String> findings = new LinkedHashSet<>();
  private Instant now = Instant.parse("2020-03-01T00:00:00Z");

  /**
   * @param key of the table
   */
  World(KeySchema key) {
    this.key = key;
    this.table = new SimulatedTable(key);
  }

  KeySchema key() {
    return key;
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

  SimulatedFeeds feeds() {
    return feeds;
  }

  /** The dates in the dead letter. */
  Set<String> deadLetters() {
    return bucket.objects().entrySet().stream()
        .filter(object -> object.getKey().startsWith("dead-letter/"))
        .flatMap(object -> DATE.matcher(object.getValue().text()).results())
        .map(date -> date.group(1))
        .collect(toSet());
  }

  /** The text of each version that was ever published, by its id. */
  Map<String, String> versions() {
    return versions;
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

  private synchronized Instant now() {
    return now;
  }

  /** Lets a second go by: runs that begin one after the other have other ids. */
  synchronized Instant tick() {
    now = now.plusSeconds(1);
    return now;
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
