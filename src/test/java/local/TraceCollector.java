package local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A collector of traces by OTLP over HTTP, on 127.0.0.1, which keeps what it gets. */
public final class TraceCollector implements AutoCloseable {
  private final List<TraceSpan> spans = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile CountDownLatch answers = new CountDownLatch(0);
  private volatile int status = 200;

  private TraceCollector(HttpServer server) {
    this.server = server;
  }

  /** Starts one on any port. */
  public static TraceCollector start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    TraceCollector collector = new TraceCollector(server);
    server.createContext("/", collector::take);
    server.setExecutor(collector.threads);
    server.start();
    return collector;
  }

  private void take(HttpExchange exchange) throws IOException {
    requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
    ExportTraceServiceRequest sent = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
    try {
      answers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (status == 200) {
      sent.getResourceSpansList()
          .forEach(
              process ->
                  process.getScopeSpansList().stream()
                      .flatMap(scope -> scope.getSpansList().stream())
                      .forEach(span -> spans.add(TraceSpan.of(process, span))));
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  /** What OTEL_EXPORTER_OTLP_ENDPOINT is for it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** All spans so far. */
  public List<TraceSpan> spans() {
    return List.copyOf(spans);
  }

  /** Method and path of all requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** Forgets what it has got. */
  public void reset() {
    spans.clear();
    requests.clear();
  }

  /** Has it answer only after this. */
  public void answerAfter(CountDownLatch event) {
    answers = event;
  }

  /** Has it answer with this status from now on; it keeps spans only with 200. */
  public void answer(int with) {
    status = with;
  }

  /** Has an application that is started meanwhile export to it, each span within milliseconds. */
  public <T> T exporting(Callable<T> start) throws Exception {
    return exportingTo(endpoint(), start);
  }

  /** Has an application that is started meanwhile export to an address. */
  public static <T> T exportingTo(URI endpoint, Callable<T> start) throws Exception {
    Map<String, String> properties =
        Map.of("otel.exporter.otlp.endpoint", endpoint.toString(), "otel.bsp.schedule.delay", "10");
    properties.forEach(System::setProperty);
    try {
      return start.call();
    } finally {
      properties.keySet().forEach(System::clearProperty);
    }
  }

  @Override
  public void close() {
    answers.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
