package routes;

import covid.DayColumns;
import covid.Place;
import covid.Run;
import feeds.SetFormat;
import feeds.SetText;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import versions.Origin;
import versions.Pointer;
import versions.Version;
import versions.VersionEntry;
import versions.VersionId;

/**
 * What a run or an import puts into the bucket to publish its days: first series and manifests, and
 * last the set, which names the current version.
 *
 * @param set the text of the set
 * @param days its days
 * @param series those that the version before lacks
 * @param manifests of the set before, if it has none yet, and of the new version; none if the set
 *     is the one before
 * @param before the pointer of the set before, or a first one if it has none; empty before the
 *     first run
 * @param source of the figures
 */
record Publication(
    SetText set,
    DayColumns days,
    List<Series> series,
    List<Version> manifests,
    Optional<Pointer> before,
    ComparedSet.Source source) {

  private static final String VARIABLE = "publication";

  /** A series to be put. */
  record Series(String sha256, SetText set, Place place) {
    byte[] packed(Instant at) throws IOException {
      return set.packed(place, at);
    }
  }

  /**
   * Compares the days of a run with the set before.
   *
   * @param text of the days
   * @param format of the text
   * @param source of the figures
   * @param base the set before; empty before the first run
   */
  static Publication of(
      Run run, SetText text, SetFormat format, ComparedSet.Source source, Optional<BaseSet> base)
      throws IOException {
    List<Series> series = new ArrayList<>();
    List<Version> manifests = new ArrayList<>();
    Optional<Pointer> before = base.flatMap(BaseSet::pointer);
    if (base.isPresent() && before.isEmpty()) {
      ComparedSet found = base.get().compared();
      Version version = found.version(base.get().lastModified(), source.synthetic());
      series.addAll(found.newSeries());
      manifests.add(version);
      before = Optional.of(new Pointer(version.id(), version.at(), null, List.of(version.entry())));
    }
    DayColumns days = run.joined().days();
    ComparedSet set =
        ComparedSet.of(
            text,
            days,
            base.map(BaseSet::days).orElse(DayColumns.NONE),
            base.map(any -> any.content().format().equals(format)).orElse(false));
    if (before.isEmpty() || !set.isSame()) {
      series.addAll(set.newSeries());
      manifests.add(
          set.version(
              before.map(Pointer::version).orElse(null), run.pulledAt().orElseThrow(), source));
    }
    return new Publication(text, days, series, manifests, before, source);
  }

  /** Keeps it for the steps that follow. */
  void keep(Exchange exchange) {
    exchange.setVariable(VARIABLE, this);
  }

  /** The last one that an exchange has kept; empty if there is none. */
  static Optional<Publication> find(Exchange exchange) {
    return Optional.ofNullable(exchange.getVariable(VARIABLE, Publication.class));
  }

  /** The new version; empty if the set is the one before. */
  Optional<Version> made() {
    return manifests.stream().filter(version -> version.origin() != Origin.FOUND).findFirst();
  }

  /**
   * The version as which a process that then died has published the set for the same run; empty if
   * none did, or if it is the first version: its id is then that of one without a parent.
   */
  Optional<VersionEntry> publishedByThisRun(Run run) {
    return before.stream()
        .flatMap(pointer -> pointer.recent().stream())
        .filter(entry -> entry.id().equals(version()) && run.id().equals(entry.run()))
        .filter(
            entry -> !entry.id().equals(VersionId.of(entry.at(), set.sha256(), null, entry.run())))
        .findFirst();
  }

  /** The pointer to go with the set. */
  Pointer pointer(Run run) {
    List<VersionEntry> recent = new ArrayList<>();
    made().map(Version::entry).ifPresent(recent::add);
    before.ifPresent(pointer -> recent.addAll(pointer.recent()));
    return new Pointer(
        version(),
        run.pulledAt().orElseThrow(),
        source.run(),
        recent,
        before.map(Pointer::withheld).orElse(List.of()));
  }

  /** The id of the version that the set is. */
  String version() {
    return made().map(Version::id).or(() -> before.map(Pointer::version)).orElseThrow();
  }
}
