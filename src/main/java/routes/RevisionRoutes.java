package routes;

import covid.Dataset;
import covid.DayColumns;
import covid.DaySelection;
import covid.JoinedDays;
import covid.PullFact;
import covid.RevisionFact;
import covid.RevisionReport;
import covid.Run;
import covid.RunFailedException;
import covid.RunMarker;
import feeds.SetFormat;
import java.time.Clock;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.model.ProcessorDefinition;
import versions.Pointer;
import web.Answer;
import web.Json;

/**
 * Takes published revisions into the table, once an operator asks for it. It is a run without a
 * pull: it has an id, a marker and a message. Its report is the record of what it changes, which is
 * in the bucket before the first change.
 *
 * <pre>
 *   the command "take-revisions"
 *     -> take-revisions
 *          -> open-run             S3 open-runs/: its marker; earlier runs      RunRoutes
 *          -> find-revisions       S3 CSV: the published set; read-table
 *          -> record-revisions     S3 revisions/: old and new figures
 *          -> take-days            each in parallel -> take-day                 TakeRoutes
 *          -> announce-revisions   record -> S3, summary -> SNS                 RevisionAnnounceRoutes
 *   the command "take-revisions --dry-run"
 *     -> preview-revisions         find-revisions; writes nothing
 * </pre>
 */
public final class RevisionRoutes extends RouteBuilder {
  private static final String SELECTION = "selection";

  private final Dataset dataset;
  private final Runs runs;
  private final Json json;
  private final Clock clock;

  /**
   * @param dataset whose table it is
   * @param runs the runs of this process
   * @param json how records are written
   * @param clock the time when the stages end
   */
  public RevisionRoutes(Dataset dataset, Runs runs, Json json, Clock clock) {
    this.dataset = dataset;
    this.runs = runs;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void configure() {
    from("direct:take-revisions")
        .routeId("take-revisions")
        .routeConfigurationId("run")
        .process(this::begin)
        .id("begin-revisions")
        .log("Run ${variable.run.id} begins, by ${variable.run.trigger}")
        .enrich("direct:revision-stages", this::noteEnd, true)
        .to("direct:announce-revisions")
        .log("Run ${body.id} ends: ${body.status}, ${body.taken} taken");

    from("direct:preview-revisions")
        .routeId("preview-revisions")
        .routeConfigurationId("run")
        .process(this::begin)
        .id("begin-preview-of-revisions")
        .enrich("direct:find-revisions", this::noteEnd, true)
        .setBody(RevisionRoutes::report)
        .id("previewed");

    from("direct:revision-stages")
        .routeId("revision-stages")
        .routeConfigurationId("stages")
        .to("direct:open-run")
        .to("direct:find-revisions")
        .filter(exchange -> !report(exchange).open().isEmpty())
        .id("if-any-to-take")
        .to("direct:record-revisions")
        .to("direct:take-days");

    from("direct:find-revisions")
        .routeId("find-revisions")
        .routeConfigurationId("stages")
        .to("direct:read-published-set")
        .process(this::select)
        .id("select-days")
        .to("direct:read-table")
        .to("direct:compare-days");

    from("direct:read-published-set")
        .routeId("read-published-set")
        .routeConfigurationId("published-set")
        .to("direct:pull-set");

    put(
            from("direct:record-revisions")
                .routeId("record-revisions")
                .routeConfigurationId("stages"),
            json)
        .process(exchange -> Runs.of(exchange).note(new RevisionFact.RevisionsRecorded()))
        .id("note-recorded")
        .log("Recorded old and new figures in " + Bucket.REVISION);
  }

  /** Continues a route by putting the record, as far as the run has come. */
  static ProcessorDefinition<?> put(ProcessorDefinition<?> route, Json json) {
    return route
        .removeHeaders("*")
        .setBody(RevisionRoutes::report)
        .marshal(json.of(RevisionReport.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, Builder.constant(Answer.JSON))
        .to(Bucket.put(Bucket.REVISION));
  }

  /** What the run of an exchange has found and done so far. */
  static RevisionReport report(Exchange exchange) {
    return RevisionReport.of(Runs.of(exchange));
  }

  private void begin(Exchange exchange) throws Runs.RunInProgressException {
    exchange.setVariable(SELECTION, exchange.getMessage().getBody(DaySelection.class));
    Run run = runs.begin(RunMarker.TAKE_REVISIONS);
    exchange.setVariable("run", run);
    runs.endWith(run, exchange);
  }

  private Exchange noteEnd(Exchange run, Exchange stages) {
    return RunRoutes.noteStagesEnded(run, stages, clock);
  }

  /**
   * Notes the published days that the command is about, as those that the table is to have.
   *
   * @throws RunFailedException if there are none, or if the set has other columns than the table
   */
  private void select(Exchange exchange) throws RunFailedException {
    BaseSet set =
        BaseSet.of(exchange)
            .orElseThrow(
                () ->
                    new RunFailedException(
                        "No set is published yet, so there are no revisions to take."));
    if (!set.content().format().equals(SetFormat.of(dataset))) {
      throw new RunFailedException(
          "The published set has other columns than the dataset: let a run publish it anew first.");
    }
    DaySelection selection = exchange.getVariable(SELECTION, DaySelection.class);
    DayColumns days = selection.of(set.days());
    if (days.isEmpty()) {
      throw new RunFailedException("The published set has no day %s.".formatted(selection));
    }
    Run run = Runs.of(exchange);
    run.note(new RevisionFact.SetRead(set.pointer().map(Pointer::version).orElse(null)));
    run.note(new PullFact.DaysJoined(new JoinedDays(days, new TreeMap<>())));
  }
}
