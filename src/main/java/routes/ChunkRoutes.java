package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.apache.camel.component.aws2.ddb.Ddb2Constants.CONSISTENT_READ;

import aws.ItemLayout;
import chunks.ChunkMessage;
import chunks.ChunkResult;
import covid.Day;
import covid.DayColumns;
import covid.DeadLetter;
import covid.JoinedDays;
import covid.PullFact;
import covid.Run;
import covid.RunFailedException;
import covid.StoreFact;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.sqs.Sqs2Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Json;

/**
 * One chunk: its days into the table, and what became of each of them into the bucket. It can be
 * stored any number of times, by any number of processes: the attribute {@code Run} of an item says
 * which run inserted it, and the first result counts.
 *
 * <pre>
 *   store-chunk          chunks.from: a message, which is removed when the chunk has a result;
 *                        S3 work/RUN/chunks/
 *     -> store-place     query; the days that the table lacks -> insert-days     PlaceStoreRoutes
 *                        S3 work/RUN/results/, once
 *   seal-chunk           by the coordinator, which inserts nothing
 *     -> query-place     consistent; what the table lacks is a dead letter       PlaceStoreRoutes
 * </pre>
 */
public final class ChunkRoutes extends RouteBuilder {
  /** The variable with the {@link ChunkMessage} of the chunk. */
  static final String MESSAGE = "chunk";

  private static final Logger LOG = LoggerFactory.getLogger("store-chunk");

  /** So many characters show what a message is. */
  private static final int MOST_SHOWN = 200;

  private static final String RECEIVES = "ApproximateReceiveCount";

  private final Optional<ChunkQueue> queue;
  private final int concurrency;
  private final IntConsumer receives;
  private final Json json;
  private final Clock clock;

  /**
   * @param queue where chunks are taken from; empty if this process is no worker
   * @param concurrency how many chunks it stores at a time
   * @param receives told of each message how often it was received
   * @param json how objects and messages are written
   * @param clock the time of a failure
   */
  public ChunkRoutes(
      Optional<ChunkQueue> queue, int concurrency, IntConsumer receives, Json json, Clock clock) {
    this.queue = queue;
    this.concurrency = concurrency;
    this.receives = receives;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void configure() {
    queue.ifPresent(
        from -> {
          bindToRegistry("queueTrouble", new QueueTrouble());
          from(from.consumer(concurrency))
              .routeId("store-chunk")
              .routeConfigurationId("chunks")
              .process(this::receive)
              .id("receive")
              .process(this::begin)
              .id("begin-chunk")
              .enrich("direct:store-place", ChunkRoutes::noteEnd, true)
              .process(exchange -> putResult(exchange, false))
              .id("put-result");
        });

    from("direct:seal-chunk")
        .routeId("seal-chunk")
        .routeConfigurationId("stages")
        .setVariable(MESSAGE, body())
        .process(this::beginUnsettled)
        .id("begin-unsettled-chunk")
        .setVariable(CONSISTENT_READ, constant(true))
        .filter(exchange -> ItemLayout.isKey(PlaceStoreRoutes.place(exchange)))
        .id("if-place-of-chunk-is-key")
        .enrich("direct:query-place", ChunkRoutes::noteEnd, true)
        .end()
        .process(this::leave)
        .id("leave-days")
        .process(exchange -> putResult(exchange, true))
        .id("put-sealed-result");
  }

  /**
   * Reads the message.
   *
   * @throws RunFailedException if it is not one of this program
   */
  private void receive(Exchange exchange) throws RunFailedException {
    Map<?, ?> attributes =
        exchange.getMessage().getHeader(Sqs2Constants.MESSAGE_ATTRIBUTES, Map.of(), Map.class);
    // Headers of the message could steer later steps.
    String text = exchange.getMessage().getBody(String.class);
    try {
      exchange.setVariable(
          MESSAGE, json.read(text.getBytes(UTF_8), ChunkMessage.class).orElseThrow());
    } catch (IOException | RuntimeException e) {
      throw new RunFailedException(
          "The message \"%s\" does not name a chunk: remove it from the queue, and look for who sent it."
              .formatted(beginning(ForeignText.oneLine(text))));
    }
    receives.accept(receiveCount(attributes));
  }

  private static String beginning(String line) {
    return line.length() <= MOST_SHOWN ? line : line.substring(0, MOST_SHOWN) + "...";
  }

  private static int receiveCount(Map<?, ?> attributes) {
    Object count = attributes.get(RECEIVES);
    return count == null ? 1 : Integer.parseInt(count.toString());
  }

  private void begin(Exchange exchange) throws IOException, RunFailedException {
    ChunkMessage chunk = exchange.getVariable(MESSAGE, ChunkMessage.class);
    begin(exchange, chunk, RunWork.of(exchange, json).chunk(chunk));
  }

  /** The coordinator has the days of each chunk, even if the bucket has lost them. */
  private void beginUnsettled(Exchange exchange) {
    ChunkMessage chunk = exchange.getVariable(MESSAGE, ChunkMessage.class);
    begin(exchange, chunk, OpenChunks.of(exchange).days(chunk));
  }

  /** Begins a part of the run, which has the days of the chunk alone; they become the body. */
  private void begin(Exchange exchange, ChunkMessage chunk, DayColumns days) {
    Run part = Run.begin(chunk.run(), "work", clock.instant());
    part.note(new PullFact.DaysJoined(new JoinedDays(days, new TreeMap<>())));
    exchange.setVariable("run", part);
    exchange.getMessage().setBody(days.byPlace().values().iterator().next());
  }

  /**
   * A step runs in a separate exchange, so that what it handles does not end this one, and the
   * headers of a message stay, by which it is removed.
   */
  static Exchange noteEnd(Exchange exchange, Exchange step) {
    if (step.getException() != null) {
      exchange.setException(step.getException());
    }
    return exchange;
  }

  /** Notes dead letters of the days that the table lacks. */
  private void leave(Exchange exchange) {
    Run part = Runs.of(exchange);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    for (Day day : part.days().missing()) {
      part.note(
          new StoreFact.DayDeadLettered(
              DeadLetter.first(day, "No worker has stored it by run.deadline.", 0, now)));
    }
  }

  /**
   * Puts the result of the chunk, whose days all have an outcome.
   *
   * @throws RunFailedException if the table can be neither read nor written
   */
  private void putResult(Exchange exchange, boolean sealed) throws RunFailedException {
    Run part = Runs.of(exchange);
    part.table().check();
    ChunkMessage chunk = exchange.getVariable(MESSAGE, ChunkMessage.class);
    ChunkResult result = ChunkResult.of(chunk, part.days(), sealed);
    boolean first = RunWork.of(exchange, json).putResult(result);
    LOG.info(
        "Chunk {} of run {}, {}: {} added, {} present, {} to the dead letter{}",
        chunk.chunk(),
        chunk.run(),
        ForeignText.oneLine(part.joined().days().byPlace().firstKey().name()),
        result.added().size(),
        result.present().size(),
        result.deadLetters().size(),
        first ? "" : "; it had a result already");
  }
}
