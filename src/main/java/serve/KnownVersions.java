package serve;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import versions.Timeline;
import versions.Version;
import versions.VersionEntry;
import web.Problem;
import web.ProblemException;

/**
 * What is known of the versions of a set.
 *
 * @param current the id of the current version; empty if there are no versions
 * @param timeline the versions
 * @param index which has some of them
 * @param gap why versions before {@code since} may be missing; null if none are
 * @param since nothing is missing from here on
 */
record KnownVersions(
    String current,
    Timeline timeline,
    PublishedIndex.State index,
    @Nullable String gap,
    Instant since) {

  /** Of a set without versions. */
  static KnownVersions none(PublishedIndex.State index) {
    return new KnownVersions("", Timeline.EMPTY, index, null, Instant.MIN);
  }

  private boolean isInGap(Instant moment) {
    return gap != null && moment.isBefore(since);
  }

  /**
   * The version that was the current one at a moment.
   *
   * @throws ProblemException with status 404 if there was none, 503 if that cannot be said
   */
  VersionEntry asOf(AsOf.OfTime time) throws ProblemException {
    Instant moment = time.moment();
    if (gap != null && isInGap(moment)) {
      throw new ProblemException(Problem.away(gap));
    }
    Optional<VersionEntry> found = timeline.asOf(moment);
    if (found.isEmpty()) {
      throw new ProblemException(
          timeline
              .first()
              .map(first -> Problem.noVersionAsOf(time.asked(), first.at()))
              .orElseGet(Problem::noVersions));
    }
    return found.get();
  }

  /** Whether a manifest is that of a version. */
  enum Standing {
    /** Its version was published. */
    PUBLISHED,
    /** It is newer than all known versions, or may be one of those that are missing. */
    UNKNOWN,
    /** The run that wrote it did not publish its set: it died, or another one was faster. */
    ABANDONED
  }

  /** Whether a manifest is that of a version. */
  Standing standing(Version manifest) {
    if (timeline.has(manifest.id())) {
      return Standing.PUBLISHED;
    }
    boolean isNewer = timeline.last().map(last -> manifest.at().isAfter(last.at())).orElse(true);
    return isNewer || isInGap(manifest.at()) ? Standing.UNKNOWN : Standing.ABANDONED;
  }
}
