package routes;

import covid.RunFailedException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import versions.Pointer;
import versions.Timeline;
import versions.Version;
import versions.VersionEntry;

/**
 * Where an import belongs among the versions, as they were read.
 *
 * @param at the time of the import
 * @param index the object that has most of the versions
 * @param timeline all of them
 * @param parent the version before it; null if there is none
 * @param isLatest whether it is later than the published set, and so becomes that
 */
record ImportPlan(
    Instant at,
    StoredIndex.Read index,
    Timeline timeline,
    @Nullable VersionEntry parent,
    boolean isLatest) {
  private static final String VARIABLE = "plan";

  /** The plan that an exchange has kept. */
  static ImportPlan of(Exchange exchange) {
    return exchange.getVariable(VARIABLE, ImportPlan.class);
  }

  /** Keeps it for the steps that follow. */
  void keep(Exchange exchange) {
    exchange.setVariable(VARIABLE, this);
  }

  /**
   * Finds the place.
   *
   * @param set the published set; empty if there is none
   * @throws RunFailedException if a pull has found since that another version was the current one,
   *     or versions of that time are no longer kept
   */
  static ImportPlan of(Instant at, Optional<BaseSet> set, StoredIndex.Read index)
      throws RunFailedException {
    Optional<Pointer> pointer = set.flatMap(BaseSet::pointer);
    boolean isLatest = set.isEmpty() || at.isAfter(time(set.get()));
    if (isLatest && pointer.isPresent() && !at.isAfter(pointer.get().pulledAt())) {
      throw new RunFailedException(
          ("Version %s was still the current one at %s, when the feeds were pulled again: there can"
                  + " be no other version of %s.")
              .formatted(pointer.get().version(), pointer.get().pulledAt(), at));
    }
    Instant keptSince = index.versions().keptSince();
    if (keptSince != null && at.isBefore(keptSince)) {
      throw new RunFailedException(
          "Versions before %s are no longer kept (versions.keep), so one of %s would be removed again."
              .formatted(keptSince, at));
    }
    Timeline timeline =
        new Timeline(index.versions(), pointer.map(Pointer::recent).orElse(List.of()));
    return new ImportPlan(at, index, timeline, timeline.asOf(at).orElse(null), isLatest);
  }

  /** The time of the current version, in whole seconds. */
  private static Instant time(BaseSet set) {
    return set.pointer()
        .map(Pointer::at)
        .orElseGet(() -> set.lastModified().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Whether a version is there. */
  boolean has(Version version) {
    return timeline.has(version.id());
  }

  /** What to say if the import has the content of the version before it. */
  String nothingNew() {
    if (parent == null) {
      return "Nothing to import for %s: the published set has the same content.".formatted(at);
    }
    return parent.at().equals(at)
        ? isThere(parent.id())
        : "Nothing to import for %s: the version before it, %s, has the same content."
            .formatted(at, parent.id());
  }

  /** What to say if the import is a version already. */
  static String isThere(String id) {
    return "Version %s is there already.".formatted(id);
  }

  /** What to say of the new version. */
  static String imported(Version version) {
    return String.format(
        Locale.ROOT,
        "Imported version %s: %,d days to %s; %,d added, %,d revised, %,d removed against %s.",
        version.id(),
        version.rows(),
        version.newestDay(),
        version.changes().added(),
        version.changes().revised(),
        version.changes().removed(),
        version.parent() == null ? "none before it" : version.parent());
  }
}
