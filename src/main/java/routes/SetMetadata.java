package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import covid.ArchivedSet;
import covid.LastPull;
import covid.PullFact;
import covid.Pulls;
import covid.Run;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import versions.Pointer;
import versions.Version;

/** The user-defined metadata of the published set. */
final class SetMetadata {
  /** Names of feeds, separated by spaces. */
  static final String STALLED_FEEDS = "stalled-feeds";

  /** Digests of parts, separated by spaces. */
  static final String ENDED_PARTS = "ended-parts";

  /** Those of both that were reported before the run of the set, separated by spaces. */
  static final String REPORTED = "reported";

  /** A word for each feed whose raw body is kept. */
  private static final String FEEDS = "feeds";

  /** S3 takes 2 KB of keys and values. */
  private static final int MOST_BYTES = 2_048;

  private SetMetadata() {}

  /**
   * Rows, newest day, SHA-256, stalled feeds, ended parts and last pulls of a set without a
   * version. An import has no message that could name the stalled and ended ones, so the next run
   * does. The last pulls only count for the set with which they were put: a rollback or an import
   * leaves them out.
   */
  static Map<String, String> of(Run run, Publication publication, boolean synthetic) {
    Pulls pulls = run.pulls();
    Map<String, String> metadata = new HashMap<>();
    metadata.put(ArchivedSet.ROWS, Integer.toString(publication.days().size()));
    metadata.put(ArchivedSet.NEWEST_DAY, publication.days().newest().toString());
    metadata.put(ArchivedSet.SYNTHETIC, Boolean.toString(synthetic));
    metadata.put("sha256", publication.set().sha256());
    if (publication.source().run() == null) {
      return metadata;
    }
    if (!pulls.stalled().isEmpty()) {
      metadata.put(STALLED_FEEDS, String.join(" ", pulls.stalled()));
    }
    if (!pulls.endedParts().isEmpty()) {
      metadata.put(ENDED_PARTS, String.join(" ", pulls.endedParts()));
    }
    putPulls(run, publication, metadata);
    // Without them, a process that continues the run reports once more.
    putIfItFits(REPORTED, String.join(" ", pulls.reported()), publication.pointer(run), metadata);
    return metadata;
  }

  /**
   * What stays of the metadata of a set that an operator replaces: not its pointer, pulls and run.
   */
  static Map<String, String> kept(Map<String, String> metadata) {
    Map<String, String> kept = Pointer.others(metadata);
    kept.remove(FEEDS);
    kept.remove(REPORTED);
    return kept;
  }

  /** Rows, newest day and SHA-256 of a version. */
  static Map<String, String> of(Version version) {
    return Map.of(
        ArchivedSet.ROWS,
        Integer.toString(version.rows()),
        ArchivedSet.NEWEST_DAY,
        version.newestDay().toString(),
        ArchivedSet.SYNTHETIC,
        Boolean.toString(version.synthetic()),
        "sha256",
        version.sha256());
  }

  /** Adds the last pulls, unless there is no room for them: the feeds then are pulled as ever. */
  private static void putPulls(Run run, Publication publication, Map<String, String> metadata) {
    boolean whole =
        run.log().newest(1, PullFact.PlacesRefused.class).stream()
            .allMatch(refused -> refused.places().isEmpty());
    String words =
        run.pulls().kept().stream()
            .map(last -> whole ? last : last.withoutContent())
            .map(LastPull::word)
            .collect(joining(" "));
    putIfItFits(FEEDS, words, publication.pointer(run), metadata);
  }

  private static void putIfItFits(
      String key, String words, Pointer pointer, Map<String, String> metadata) {
    Map<String, String> more = new HashMap<>(metadata);
    more.put(key, words);
    if (!words.isEmpty() && fits(pointer.alone(), more)) {
      metadata.put(key, words);
    }
  }

  /** The last pulls in the metadata of a set. */
  static List<LastPull> pulls(Map<?, ?> metadata) {
    return metadata.get(FEEDS) instanceof String words
        ? Arrays.stream(words.split(" ")).flatMap(word -> LastPull.parse(word).stream()).toList()
        : List.of();
  }

  /** Whether a pointer fits into the metadata of a set. */
  static boolean fits(Pointer pointer, Map<String, String> metadata) {
    return bytes(pointer.metadata()) + bytes(metadata) <= MOST_BYTES;
  }

  private static int bytes(Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .mapToInt(
            entry ->
                entry.getKey().getBytes(UTF_8).length + entry.getValue().getBytes(UTF_8).length)
        .sum();
  }
}
