package serve;

import covid.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import versions.Changes;
import versions.Version;
import versions.Version.PlaceSeries;
import versions.VersionEntry;
import web.Problem;
import web.ProblemException;
import web.VersionLine;

/** Which of some versions changed a place. Not thread-safe. */
final class VersionsOfPlace {
  private final Manifests manifests;
  private final Place place;
  private final List<VersionLine> lines = new ArrayList<>();
  private boolean seen;

  VersionsOfPlace(Manifests manifests, Place place) {
    this.manifests = manifests;
    this.place = place;
  }

  /** The lines found so far. */
  List<VersionLine> lines() {
    return lines;
  }

  /**
   * Looks for versions that changed the place.
   *
   * @param versions newest first
   * @param most how many to find
   * @return the id of the last version that was looked at; null if there was none
   * @throws ProblemException with status 404 if no version has the place, 503 if a manifest is
   *     missing, or cannot be read
   */
  @Nullable String find(List<VersionEntry> versions, int most) throws ProblemException {
    String last = null;
    for (VersionEntry entry : versions) {
      if (lines.size() == most) {
        break;
      }
      last = entry.id();
      look(manifests.listed(last, Bulkhead.UNBOUNDED));
    }
    if (!seen && !versions.isEmpty()) {
      throw new ProblemException(Problem.noPlace(place.name(), List.of()));
    }
    return last;
  }

  private void look(Version version) throws ProblemException {
    Optional<PlaceSeries> now = version.of(place);
    Optional<PlaceSeries> before = parent(version).flatMap(parent -> parent.of(place));
    seen = seen || now.isPresent() || before.isPresent();
    if (now.isPresent()) {
      PlaceSeries series = now.get();
      if (!before.map(PlaceSeries::sha256).equals(Optional.of(series.sha256()))) {
        lines.add(
            VersionLine.of(version.entry(), series.rows(), series.newestDay(), series.changes()));
      }
    } else if (before.isPresent()) {
      Changes removed = new Changes(0, 0, before.get().rows());
      lines.add(VersionLine.of(version.entry(), 0, null, removed));
    }
  }

  private Optional<Version> parent(Version version) throws ProblemException {
    return version.parent() == null
        ? Optional.empty()
        : manifests.find(version.parent(), Bulkhead.UNBOUNDED);
  }
}
