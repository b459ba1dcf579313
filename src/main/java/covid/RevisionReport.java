package covid;

import static java.util.Objects.requireNonNull;

import covid.RevisedDay.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run of {@code take-revisions} changes in the table. It is recorded before the first
 * change, then without end and outcomes, and again at the end.
 *
 * @param id names the run
 * @param startedAt when it began
 * @param finishedAt when it ended; null before that, and if it died
 * @param status how it ended: succeeded, partial (some days were left or failed) or failed; null
 *     before that
 * @param reason why it failed, in one sentence; null otherwise
 * @param version the id of the version that the published figures are from; null if the set has
 *     none
 * @param published how many published days it was about
 * @param missing how many of them the table lacks; a run adds them
 * @param days those that the table has with other figures, by place and date
 * @param unfinishedRuns earlier runs whose end was not announced
 * @param warnings other information for operators
 */
public record RevisionReport(
    String id,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable RunStatus status,
    @Nullable String reason,
    @Nullable String version,
    int published,
    int missing,
    List<RevisedDay> days,
    List<RunMarker> unfinishedRuns,
    List<String> warnings) {

  public RevisionReport {
    requireNonNull(id, "id");
    requireNonNull(startedAt, "startedAt");
    days = List.copyOf(days);
    unfinishedRuns = List.copyOf(unfinishedRuns);
    warnings = List.copyOf(warnings);
  }

  /** Folds the facts of a run so far. */
  public static RevisionReport of(Run run) {
    Facts facts = run.facts();
    StoredDays stored = StoredDays.of(facts);
    List<RevisedDay> days = days(stored.revisions(), facts);
    Optional<RunReport> end =
        facts.has(RunFact.StagesEnded.class) ? Optional.of(run.report()) : Optional.empty();
    return new RevisionReport(
        run.id(),
        run.startedAt(),
        end.map(RunReport::finishedAt).orElse(null),
        end.map(report -> status(report, days)).orElse(null),
        end.map(RunReport::reason).orElse(null),
        facts.last(RevisionFact.SetRead.class).map(RevisionFact.SetRead::version).orElse(null),
        stored.joined().days().size(),
        stored.missing().size(),
        days,
        end.map(RunReport::unfinishedRuns).orElse(List.of()),
        end.map(RunReport::warnings).orElse(List.of()));
  }

  private static List<RevisedDay> days(List<RunReport.Revision> revisions, Facts facts) {
    Map<DayKey, RevisionFact.RevisionOutcome> outcomes = new HashMap<>();
    facts.all(RevisionFact.RevisionOutcome.class).forEach(fact -> outcomes.put(fact.key(), fact));
    return revisions.stream().map(day -> day(day, outcomes.get(day.feed().key()))).toList();
  }

  private static RevisedDay day(
      RunReport.Revision day, RevisionFact.@Nullable RevisionOutcome fact) {
    if (fact instanceof RevisionFact.RevisionLeft left) {
      Outcome outcome = left.failed() ? Outcome.FAILED : Outcome.LEFT;
      return new RevisedDay(day.feed(), day.stored(), outcome, left.reason());
    }
    Outcome outcome =
        fact == null
            ? null
            : fact instanceof RevisionFact.RevisionTaken ? Outcome.TAKEN : Outcome.PRESENT;
    return new RevisedDay(day.feed(), day.stored(), outcome, null);
  }

  private static RunStatus status(RunReport end, List<RevisedDay> days) {
    if (end.status() == RunStatus.FAILED) {
      return RunStatus.FAILED;
    }
    return days.stream().anyMatch(day -> day.is(Outcome.LEFT) || day.is(Outcome.FAILED))
        ? RunStatus.PARTIAL
        : RunStatus.SUCCEEDED;
  }

  /** The days with an outcome. */
  public List<RevisedDay> with(Outcome outcome) {
    return days.stream().filter(day -> day.is(outcome)).toList();
  }

  /** How many days this run has changed in the table. */
  public int taken() {
    return with(Outcome.TAKEN).size();
  }

  /** The days that are to be taken. */
  public List<RevisedDay> open() {
    return days.stream().filter(day -> day.outcome() == null).toList();
  }
}
