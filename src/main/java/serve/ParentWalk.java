package serve;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import versions.Pointer;
import versions.Version;
import versions.VersionEntry;
import versions.VersionId;
import versions.VersionIndex;
import web.Problem;
import web.ProblemException;

/**
 * Finds versions that neither the pointer nor the index has, from parent to parent: the index may
 * be lost, or a little older than the pointer. Not thread-safe.
 */
final class ParentWalk {
  private static final Logger LOG = LoggerFactory.getLogger("published-versions");

  /** The time limit: the manifests read by then are kept, so the next walk continues. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** One version has 500 bytes here; with more of them, the way from parent to parent ends. */
  private static final int MOST_STEPS = 20_000;

  private static final String LOST =
      "The index of versions is lost, and too long to be made again; its operator has to restore it.";

  private final Manifests manifests;
  private final Clock clock;
  private final Map<String, Step> known = LruMap.synchronizedMap(MOST_STEPS);

  ParentWalk(Manifests manifests, Clock clock) {
    this.manifests = manifests;
    this.clock = clock;
  }

  /** A version and the one before it. */
  private record Step(VersionEntry version, @Nullable String parent) {
    static Step of(Version version) {
      return new Step(version.entry(), version.parent());
    }
  }

  /**
   * What a walk found.
   *
   * @param versions that were missing, newest first
   * @param end why it ended before all were found; null if it did not
   * @param since the time of the oldest version before that end
   */
  record Found(List<VersionEntry> versions, @Nullable String end, Instant since) {}

  /**
   * Walks from the oldest version of a pointer to one that the index has, or to the first version.
   *
   * @throws ProblemException with status 503 if that takes too long
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer or refuses
   */
  Found from(Pointer pointer, VersionIndex index) throws ProblemException, IOException {
    Set<String> listed =
        Stream.concat(index.versions().stream(), pointer.recent().stream())
            .map(VersionEntry::id)
            .collect(Collectors.toSet());
    List<VersionEntry> missing = new ArrayList<>();
    Instant deadline = clock.instant().plus(PATIENCE);
    String id = oldest(pointer);
    Instant since = VersionId.at(id);
    while (id != null && missing.size() < MOST_STEPS) {
      if (clock.instant().isAfter(deadline)) {
        throw new ProblemException(Problem.away(Failures.AWAY));
      }
      Step step;
      try {
        step = step(id);
      } catch (ForeignObjectException e) {
        LOG.warn("{}", e.object().forOperators(), e);
        return new Found(missing, LastingObjects.damaged(e), since);
      }
      since = step.version().at();
      if (listed.add(id)) {
        missing.add(step.version());
      }
      id = isKnown(step.parent(), listed, index) ? null : step.parent();
    }
    return new Found(missing, id == null ? null : LOST, since);
  }

  /** Whether a parent is listed, or there is none, or it is no longer kept. */
  private static boolean isKnown(@Nullable String parent, Set<String> listed, VersionIndex index) {
    return parent == null
        || listed.contains(parent)
        || index.keptSince() != null && VersionId.at(parent).isBefore(index.keptSince());
  }

  private static String oldest(Pointer pointer) {
    List<VersionEntry> recent = pointer.recent();
    return recent.isEmpty() ? pointer.version() : recent.get(recent.size() - 1).id();
  }

  private Step step(String id) throws ForeignObjectException, IOException {
    Step step = known.get(id);
    if (step == null) {
      step = Step.of(manifests.read(id));
      known.put(id, step);
    }
    return step;
  }
}
