package versions;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which version is the current one: metadata of the published set.
 *
 * @param version its id
 * @param pulledAt when the last pull began that found or published it
 * @param recent it and versions before it, the newest first; those before them are in the
 *     {@linkplain VersionIndex index}
 */
public record Pointer(String version, Instant pulledAt, List<VersionEntry> recent) {
  private static final String VERSION = "version";
  private static final String PULLED_AT = "pulled-at";
  private static final String RECENT = "versions";

  public Pointer {
    requireNonNull(version, "version");
    requireNonNull(pulledAt, "pulledAt");
    recent = List.copyOf(recent);
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
    List<VersionEntry> recent =
        metadata.get(RECENT) instanceof String words
            ? Arrays.stream(words.split(" "))
                .flatMap(word -> VersionEntry.parse(word).stream())
                .toList()
            : List.of();
    try {
      return Optional.of(new Pointer(version, Instant.parse(pulledAt), recent));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** As metadata. */
  public Map<String, String> metadata() {
    return Map.of(
        VERSION,
        version,
        PULLED_AT,
        pulledAt.toString(),
        RECENT,
        recent.stream().map(VersionEntry::word).collect(joining(" ")));
  }
}
