package bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * For the benchmarks: a table across a network that costs hardly any of the machine's time. It
 * answers each request of DynamoDB {@link #DELAY} after its arrival, as a table would that is empty
 * and takes everything; it keeps nothing and counts what it was to insert.
 */
final class NullTable implements AutoCloseable {
  static final Duration DELAY = Duration.ofMillis(5);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger inserted = new AtomicInteger();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

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

  /** Counts anew. */
  void reset() {
    inserted.set(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    long arrival = System.nanoTime();
    try (exchange) {
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      byte[] request = exchange.getRequestBody().readAllBytes();
      byte[] answer = answer(target.substring(target.indexOf('.') + 1), request).getBytes(UTF_8);
      LockSupport.parkNanos(arrival + DELAY.toNanos() - System.nanoTime());
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
        JsonNode statements = JSON.readTree(request).path("Statements");
        inserted.addAndGet(statements.size());
        String table = "{\"TableName\":\"null\"}";
        return "{\"Responses\":["
            + String.join(",", Collections.nCopies(statements.size(), table))
            + "]}";
      }
      default -> throw new IOException("Not an operation of this table: " + operation);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
