package routes;

import chunks.ChunkMessage;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker says of chunks that it cannot store, and of a queue that it cannot ask: one line
 * each. The message stays in the queue, and comes again.
 */
public final class QueueTrouble implements ExceptionHandler, PollingConsumerPollStrategy {
  private static final Logger LOG = LoggerFactory.getLogger("store-chunk");

  /** The property of an exchange whose failure is in the log. */
  private static final String SAID = "said";

  private final Trouble away = new Trouble();

  @Override
  public void handleException(Throwable exception) {
    LOG.error("{}", Reason.forLog(exception, "store-chunk"), exception);
  }

  @Override
  public void handleException(@Nullable String message, Throwable exception) {
    handleException(exception);
  }

  @Override
  public void handleException(
      @Nullable String message, @Nullable Exchange exchange, Throwable exception) {
    // The consumer hands a failure over twice.
    if (exchange != null && exchange.getProperty(SAID) != null) {
      return;
    }
    if (exchange != null) {
      exchange.setProperty(SAID, true);
    }
    ChunkMessage chunk =
        exchange == null ? null : exchange.getVariable(ChunkRoutes.MESSAGE, ChunkMessage.class);
    String reason = Reason.forLog(exception, "store-chunk");
    if (chunk == null) {
      LOG.error("A message stays in the queue: {}", reason, exception);
    } else {
      LOG.error(
          "Chunk {} of run {} stays in the queue: {}",
          chunk.chunk(),
          chunk.run(),
          reason,
          exception);
    }
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    return true;
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    if (away.ends()) {
      LOG.info("The queue answers again");
    }
  }

  /** Many consumers ask at the same time: the first one that gets no answer says so. */
  @Override
  public boolean rollback(Consumer consumer, Endpoint endpoint, int retries, Exception cause) {
    if (away.begins()) {
      LOG.error("No chunks can be taken: {}", Reason.forLog(cause, "store-chunk"), cause);
    }
    return false;
  }
}
