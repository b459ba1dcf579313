package routes;

import chunks.ChunkHistory;
import chunks.ChunkHistory.Event;
import chunks.ChunkMessage;
import covid.Run;
import covid.StoreFact;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import telemetry.TraceParent;
import web.Json;

/**
 * Chunks without a result, to the queue, which only says who works on what.
 *
 * <pre>
 *   send-chunks         those without a result
 *     -> send-chunk       chunks.to; one that cannot be sent is sent with the next ones
 * </pre>
 */
public final class SendChunkRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("send-chunks");

  private final ChunkQueue queue;
  private final ChunkHistory history;
  private final Json json;

  /**
   * @param queue where the chunks go
   * @param history told how many are sent again
   * @param json how messages are written
   */
  public SendChunkRoutes(ChunkQueue queue, ChunkHistory history, Json json) {
    this.queue = queue;
    this.history = history;
    this.json = json;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("chunkNotSent", (Processor) SendChunkRoutes::noteNotSent);

    from("direct:send-chunks")
        .routeId("send-chunks")
        .routeConfigurationId("stages")
        .setBody(this::toSend)
        .id("unsettled-chunks")
        .split(body())
        .streaming()
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .executorService("store")
        .to("direct:send-chunk")
        .end();

    from("direct:send-chunk")
        .routeId("send-chunk")
        .routeConfigurationId("send-chunk")
        // All but the trace, if there is one, which becomes an attribute of the message.
        .removeHeaders("*", TraceParent.NAME)
        .marshal(json.of(ChunkMessage.class))
        .convertBodyTo(String.class)
        .to(queue.producer());
  }

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
}
