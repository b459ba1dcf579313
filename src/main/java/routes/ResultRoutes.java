package routes;

import chunks.Chunk;
import chunks.ChunkHistory;
import chunks.ChunkHistory.Event;
import chunks.Plan;
import covid.Run;
import covid.RunFact;
import covid.RunFailedException;
import covid.StoreFact;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.PredicateBuilder;
import org.apache.camel.builder.RouteBuilder;
import web.Json;

/**
 * The store stage of a run whose chunks go to workers: it waits until each chunk has a result in
 * the bucket, which settles it.
 *
 * <pre>
 *   store-days
 *     -> plan-chunks            the days of each place -> S3 work/RUN/                  PlanRoutes
 *     until each chunk has a result:
 *     -> send-chunks            those without one; again after chunks.resend-after  SendChunkRoutes
 *     -> read-results           S3 work/RUN/results/ -> facts of the run
 *     -> seal-chunks            past run.deadline: the coordinator settles the rest     ChunkRoutes
 *     -> settle-dead-letters    S3 dead-letter/                                PlaceDeadLetterRoutes
 * </pre>
 */
public final class ResultRoutes extends RouteBuilder {
  private static final int MOST_NAMED = 5;

  private final ChunkLimits limits;
  private final ChunkHistory history;
  private final Json json;
  private final Clock clock;
  private final ResultTrouble trouble = new ResultTrouble();

  /**
   * @param limits of the waiting
   * @param history receives what becomes of the chunks
   * @param json how results are read
   * @param clock tells whether there is progress
   */
  public ResultRoutes(ChunkLimits limits, ChunkHistory history, Json json, Clock clock) {
    this.limits = limits;
    this.history = history;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("resultTrouble", trouble);

    from("direct:store-days")
        .routeId("store-days")
        .routeConfigurationId("stages")
        .to("direct:plan-chunks")
        .filter(variable(PlanRoutes.OTHER_PLAN).isNotNull())
        .to("direct:collect-days")
        .to("direct:check-days")
        .end()
        .process(this::open)
        .id("open-chunks")
        // What another process planned may have been stored: only the rest is sent.
        .filter(
            PredicateBuilder.or(
                variable(OpenRunRoutes.CONTINUED).isNotNull(),
                variable(PlanRoutes.OTHER_PLAN).isNotNull()))
        .enrich("direct:read-results", ChunkRoutes::noteEnd, true)
        .end()
        .to("direct:send-chunks")
        .loopDoWhile(exchange -> !OpenChunks.of(exchange).isSettled())
        .delay(constant(limits.poll().toMillis()))
        // Of the delay: without it, the end of the loop would be that of the delay.
        .end()
        .enrich("direct:read-results", ChunkRoutes::noteEnd, true)
        .choice()
        .when(exchange -> OpenChunks.of(exchange).isOverdue(limits.deadline()))
        .to("direct:seal-chunks")
        .when(exchange -> OpenChunks.of(exchange).isStuck(limits.resendAfter()))
        .to("direct:send-chunks")
        .end()
        .end()
        .process(this::noteSettled)
        .id("note-settled")
        .to("direct:settle-dead-letters");

    from("direct:read-results")
        .routeId("read-results")
        .routeConfigurationId("results")
        .setBody(this::newResults)
        .id("new-results")
        .split(body())
        .streaming()
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .executorService("store")
        .stopOnException()
        .to("direct:read-result")
        .end()
        .process(trouble::noteEnd)
        .id("note-trouble");

    from("direct:read-result")
        .routeId("read-result")
        .routeConfigurationId("results")
        .process(this::settle)
        .id("settle-chunk");

    from("direct:seal-chunks")
        .routeId("seal-chunks")
        .routeConfigurationId("stages")
        .setBody(exchange -> OpenChunks.of(exchange).unsettled())
        .split(body())
        .stopOnException()
        .to("direct:seal-chunk")
        .end();
  }

  private void open(Exchange exchange) throws RunFailedException {
    Run run = Runs.of(exchange);
    Plan plan = OpenRunRoutes.plan(exchange).orElseThrow();
    history.unsettled(plan.at());
    run.note(new StoreFact.ChunksPlanned(plan.chunks().size()));
    new OpenChunks(plan, run.joined().days(), clock).keep(exchange);
  }

  private List<Integer> newResults(Exchange exchange) {
    OpenChunks chunks = OpenChunks.of(exchange);
    return chunks.unknown(RunWork.of(exchange, json).settled(chunks.plan().run()));
  }

  private void settle(Exchange exchange) throws RunFailedException {
    OpenChunks chunks = OpenChunks.of(exchange);
    Chunk chunk = chunks.plan().chunks().get(exchange.getMessage().getBody(int.class));
    Run run = Runs.of(exchange);
    if (chunks.settle(run, chunk, RunWork.of(exchange, json).result(chunks.plan().run(), chunk))) {
      run.note(new StoreFact.ChunkSettled(chunk.number()));
      history.note(Event.SETTLED, 1);
    }
  }

  private void noteSettled(Exchange exchange) {
    List<Chunk> sealed = OpenChunks.of(exchange).sealed();
    if (sealed.isEmpty()) {
      return;
    }
    history.note(Event.SEALED, sealed.size());
    String named =
        sealed.stream()
            .limit(MOST_NAMED)
            .map(chunk -> ForeignText.oneLine(chunk.place().name()))
            .collect(Collectors.joining("; "));
    Runs.of(exchange)
        .note(
            new RunFact.Warned(
                "No worker stored %d of %d chunks by run.deadline; what the table lacks of them is in the dead letter: %s%s. Look for their messages in the queue's dead-letter queue, and into the logs of the workers."
                    .formatted(
                        sealed.size(),
                        OpenChunks.of(exchange).plan().chunks().size(),
                        named,
                        sealed.size() > MOST_NAMED ? "; and more" : "")));
  }
}
