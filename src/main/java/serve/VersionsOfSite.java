package serve;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import serve.FigureAnswers.SiteFile;
import versions.Timeline;
import versions.Version;
import versions.VersionEntry;
import web.Answer;
import web.Json;
import web.Problem;
import web.ProblemException;
import web.SiteVersions;

/**
 * The files of the site about versions: one of each version that is kept there, and of many places
 * another with what it changed against the one before it there, both put once; and their list.
 *
 * @param versions of the published set
 * @param json how the list is written
 * @param bulkhead limits how many callers wait for the bucket
 */
record VersionsOfSite(PublishedVersions versions, Json json, Bulkhead bulkhead) {
  /** Of these each is kept; of those before them, the last one of a month. */
  static final int NEWEST = 30;

  /** So many months are kept, and the first version of all. */
  static final int MONTHS = 24;

  /** Makes the file of a version. */
  interface Content {
    Answer of(Version version) throws Exception;
  }

  /** Makes the file of what a version changed against an earlier one. */
  interface Changes {
    Answer of(Version from, Version to) throws Exception;
  }

  /**
   * The files, the list last; none if there are no versions.
   *
   * @param changes of many places; empty for one
   * @throws ProblemException with status 503 if the versions cannot be listed, or only as they were
   */
  List<SiteFile> files(Content content, Optional<Changes> changes) throws ProblemException {
    Published<KnownVersions> known = versions.timeline().current(bulkhead);
    if (known.isStale()) {
      throw new ProblemException(Problem.away("The list of versions could not be read again."));
    }
    Timeline timeline = known.content().timeline();
    List<VersionEntry> all = timeline.before("", timeline.size());
    if (all.isEmpty()) {
      return List.of();
    }
    List<VersionEntry> kept = kept(all, versions.zone());
    List<SiteFile> files = new ArrayList<>();
    List<SiteVersions.Line> lines = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      String id = kept.get(i).id();
      files.add(SiteFile.forGood(SitePaths.version(id), () -> content.of(version(id))));
      String path = null;
      if (changes.isPresent() && i + 1 < kept.size()) {
        String from = kept.get(i + 1).id();
        path = SitePaths.changes(from, id);
        files.add(SiteFile.forGood(path, () -> changes.get().of(version(from), version(id))));
      }
      lines.add(line(kept.get(i), path));
    }
    SiteVersions list = new SiteVersions(day(all.get(Math.min(NEWEST, all.size()) - 1)), lines);
    files.add(new SiteFile(SitePaths.VERSIONS, () -> Answer.of(Answer.JSON, json.write(list))));
    return files;
  }

  private Version version(String id) throws ProblemException {
    return versions.manifests().listed(id, bulkhead);
  }

  /** Those that the site has of some versions, newest first. */
  static List<VersionEntry> kept(List<VersionEntry> newestFirst, ZoneId zone) {
    List<VersionEntry> kept = new ArrayList<>();
    Set<YearMonth> months = new HashSet<>();
    for (int i = 0; i < newestFirst.size(); i++) {
      VersionEntry version = newestFirst.get(i);
      boolean isLastOfMonth =
          i >= NEWEST
              && months.size() < MONTHS
              && months.add(YearMonth.from(version.at().atZone(zone)));
      if (i < NEWEST || isLastOfMonth || i == newestFirst.size() - 1) {
        kept.add(version);
      }
    }
    return kept;
  }

  private SiteVersions.Line line(VersionEntry version, @Nullable String changes) {
    return new SiteVersions.Line(
        version.id(), version.at(), day(version), SitePaths.version(version.id()), changes);
  }

  private LocalDate day(VersionEntry version) {
    return LocalDate.ofInstant(version.at(), versions.zone());
  }
}
