package covid;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The pulled feeds of a run, from its facts. Immutable. */
public final class Pulls {
  private final SortedMap<String, FeedSet> arrived = new TreeMap<>();
  private final SortedMap<String, PullFact.FeedUnchanged> unchanged = new TreeMap<>();
  private final SortedMap<String, LastPull> kept = new TreeMap<>();
  private final SortedMap<String, String> failed = new TreeMap<>();
  private final SortedSet<String> stalled = new TreeSet<>();
  private final Set<String> stalledBefore = new HashSet<>();
  private final Set<String> endedBefore = new HashSet<>();
  private final List<RunFact.ReportedBefore> reported;
  private final boolean toldBefore;

  private Pulls(Facts facts) {
    facts
        .all(PullFact.FeedPulled.class)
        .forEach(fact -> arrived.put(fact.feed().name(), fact.feed()));
    facts
        .all(PullFact.FeedUnchanged.class)
        .forEach(
            fact -> {
              unchanged.put(fact.feed().feed(), fact);
              kept.put(fact.feed().feed(), fact.feed());
            });
    facts.all(PullFact.BodyKept.class).forEach(fact -> kept.put(fact.feed().feed(), fact.feed()));
    facts.all(PullFact.PullFailed.class).forEach(fact -> failed.put(fact.feed(), fact.reason()));
    facts.all(PullFact.FeedStalled.class).forEach(fact -> stalled.add(fact.feed()));
    reported = facts.all(RunFact.ReportedBefore.class).toList();
    toldBefore =
        facts.all(RunFact.UnfinishedRunFound.class).allMatch(found -> isReported(found.run()));
    if (toldBefore) {
      reported.forEach(
          fact -> {
            stalledBefore.addAll(fact.stalledFeeds());
            endedBefore.addAll(fact.endedParts());
          });
    }
  }

  /** Reads the facts of a run. */
  public static Pulls of(Facts facts) {
    return new Pulls(facts);
  }

  /**
   * The feeds that were read whole, by name: without those of {@link #unread}.
   *
   * @throws RunFailedException if one could not be pulled
   */
  public List<FeedSet> complete() throws RunFailedException {
    if (!failed.isEmpty()) {
      throw new RunFailedException(
          failed.entrySet().stream()
              .map(pull -> "Feed %s: %s".formatted(pull.getKey(), pull.getValue()))
              .collect(joining(" ")));
    }
    return List.copyOf(arrived.values());
  }

  /** The completely pulled feeds, by name, even if others failed. */
  List<FeedSet> arrived() {
    return List.copyOf(arrived.values());
  }

  /** The feeds that are as they were and were not read again, by name. */
  public List<PullFact.FeedUnchanged> unread() {
    return unchanged.values().stream()
        .filter(feed -> !arrived.containsKey(feed.feed().feed()))
        .toList();
  }

  /** The last pull of a feed whose server has said that it is unchanged. */
  public Optional<LastPull> unchanged(String feed) {
    return Optional.ofNullable(unchanged.get(feed)).map(PullFact.FeedUnchanged::feed);
  }

  /** Why a feed could not be pulled completely, if so. */
  public Optional<String> failure(String feed) {
    return Optional.ofNullable(failed.get(feed));
  }

  /** Since when a feed has the same body, if its server has said so. */
  Optional<Instant> unchangedSince(FeedSet feed) {
    return unchanged(feed.name())
        .filter(last -> last.sha256().equals(feed.origin().sha256()))
        .map(LastPull::since);
  }

  /** What the next run has to know of the feeds whose raw bodies are kept, by name. */
  public List<LastPull> kept() {
    SortedMap<String, String> bodies = bodies();
    return kept.values().stream()
        .filter(feed -> feed.sha256().equals(bodies.get(feed.feed())))
        .toList();
  }

  /** The SHA-256 of the body of each feed, by name. */
  public SortedMap<String, String> bodies() {
    SortedMap<String, String> bodies = new TreeMap<>();
    unread().forEach(feed -> bodies.put(feed.feed().feed(), feed.feed().sha256()));
    arrived.values().forEach(feed -> bodies.put(feed.name(), feed.origin().sha256()));
    return bodies;
  }

  /** The quarantined rows of all feeds. */
  public List<QuarantinedRow> quarantine() {
    return arrived.values().stream().flatMap(feed -> feed.quarantine().stream()).toList();
  }

  /** The names of places; if two feeds name the same one, the first of them, by name, counts. */
  public SortedMap<Place, String> names() {
    SortedMap<Place, String> names = new TreeMap<>();
    for (FeedSet feed : arrived.values()) {
      feed.names().forEach((place, name) -> names.putIfAbsent(place, name));
    }
    return names;
  }

  /** The names of the stalled feeds. */
  public SortedSet<String> stalled() {
    return Collections.unmodifiableSortedSet(stalled);
  }

  /**
   * Whether what was news to earlier runs is reported: none of them has died after it may have
   * published, or ended with a message that did not reach the topic or, without one, any webhook.
   */
  public boolean isToldBefore() {
    return toldBefore;
  }

  /**
   * Whether what was news to an earlier run is reported: it had none, or its message told it.
   * Without a set that this run has read, only the message counts.
   */
  public boolean isReported(RunMarker run) {
    return run.isTold()
        || run.publishesNothing()
        || !reported.isEmpty()
            && reported.stream().allMatch(set -> run.leftNothing(set.run(), set.at()));
  }

  /** The digests of the ended parts, by which a later run recognizes them. */
  public List<String> endedParts() {
    // A run that reads no feed keeps those of the set that it found.
    return unread().isEmpty()
        ? EndedParts.digests(arrived.values())
        : endedBefore.stream().sorted().toList();
  }

  /**
   * Of the stalled feeds and the digests of ended parts those that were reported before: of a set
   * that this run has published, a process that continues it could not tell them from its news.
   */
  public List<String> reported() {
    return Stream.concat(
            stalled.stream().filter(stalledBefore::contains),
            endedParts().stream().filter(endedBefore::contains))
        .toList();
  }

  /**
   * A sentence for each feed that has stalled, and for each with ended parts, unless a message has
   * reported it before. A message that did not reach the topic or, without one, any webhook, does
   * not count.
   */
  public List<String> news() {
    Stream<String> newlyStalled =
        stalled.stream()
            .filter(feed -> !stalledBefore.contains(feed))
            .map(
                feed ->
                    "Feed %s has stalled: its newest day is %s, older than feed.stalled-after allows. This is reported once."
                        .formatted(feed, newestDay(feed)));
    return Stream.concat(newlyStalled, EndedParts.news(arrived.values(), endedBefore)).toList();
  }

  private LocalDate newestDay(String feed) {
    FeedSet read = arrived.get(feed);
    return read == null
        ? requireNonNull(unchanged.get(feed)).feed().content().orElseThrow().newestDay()
        : read.newestDay().orElseThrow();
  }
}
