package routes;

import static java.util.Objects.requireNonNull;

import covid.DayColumns;
import covid.PublicationFact;
import covid.Run;
import covid.RunFact;
import covid.RunReport;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import versions.Changes;
import versions.Diff;
import versions.Version;
import versions.VersionEntry;

/**
 * Notes the published set, and the feeds that have stalled and parts that have ended since the last
 * one.
 */
final class NotePublished implements Processor {
  @Override
  public void process(Exchange exchange) {
    Run run = Runs.of(exchange);
    Publication publication = Publication.find(exchange).orElseThrow();
    RunReport.Archive set =
        new RunReport.Archive(
            Bucket.resolved(exchange, Bucket.ARCHIVE),
            publication.days().size(),
            publication.days().newest(),
            publication.set().sha256(),
            run.log().has(PublicationFact.VersionsRefused.class) ? null : publication.version(),
            publication
                .made()
                .map(version -> changed(exchange, version))
                .or(() -> publication.publishedByThisRun(run).map(NotePublished::changed))
                .orElse(null));
    run.note(new PublicationFact.SetPublished(set));
    if (publication.source().run() != null) {
      run.pulls().news().forEach(news -> run.note(new RunFact.Warned(news)));
    }
  }

  /** What a version changed against the set before; null if there was none. */
  private static RunReport.@Nullable Changed changed(Exchange exchange, Version version) {
    return BaseSet.of(exchange)
        .map(
            base ->
                new RunReport.Changed(
                    version.changes().added(),
                    version.changes().revised(),
                    version.changes().removed(),
                    largest(base.days(), Runs.of(exchange).joined().days())))
        .orElse(null);
  }

  /** What a version changed that the same run published in another process. */
  private static RunReport.Changed changed(VersionEntry version) {
    Changes changes = version.changes();
    return new RunReport.Changed(changes.added(), changes.revised(), changes.removed(), null);
  }

  private static RunReport.@Nullable PublishedRevision largest(
      DayColumns before, DayColumns after) {
    return Diff.largest(before, after)
        .filter(day -> day.before() != null && day.after() != null)
        .map(
            day ->
                new RunReport.PublishedRevision(
                    requireNonNull(day.before()), requireNonNull(day.after())))
        .orElse(null);
  }
}
