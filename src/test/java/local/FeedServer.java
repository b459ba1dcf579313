package local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Serves the two feeds over HTTP on 127.0.0.1. */
public final class FeedServer implements AutoCloseable {
  private static final String NYT = "/us.csv";
  private static final String JHU = "/time-series-19-covid-combined.csv";

  private static final Pattern TAG = Pattern.compile("(W/)?\"[^\"]*\"");
  private static final List<String> CONDITIONS = List.of("If-None-Match", "If-Modified-Since");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(FeedServer::daemon);
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private final Map<String, String> conditions = new ConcurrentHashMap<>();
  private final Map<String, HttpHandler> answers = new ConcurrentHashMap<>();
  private final Feeds feeds;

  private FeedServer(int port, Feeds feeds) {
    this.feeds = feeds;
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
    } catch (BindException e) {
      throw new IllegalStateException(
          "Port " + port + " of 127.0.0.1, for the feeds, is taken.", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "feed-server");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Serves invented feeds, written while they are read.
   *
   * @param port 0 for any free one
   * @param scale see {@link SampleFeeds}
   * @throws IllegalStateException if the port is taken
   */
  public static FeedServer synthetic(int port, int scale) {
    var sample = new SampleFeeds(scale);
    return new FeedServer(
        port,
        (path, gzip) ->
            switch (path) {
              case NYT -> Optional.of(new Feed("\"synthetic\"", false, sample::writeNyt));
              case JHU ->
                  Optional.of(new Feed("\"synthetic-x" + scale + "\"", false, sample::writeJhu));
              default -> Optional.empty();
            });
  }

  /**
   * Serves the synthetic feeds of a dataset.
   *
   * @param port 0 for any free one
   * @throws IllegalStateException if the port is taken
   */
  static FeedServer synthetic(int port, LocalDataset dataset) {
    if (dataset.isDefault()) {
      return synthetic(port, 1);
    }
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    SamplePlaces.Writer sample = new SamplePlaces(today).of(dataset.name()).orElseThrow();
    String path = "/" + dataset.files().iterator().next();
    return new FeedServer(
        port,
        (asked, gzip) ->
            asked.equals(path)
                ? Optional.of(new Feed("\"synthetic-" + today + "\"", false, sample::writeTo))
                : Optional.empty());
  }

  /** Whether there are synthetic feeds of a dataset. */
  static boolean hasSample(LocalDataset dataset) {
    return dataset.isDefault() || new SamplePlaces(LocalDate.EPOCH).of(dataset.name()).isPresent();
  }

  /**
   * Serves the files of a folder, by name, without its subfolders. Where there is only {@code
   * NAME.gz}, that answers for {@code NAME}: as it is to a client that takes gzip, else unpacked.
   *
   * @param port 0 for any free one
   * @throws IllegalStateException if the port is taken
   */
  public static FeedServer folder(int port, Path dir) {
    return new FeedServer(port, (path, gzip) -> inFolder(dir, path.substring(1), gzip));
  }

  private static Optional<Feed> inFolder(Path dir, String name, boolean gzip) throws IOException {
    var file = child(dir, name);
    if (file.isPresent()) {
      return Optional.of(new Feed(etag(file.get(), ""), false, out -> Files.copy(file.get(), out)));
    }
    var packed = child(dir, name + ".gz");
    if (packed.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        gzip
            ? new Feed(etag(packed.get(), "-gzip"), true, out -> Files.copy(packed.get(), out))
            : new Feed(etag(packed.get(), ""), false, out -> unpack(packed.get(), out)));
  }

  /** Whether a folder has a file, packed or not. */
  static boolean isIn(Path dir, String name) {
    return child(dir, name).or(() -> child(dir, name + ".gz")).isPresent();
  }

  private static Optional<Path> child(Path dir, String name) {
    try {
      var file = dir.resolve(name).normalize();
      return dir.normalize().equals(file.getParent()) && Files.isRegularFile(file)
          ? Optional.of(file)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String etag(Path file, String suffix) throws IOException {
    return "\"%x-%x%s\""
        .formatted(Files.size(file), Files.getLastModifiedTime(file).toMillis(), suffix);
  }

  private static void unpack(Path file, OutputStream out) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      in.transferTo(out);
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      requests.merge(path, 1, Integer::sum);
      conditions.put(path, condition(exchange));
      var answer = answers.get(path);
      if (answer == null) {
        serve(exchange, path);
      } else {
        answer.handle(exchange);
      }
    }
  }

  private void serve(HttpExchange exchange, String path) throws IOException {
    var method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      exchange.sendResponseHeaders(405, -1);
      return;
    }
    var feed = feeds.find(path, takesGzip(exchange));
    if (feed.isEmpty()) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("ETag", feed.get().etag());
    if (isNotModified(exchange, feed.get().etag(), "")) {
      exchange.sendResponseHeaders(304, -1);
      return;
    }
    headers.set("Content-Type", "text/csv");
    headers.set("Vary", "Accept-Encoding");
    if (feed.get().gzip()) {
      headers.set("Content-Encoding", "gzip");
    }
    if (method.equals("HEAD")) {
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, 0);
    feed.get().body().writeTo(exchange.getResponseBody());
  }

