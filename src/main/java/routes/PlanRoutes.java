package routes;

import chunks.Chunk;
import chunks.ChunkHistory;
import chunks.ChunkHistory.Event;
import chunks.ChunkMessage;
import chunks.Plan;
import covid.DayColumns;
import covid.LastPull;
import covid.PlaceDays;
import covid.Run;
import covid.RunFact;
import covid.RunFailedException;
import covid.StoreFact;
import feeds.SetBytes;
import feeds.SetFormat;
import feeds.SetText;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Json;

/**
 * The store stage of a run whose chunks go to workers through a queue. The queue only says who
 * works on what: that a chunk is settled, its result in the bucket says.
 *
 * <pre>
 *   store-days
 *     -> plan-chunks            the days of each place -> S3 work/RUN/chunks/, then work/RUN/plan.json
 *     until each chunk has a result:
 *     -> send-chunks            those without one -> chunks.to; again after chunks.resend-after
 *     -> read-results           S3 work/RUN/results/ -> facts of the run
 *     -> seal-chunks            past run.deadline: the coordinator settles the rest      ChunkRoutes
 *     -> settle-dead-letters    S3 dead-letter/                                PlaceDeadLetterRoutes
 * </pre>
 */
public final class PlanRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("send-chunks");

  /** The variable with the chunks of a plan that have been put. */
  private static final String PUT = "put";

  private static final int MOST_NAMED = 5;

  /** The variable that is set if another process has planned the run. */
  private static final String OTHER_PLAN = "otherPlan";

  private final ChunkQueue queue;
  private final Limits limits;
  private final SetFormat format;
  private final ChunkHistory history;
  private final Json json;
  private final Clock clock;

  /**
   * How long a run waits for workers.
   *
   * @param poll how often it looks for results
   * @param resendAfter without progress for so long, it sends chunks again
   * @param deadline so long after the plan, it settles chunks itself
   */
  public record Limits(Duration poll, Duration resendAfter, Duration deadline) {}

  /**
   * @param queue where the chunks go
   * @param limits of the waiting
   * @param format of the days of a chunk
   * @param history receives what becomes of the chunks
   * @param json how objects and messages are written
   * @param clock tells whether there is progress
   */
  public PlanRoutes(
      ChunkQueue queue,
      Limits limits,
      SetFormat format,
      ChunkHistory history,
      Json json,
      Clock clock) {
    this.queue = queue;
    this.limits = limits;
    this.format = format;
    this.history = history;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("chunkNotSent", (Processor) PlanRoutes::noteNotSent);

    from("direct:store-days")
        .routeId("store-days")
        .routeConfigurationId("stages")
        .to("direct:plan-chunks")
        .filter(variable(OTHER_PLAN).isNotNull())
        .to("direct:collect-days")
        .to("direct:check-days")
        .end()
        .process(this::open)
        .id("open-chunks")
        .filter(variable(OpenRunRoutes.CONTINUED).isNotNull())
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

    from("direct:plan-chunks")
        .routeId("plan-chunks")
        .routeConfigurationId("stages")
        .filter(exchange -> OpenRunRoutes.plan(exchange).isEmpty())
        .id("unless-planned")
        .setVariable(PUT)
        .exchange(exchange -> new ConcurrentSkipListMap<Integer, Chunk>())
        .setBody(PlanRoutes::places)
        .id("places-to-plan")
        .split(body())
        .parallelProcessing()
        .executorService("store")
        .stopOnException()
        .to("direct:put-chunk")
        .end()
        .process(this::putPlan)
        .id("put-plan");

    from("direct:put-chunk")
        .routeId("put-chunk")
        .routeConfigurationId("stages")
        .process(this::putChunk)
        .id("put-days-of-chunk");

    from("direct:send-chunks")
        .routeId("send-chunks")
        .routeConfigurationId("stages")
        .setBody(this::toSend)
        .id("unsettled-chunks")
        .split(body())
        .parallelProcessing()
        .executorService("store")
        .to("direct:send-chunk")
        .end();

    from("direct:send-chunk")
        .routeId("send-chunk")
        .routeConfigurationId("send-chunk")
        .removeHeaders("*")
        .marshal(json.of(ChunkMessage.class))
        .convertBodyTo(String.class)
        .to(queue.producer());

    from("direct:read-results")
        .routeId("read-results")
        .routeConfigurationId("results")
        .setBody(this::newResults)
        .id("new-results")
        .split(body())
        .parallelProcessing()
        .executorService("store")
        .stopOnException()
        .to("direct:read-result")
        .end();

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

  // --- The plan

  /** The days that are to be stored, of one place each. */
  private static Collection<PlaceDays> places(Exchange exchange) {
    return daysToStore(Runs.of(exchange)).byPlace().values();
  }

  private static DayColumns daysToStore(Run run) {
    return Plan.days(run.joined().days(), run.days().left());
  }

  /**
   * Puts the days of a place. The text of one place after the other is made here, since that of all
   * of them takes more memory than everything else.
   */
  private void putChunk(Exchange exchange) throws IOException {
    PlaceDays days = exchange.getMessage().getBody(PlaceDays.class);
    SetText text = SetBytes.of(format, DayColumns.of(List.of(days)));
    Chunk chunk =
        new Chunk(
            exchange.getProperty(Exchange.SPLIT_INDEX, int.class),
            days.place(),
            text.sha256(),
            days.size());
    WorkObjects.of(exchange, json)
        .putChunk(Runs.of(exchange).id(), chunk, text.packed(days.place(), Instant.EPOCH));
    chunks(exchange).put(chunk.number(), chunk);
  }

  /** The chunks that have been put, by their numbers. */
  @SuppressWarnings("unchecked")
  private static Map<Integer, Chunk> chunks(Exchange exchange) {
    return exchange.getVariable(PUT, Map.class);
  }

  private Plan plan(Exchange exchange) {
    Run run = Runs.of(exchange);
    return new Plan(
        run.id(),
        clock.instant().truncatedTo(ChronoUnit.MILLIS),
        run.pulledAt().orElseThrow(),
        feeds(run),
        run.days().left(),
        daysToStore(run).size(),
        List.copyOf(chunks(exchange).values()));
  }

  private static List<Plan.Feed> feeds(Run run) {
    Map<String, String> etags =
        run.pulls().kept().stream().collect(Collectors.toMap(LastPull::feed, LastPull::etag));
    return run.pulls().bodies().entrySet().stream()
        .map(
            feed ->
                new Plan.Feed(
                    feed.getKey(), feed.getValue(), etags.getOrDefault(feed.getKey(), "")))
        .toList();
  }

  /**
   * Puts the plan. If another process has made one meanwhile, that one counts, and the days are
   * those of its pull.
   */
  private void putPlan(Exchange exchange) throws RunFailedException {
    Plan plan = plan(exchange);
    WorkObjects objects = WorkObjects.of(exchange, json);
    Plan first = objects.putPlan(plan) ? plan : objects.plan(plan.run()).orElseThrow();
    OpenRunRoutes.keep(exchange, first);
    if (first.equals(plan)) {
      history.note(Event.PLANNED, plan.chunks().size());
    } else {
      LOG.info("Another process has planned run {}: taking its feeds", plan.run());
      exchange.setVariable(OTHER_PLAN, true);
    }
  }

  private void open(Exchange exchange) throws RunFailedException {
    Run run = Runs.of(exchange);
    Plan plan = OpenRunRoutes.plan(exchange).orElseThrow();
    history.unsettled(plan.at());
    run.note(new StoreFact.ChunksPlanned(plan.chunks().size()));
    new OpenChunks(plan, run.joined().days(), clock).keep(exchange);
  }

  // --- The queue

  private List<ChunkMessage> toSend(Exchange exchange) {
    OpenChunks chunks = OpenChunks.of(exchange);
    List<ChunkMessage> unsettled = chunks.unsettled();
    if (chunks.sending()) {
      LOG.warn("No progress: sending {} chunks again", unsettled.size());
      history.note(Event.RESENT, unsettled.size());
    } else {
      LOG.info("Sending {} chunks", unsettled.size());
    }
    return unsettled;
  }

  /** A chunk that cannot be sent now is sent with the others that have no result. */
  private static void noteNotSent(Exchange exchange) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Run run = Runs.of(exchange);
    if (!run.log().has(StoreFact.QueueAway.class)) {
      LOG.error("Chunks cannot be sent: {}", Reason.forLog(error, "send-chunk"), error);
    }
    run.note(
        new StoreFact.QueueAway(
            "Not all chunks could be sent at once: " + Reason.of(error, "send-chunk")));
  }

  // --- Results

  private List<Integer> newResults(Exchange exchange) {
    OpenChunks chunks = OpenChunks.of(exchange);
    return chunks.unknown(WorkObjects.of(exchange, json).settled(chunks.plan().run()));
  }

  private void settle(Exchange exchange) throws RunFailedException {
    OpenChunks chunks = OpenChunks.of(exchange);
    Chunk chunk = chunks.plan().chunks().get(exchange.getMessage().getBody(int.class));
    Run run = Runs.of(exchange);
    if (chunks.settle(
        run, chunk, WorkObjects.of(exchange, json).result(chunks.plan().run(), chunk))) {
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
