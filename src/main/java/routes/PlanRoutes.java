package routes;

import chunks.Chunk;
import chunks.ChunkHistory;
import chunks.ChunkHistory.Event;
import chunks.Plan;
import covid.DayColumns;
import covid.LastPull;
import covid.PlaceDays;
import covid.Run;
import covid.RunFailedException;
import feeds.SetBytes;
import feeds.SetFormat;
import feeds.SetText;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Json;

/**
 * The plan of a run whose chunks go to workers: the days of each place become a chunk.
 *
 * <pre>
 *   plan-chunks          unless there is a plan
 *     -> put-chunk         S3 work/RUN/chunks/, of each place; then work/RUN/plan.json, once
 * </pre>
 */
public final class PlanRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("plan-chunks");

  /** The variable with the chunks of a plan that have been put. */
  private static final String PUT = "put";

  /** The variable that is set if another process has planned the run. */
  static final String OTHER_PLAN = "otherPlan";

  private final SetFormat format;
  private final ChunkHistory history;
  private final Json json;
  private final Clock clock;

  /**
   * @param format of the days of a chunk
   * @param history told how many chunks are planned
   * @param json how objects are written
   * @param clock the time of a plan
   */
  public PlanRoutes(SetFormat format, ChunkHistory history, Json json, Clock clock) {
    this.format = format;
    this.history = history;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void configure() {
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
        .streaming()
        .parallelProcessing()
        .onPrepare(Branches::prepare)
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
  }

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
    RunWork.of(exchange, json)
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
    RunWork work = RunWork.of(exchange, json);
    Plan first = work.putPlan(plan) ? plan : work.plan(plan.run()).orElseThrow();
    if (first.isOfPull(plan)) {
      OpenRunRoutes.keep(exchange, first);
      history.note(Event.PLANNED, first.chunks().size());
      return;
    }
    LOG.info("Another process has planned run {}: taking its feeds", plan.run());
    Runs.of(exchange).forgetPull();
    OpenRunRoutes.take(exchange, first);
    exchange.setVariable(OTHER_PLAN, true);
  }
}
