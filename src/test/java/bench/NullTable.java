package bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * For the benchmarks: a table across a network that costs hardly any of the machine's time. It
 * answers each request of DynamoDB some time after its arrival, as a table would that is empty and
 * takes everything; it keeps nothing and counts what it was to insert.
 */
final class NullTable implements AutoCloseable {
  private static final Duration USUAL_DELAY = Duration.ofMillis(5);
  private static final byte[] STATEMENT = "\"Statement\":".getBytes(UTF_8);

  private final AtomicInteger inserted = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Duration delay = USUAL_DELAY;

  NullTable() throws IOException {
    // Otherwise the body of an answer waits for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it listens. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** How many items it was to insert since the last {@link #reset()}. */
  int inserted() {
    return inserted.get();
  }

  /** From now on it answers so long after a request. */
  void answerAfter(Duration delay) {
    this.delay = delay;
  }

  /** Counts anew, and answers after {@code 5 ms}. */
  void reset() {
    inserted.set(0);
    delay = USUAL_DELAY;
  }

  private void handle(HttpExchange exchange) throws IOException {
    long arrival = System.nanoTime();
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      byte[] request = exchange.getRequestBody().readAllBytes();
      byte[] answer = answer(target.substring(target.indexOf('.') + 1), request).getBytes(UTF_8);
      LockSupport.parkNanos(arrival + delay.toNanos() - System.nanoTime());
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private String answer(String operation, byte[] request) throws IOException {
    switch (operation) {
      case "Query" -> {
        return "{\"Count\":0,\"Items\":[],\"ScannedCount\":0}";
      }
      case "PutItem" -> {
        inserted.incrementAndGet();
        return "{}";
      }
      case "BatchExecuteStatement" -> {
        int statements = statements(request);
        inserted.addAndGet(statements);
        String table = "{\"TableName\":\"null\"}";
        return "{\"Responses\":[" + String.join(",", Collections.nCopies(statements, table)) + "]}";
      }
      default -> throw new IOException("Not an operation of this table: " + operation);
    }
  }

  /** How many statements a request has; parsing it would cost more than what is measured. */
  private static int statements(byte[] request) {
    int count = 0;
    for (int i = 0; i + STATEMENT.length <= request.length; i++) {
      if (request[i] == '"'
          && Arrays.equals(request, i, i + STATEMENT.length, STATEMENT, 0, STATEMENT.length)) {
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