  /** Whether a client has what it asks for, by its condition (RFC 9110). */
  private static boolean isNotModified(HttpExchange exchange, String etag, String lastModified) {
    var tags = exchange.getRequestHeaders().getFirst("If-None-Match");
    if (tags != null) {
      return TAG.matcher(tags).results().anyMatch(tag -> weak(tag.group()).equals(weak(etag)));
    }
    return !lastModified.isEmpty()
        && lastModified.equals(exchange.getRequestHeaders().getFirst("If-Modified-Since"));
  }

  private static String weak(String etag) {
    return etag.startsWith("W/") ? etag : "W/" + etag;
  }

  private static boolean takesGzip(HttpExchange exchange) {
    var accepted = exchange.getRequestHeaders().getOrDefault("Accept-Encoding", List.of());
    return String.join(",", accepted)
        .matches("(?i).*\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$)).*");
  }

  /** Where the server listens, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Where the feed of the New York Times is. */
  public URI nyt() {
    return uri().resolve(NYT);
  }

  /** Where the feed of Johns Hopkins is. */
  public URI jhu() {
    return uri().resolve(JHU);
  }

  /**
   * Has this path answered by {@code handler} from now on, in place of the feed. The exchange is
   * closed after it; a handler that closes it before it sends anything cuts the connection.
   */
  public void answer(String path, HttpHandler handler) {
    answers.put(path, handler);
  }

  /**
   * Has this path answered with a body that has validators, and with 304 where the request has one
   * of them.
   *
   * @param etag empty for none
   * @param lastModified as in HTTP; empty for none
   */
  public void answer(String path, String body, String etag, String lastModified) {
    answer(
        path,
        exchange -> {
          var headers = exchange.getResponseHeaders();
          if (!etag.isEmpty()) {
            headers.set("ETag", etag);
          }
          if (!lastModified.isEmpty()) {
            headers.set("Last-Modified", lastModified);
          }
          if (isNotModified(exchange, etag, lastModified)) {
            exchange.sendResponseHeaders(304, -1);
          } else {
            var bytes = body.getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  private static String condition(HttpExchange exchange) {
    return CONDITIONS.stream()
        .filter(exchange.getRequestHeaders()::containsKey)
        .map(name -> name + ": " + exchange.getRequestHeaders().getFirst(name))
        .collect(joining(", "));
  }

  /** The condition of the last request for this path, as {@code Name: value}; empty if none. */
  public String condition(String path) {
    return conditions.getOrDefault(path, "");
  }

  /** As after the start: the feeds at all paths, and nothing was asked for. */
  public void reset() {
    answers.clear();
    requests.clear();
    conditions.clear();
  }

  /** How often this path was asked for so far, by whatever method. */
  public int requests(String path) {
    return requests.getOrDefault(path, 0);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Finds what there is at a path. */
  @FunctionalInterface
  private interface Feeds {
    Optional<Feed> find(String path, boolean gzip) throws IOException;
  }

  /** What is sent: its version, whether it is packed, and its bytes. */
  private record Feed(String etag, boolean gzip, Body body) {}

  /** Writes what is sent. */
  @FunctionalInterface
  private interface Body {
    void writeTo(OutputStream out) throws IOException;
  }
}
