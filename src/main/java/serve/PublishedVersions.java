package serve;

import covid.RunReport;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import versions.Version;
import versions.VersionEntry;
import web.Problem;
import web.ProblemException;
import web.Request;

/**
 * Finds the versions that requests are about.
 *
 * @param timeline all versions
 * @param manifests of versions
 * @param series that they consist of
 * @param reports of the runs that published them
 * @param zone of days
 */
public record PublishedVersions(
    PublishedTimeline timeline,
    Manifests manifests,
    SeriesObjects series,
    PublishedReports reports,
    ZoneId zone) {

  /**
   * The version that a request asks for.
   *
   * @param bulkhead bounds how many callers wait for the bucket
   * @return empty if it asks for none
   * @throws ProblemException with status 400 if the parameter is not as it must be, 404 if there is
   *     no such version, 503 if it cannot be read
   */
  Optional<AsOfVersion> asOf(Request request, Bulkhead bulkhead) throws ProblemException {
    Optional<AsOf> asOf = AsOf.of(request, AsOf.NAME, zone);
    return asOf.isEmpty() ? Optional.empty() : Optional.of(find(asOf.get(), bulkhead));
  }

  /**
   * The current version.
   *
   * @throws ProblemException with status 404 if there are no versions, 503 if it cannot be read
   */
  AsOfVersion newest(Bulkhead bulkhead) throws ProblemException {
    Published<String> id = timeline.newest(bulkhead);
    return new AsOfVersion(manifests.listed(id.content(), bulkhead), false, id.age());
  }

  /** The version that one form of a parameter names; see {@link #asOf}. */
  AsOfVersion find(AsOf asOf, Bulkhead bulkhead) throws ProblemException {
    if (asOf instanceof AsOf.OfTime time) {
      Published<KnownVersions> known = timeline.current(bulkhead);
      VersionEntry entry = known.content().asOf(time);
      return new AsOfVersion(manifests.listed(entry.id(), bulkhead), false, known.age());
    }
    if (asOf instanceof AsOf.OfRun run) {
      Version version = manifests.listed(published(run.id(), bulkhead), bulkhead);
      return new AsOfVersion(version, true, Optional.empty());
    }
    return named(((AsOf.OfVersion) asOf).id(), bulkhead);
  }

  private AsOfVersion named(String id, Bulkhead bulkhead) throws ProblemException {
    Version version = manifests.get(id, bulkhead);
    return switch (timeline.current(bulkhead).content().standing(version)) {
      case PUBLISHED -> new AsOfVersion(version, true, Optional.empty());
      case UNKNOWN -> new AsOfVersion(version, false, Optional.empty());
      case ABANDONED -> throw new ProblemException(Problem.noVersion(id));
    };
  }

  /**
   * One that found the set unchanged has a report, and one that died after it published has not.
   */
  private String published(String run, Bulkhead bulkhead) throws ProblemException {
    Optional<VersionEntry> version = timeline.current(bulkhead).content().timeline().ofRun(run);
    if (version.isPresent()) {
      return version.get().id();
    }
    RunReport report = reports.parsed(run, bulkhead);
    RunReport.Archive archive = report.archive();
    if (archive == null || archive.version() == null) {
      throw new ProblemException(Problem.noVersionOf(run, end(report)));
    }
    return archive.version();
  }

  private static Instant end(RunReport report) {
    @Nullable Instant finishedAt = report.finishedAt();
    return finishedAt == null ? report.startedAt() : finishedAt;
  }
}
