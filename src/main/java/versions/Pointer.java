package versions;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which version is the current one: metadata of the published set.
 *
 * @param version its id
 * @param pulledAt when the last pull began that found or published it
 * @param run the id of the run of that pull; null if it was none
 * @param recent it and versions before it, the newest first; those before them are in the
 *     {@linkplain VersionIndex index}
 * @param withheld versions that were withdrawn, the newest first
 */
public record Pointer(
    String version,
    Instant pulledAt,
    @Nullable String run,
    List<VersionEntry> recent,
    List<Withheld> withheld) {
  private static final String VERSION = "version";
  private static final String PULLED_AT = "pulled-at";
  private static final String RUN = "run";
  private static final String WITHHELD = "withheld";
  private static final String RECENT = "versions";

  private static final Set<String> KEYS = Set.of(VERSION, PULLED_AT, RUN, RECENT, WITHHELD);

  public Pointer {
    requireNonNull(version, "version");
    requireNonNull(pulledAt, "pulledAt");
    recent = List.copyOf(recent);
    withheld = List.copyOf(withheld);
  }

  /** With nothing withheld. */
  public Pointer(
      String version, Instant pulledAt, @Nullable String run, List<VersionEntry> recent) {
    this(version, pulledAt, run, recent, List.of());
  }

  /**
   * Reads metadata.
   *
   * @return empty if they name no version, as those of version 0.1 do
   */
  public static Optional<Pointer> of(Map<?, ?> metadata) {
    if (!(metadata.get(VERSION) instanceof String version)
        || !(metadata.get(PULLED_AT) instanceof String pulledAt)
        || !VersionId.isId(version)) {
      return Optional.empty();
    }
    String run = metadata.get(RUN) instanceof String id ? id : null;
    try {
      return Optional.of(
          new Pointer(
              version,
              Instant.parse(pulledAt),
              run,
              words(metadata.get(RECENT), VersionEntry::parse),
              words(metadata.get(WITHHELD), Withheld::parse)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static <T> List<T> words(@Nullable Object text, Function<String, Optional<T>> parse) {
    return text instanceof String words
        ? Arrays.stream(words.split(" ")).flatMap(word -> parse.apply(word).stream()).toList()
        : List.of();
  }

  /** As metadata. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new HashMap<>();
    metadata.put(VERSION, version);
    metadata.put(PULLED_AT, pulledAt.toString());
    metadata.put(RECENT, recent.stream().map(VersionEntry::word).collect(joining(" ")));
    if (run != null) {
      metadata.put(RUN, run);
    }
    if (!withheld.isEmpty()) {
      metadata.put(WITHHELD, withheld.stream().map(Withheld::word).collect(joining(" ")));
    }
    return metadata;
  }

  /** The metadata of a set that are not of its pointer. */
  public static Map<String, String> others(Map<String, String> metadata) {
    Map<String, String> others = new HashMap<>(metadata);
    others.keySet().removeAll(KEYS);
    return others;
  }

  /** This one without the versions before the current one, which then belong into the index. */
  public Pointer alone() {
    List<VersionEntry> current =
        recent.stream().filter(entry -> entry.id().equals(version)).toList();
    return new Pointer(version, pulledAt, run, current, withheld);
  }

  /** The time of the current version, in whole seconds. */
  public Instant at() {
    return VersionId.at(version);
  }

  /** Whether it names a version. */
  public boolean names(String id) {
    return recent.stream().anyMatch(entry -> entry.id().equals(id));
  }
}
