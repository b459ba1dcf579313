package covid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folds the facts of a run into its report. The first refusal or failure gives the reason; later
 * ones become warnings.
 */
final class ReportFold {
  private final Facts facts;
  private final Pulls pulls;
  private final StoredDays days;
  private final List<String> warnings = new ArrayList<>();
  private @Nullable End end;

  private record End(RunStatus status, String reason) {}

  ReportFold(Facts facts) {
    this.facts = facts;
    this.pulls = Pulls.of(facts);
    this.days = StoredDays.of(facts);
    facts.all(Fact.class).forEach(this::read);
    refused().ifPresent(refused -> warnings.add(0, refused.sentence()));
  }

  private void read(Fact fact) {
    if (fact instanceof RunFact.Warned warned) {
      warnOnce(warned.warning());
    } else if (fact instanceof StoreFact.BatchesRefused refused) {
      warnOnce(refused.warning());
    } else if (fact instanceof PublicationFact.VersionsRefused refused) {
      warnOnce(refused.warning());
    } else if (fact instanceof PullFact.BodiesRefused refused) {
      warnOnce(refused.warning());
    } else if (fact instanceof StoreFact.QueueAway away) {
      warnOnce(away.warning());
    } else if (fact instanceof RunFact.NotAnnounced failed) {
      warnOnce(failed.reason());
    } else if (fact instanceof RunFact.NotPosted failed) {
      warnOnce(failed.reason());
    } else if (fact instanceof RunFact.RunRefused run) {
      ended(new End(RunStatus.REFUSED, run.reason()));
    } else if (fact instanceof RunFact.RunFailed failed) {
      ended(new End(RunStatus.FAILED, failed.reason()));
    }
  }

  /**
   * Other batches or objects may be on their way when the first is refused, and a pull that was
   * forgotten may have been warned of as the one in its place is.
   */
  private void warnOnce(String warning) {
    if (!warnings.contains(warning)) {
      warnings.add(warning);
    }
  }

  private void ended(End one) {
    if (end == null) {
      end = one;
    } else {
      warnOnce(one.reason());
    }
  }

  RunReport report(String id, String trigger, Instant startedAt) {
    Instant finishedAt = facts.last(RunFact.StagesEnded.class).orElseThrow().at();
    return new RunReport(
        id,
        trigger,
        startedAt,
        finishedAt,
        Duration.between(startedAt, finishedAt),
        status(),
        end == null ? null : end.reason(),
        days.added(),
        feeds(),
        days.days(),
        days.revised(),
        days.deadLetters(),
        days.replay(),
        facts
            .last(PublicationFact.SetPublished.class)
            .map(PublicationFact.SetPublished::set)
            .orElse(null),
        facts.all(RunFact.UnfinishedRunFound.class).map(RunFact.UnfinishedRunFound::run).toList(),
        List.copyOf(warnings),
        facts.last(PullFact.PlacesStalled.class).map(PullFact.PlacesStalled::places).orElse(null),
        facts
            .last(PublicationFact.Superseded.class)
            .map(PublicationFact.Superseded::by)
            .orElse(null),
        facts.last(PullFact.RawOf.class).map(PullFact.RawOf::run).orElse(null),
        quarantine());
  }

  private @Nullable List<QuarantinedRow> quarantine() {
    List<QuarantinedRow> rows = pulls.quarantine();
    // A copy, since the sublist would keep all rows in the memory of reports.
    return rows.isEmpty()
        ? null
        : List.copyOf(rows.subList(0, Math.min(rows.size(), RunReport.MOST_QUARANTINED)));
  }

  /** Those of the last judgement: a pull is judged again if another set is published meanwhile. */
  private Optional<PullFact.PlacesRefused> refused() {
    return facts.last(PullFact.PlacesRefused.class).filter(refused -> !refused.places().isEmpty());
  }

  private RunStatus status() {
    if (end != null) {
      return end.status();
    }
    return days.deadLetters().isEmpty() && refused().isEmpty()
        ? RunStatus.SUCCEEDED
        : RunStatus.PARTIAL;
  }

  private List<RunReport.Feed> feeds() {
    return Stream.concat(
            pulls.arrived().stream().map(this::feed),
            pulls.unread().stream().flatMap(feed -> unread(feed).stream()))
        .sorted(Comparator.comparing(RunReport.Feed::name))
        .toList();
  }

  /** A feed whose body was not read again: all is as it was; empty if that is not known. */
  private Optional<RunReport.Feed> unread(PullFact.FeedUnchanged feed) {
    LastPull last = feed.feed();
    return last.content()
        .map(
            content ->
                new RunReport.Feed(
                    last.feed(),
                    feed.url(),
                    last.etag(),
                    last.sha256(),
                    content.bytes(),
                    content.good() + content.empty(),
                    content.good(),
                    content.empty(),
                    0,
                    content.newestDay(),
                    days.joined().onlyIn().getOrDefault(last.feed(), 0),
                    pulls.stalled().contains(last.feed()),
                    List.of(),
                    last.since()));
  }

  private RunReport.Feed feed(FeedSet feed) {
    return new RunReport.Feed(
        feed.name(),
        feed.origin().url(),
        feed.origin().etag(),
        feed.origin().sha256(),
        feed.origin().bytes(),
        feed.counts().rows(),
        feed.counts().good(),
        feed.counts().empty(),
        feed.counts().quarantined(),
        feed.newestDay().orElse(null),
        days.joined().onlyIn().getOrDefault(feed.name(), 0),
        pulls.stalled().contains(feed.name()),
        feed.gaps().incomplete(),
        pulls.unchangedSince(feed).orElse(null));
  }
}
