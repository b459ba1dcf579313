package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import app.SharedFactories;
import covid.Dataset;
import covid.FeedLayout;
import covid.FeedSet;
import covid.Freshness;
import covid.Metric;
import covid.Place;
import covid.RowCounts;
import feeds.FeedHttpClient;
import feeds.FeedSource;
import feeds.Proxies;
import feeds.PullLimitException;
import feeds.Reading;
import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.ObjectHelper;
import org.apache.hc.client5.http.CircularRedirectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route pull-feed against a server of bad manners. */
class PullFeedTest {
  private static final String LATE = "late";
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final Duration NO_TIMEOUT = Duration.ofMinutes(1);
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final long MAX_BYTES = 200_000;
  private static final String CSV = "date,cases,deaths\n2020-01-21,1,0\n2020-01-22,1,0\n";
  private static final RowCounts TWO_ROWS = new RowCounts(2, 2, 0, 0);

  private final Server server = new Server();
  private final DefaultCamelContext camel = new DefaultCamelContext();

  /** Decides which way the feed is read. */
  Dataset dataset() {
    return Dataset.ofCountry(new Place("US"));
  }

  @BeforeEach
  void start(TestInfo test) throws Exception {
    SharedFactories.in(camel);
    camel.setStreamCaching(false);
    camel
        .getRegistry()
        .bind(
            "feedHttpClient",
            new FeedHttpClient(
                test.getTags().contains(LATE) ? TIMEOUT : NO_TIMEOUT,
                camel
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(this, "pull-limit"),
                new Proxies(name -> null, name -> null)));
    camel.addRoutes(
        new PullRoutes(
            List.of(),
            new Freshness(Optional.empty()),
            new RawBodies(Optional.empty(), new Reading(dataset(), false, ""), Clock.systemUTC()),
            Clock.systemUTC()));
    camel.addRoutes(new ReadRoutes(dataset(), MAX_BYTES, Clock.systemUTC()));
    camel.start();
  }

  @AfterEach
  void stop() throws Exception {
    camel.stop();
    server.close();
  }

  @Test
  void pullsAFeed() throws Exception {
    server.on("/us.csv", whole("200 OK\r\nETag: \"v1\"", CSV.getBytes(UTF_8)));
    FeedSet feed = pull("/us.csv?key=secret");
    assertThat(feed.counts()).isEqualTo(TWO_ROWS);
    assertThat(feed.origin())
        .isEqualTo(
            new FeedSet.Origin(
                "nyt",
                server.address() + "/us.csv",
                "\"v1\"",
                CSV.length(),
                "85effc479eb228ccb71a942a81bfdcfaadfee7f2f34a0a6e4571317992e0ebbd"));
  }

  @Test
  void followsARedirect() throws Exception {
    server.on("/old", whole("302 Found\r\nLocation: /us.csv", "moved".getBytes(UTF_8)));
    server.on("/us.csv", whole("200 OK", CSV.getBytes(UTF_8)));
    assertThat(pull("/old").counts()).isEqualTo(TWO_ROWS);
  }

  @Test
  void doesNotFollowACircle() {
    server.on("/a", whole("302 Found\r\nLocation: /b", new byte[0]));
    server.on("/b", whole("302 Found\r\nLocation: /a", new byte[0]));
    assertThatExceptionOfType(CircularRedirectException.class).isThrownBy(() -> pull("/a"));
  }

  @Test
  void unpacksGzipAndCountsTheUnpackedBytes() throws Exception {
    server.on("/us.csv", whole("200 OK\r\nContent-Encoding: gzip", gzip(CSV)));
    FeedSet feed = pull("/us.csv");
    assertThat(feed.counts()).isEqualTo(TWO_ROWS);
    assertThat(feed.origin().bytes()).isEqualTo(CSV.length());
  }

  @Test
  void doesNotUnpackABombToItsEnd() {
    byte[] bomb = gzip("x\n".repeat(20_000_000));
    server.on("/us.csv", whole("200 OK\r\nContent-Encoding: gzip", bomb));
    assertThatExceptionOfType(PullLimitException.class)
        .isThrownBy(() -> pull("/us.csv"))
        .withMessage("it is longer than 200,000 bytes (feed.max-bytes)");
  }

  @Test
  void breaksOffAnEndlessBody() throws Exception {
    server.on("/us.csv", PullFeedTest::endless);
    assertThatExceptionOfType(PullLimitException.class)
        .isThrownBy(() -> pull("/us.csv"))
        .withMessage("it is longer than 200,000 bytes (feed.max-bytes)");
    server.awaitHangUp();
  }

  @Tag(LATE)
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "HTTP/1.1 200 OK\r\nX-Header: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n" + CSV,
        "HTTP/1.1 200 OK\r\n\r\n" + CSV,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1000000\r\n" + CSV,
        "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 1000000\r\n\r\n",
      })
  void breaksOffAPullThatDrips(String begin) throws Exception {
    server.on("/us.csv", out -> server.drip(out, begin));
    assertLate("/us.csv");
  }

  @Tag(LATE)
  @Test
  void breaksOffAPullThatDripsAfterARedirect() throws Exception {
    server.on("/old", whole("302 Found\r\nLocation: /us.csv", new byte[0]));
    server.on("/us.csv", out -> server.drip(out, "HTTP/1.1 200 OK\r\n\r\n"));
    assertLate("/old");
  }

  @Tag(LATE)
  @Test
  void breaksOffAServerThatSaysNothing() throws Exception {
    server.on("/us.csv", out -> server.awaitEnd());
    long begin = System.nanoTime();
    assertThatExceptionOfType(PullLimitException.class).isThrownBy(() -> pull("/us.csv"));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(TIMEOUT, SOON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + CSV,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n" + CSV,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n30\r\n" + CSV + "\r\n",
        "HTTP/1.1 200 OK\r\nContent-Len",
        "",
      })
  void failsIfTheBodyIsCutShort(String answer) {
    server.on("/us.csv", out -> out.write(answer.getBytes(UTF_8)));
    assertThatIOException().isThrownBy(() -> pull("/us.csv"));
  }

  @Test
  void failsIfAPackedBodyIsCutShort() {
    byte[] packed = gzip(CSV.repeat(100));
    byte[] half = Arrays.copyOf(packed, packed.length / 2);
    server.on("/us.csv", whole("200 OK\r\nContent-Encoding: gzip", half));
    assertThatIOException().isThrownBy(() -> pull("/us.csv"));
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 429, 500, 503})
  void failsIfTheServerRefuses(int status) {
    server.on("/us.csv", whole(status + " No\r\nRetry-After: 7", "sorry".getBytes(UTF_8)));
    assertThatExceptionOfType(HttpOperationFailedException.class)
        .isThrownBy(() -> pull("/us.csv"))
        .satisfies(error -> assertThat(error.getStatusCode()).isEqualTo(status))
        .satisfies(
            error -> assertThat(error.getResponseHeaders()).containsEntry("Retry-After", "7"));
  }

  @Test
  void doesNotReadAnErrorToItsEnd() throws Exception {
    server.on("/us.csv", out -> endless(out, "503 Service Unavailable"));
    assertThatExceptionOfType(HttpOperationFailedException.class)
        .isThrownBy(() -> pull("/us.csv"))
        .satisfies(error -> assertThat(error.getStatusCode()).isEqualTo(503));
    server.awaitHangUp();
    assertThat(server.written()).isLessThan(20_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/good", "/packed", "/packed-chunks", "/long", "/short", "/refused"})
  void givesItsConnectionBack(String path) {
    server.on("/good", whole("200 OK", CSV.getBytes(UTF_8)));
    server.on("/packed", whole("200 OK\r\nContent-Encoding: gzip", gzip(CSV)));
    server.on("/packed-chunks", chunked("200 OK\r\nContent-Encoding: gzip", gzip(CSV)));
    server.on("/long", chunked("200 OK", "x\n".repeat(150_000).getBytes(UTF_8)));
    server.on("/short", out -> head(out, "200 OK\r\nContent-Length: 9"));
    server.on("/refused", whole("404 Not Found", "sorry".getBytes(UTF_8)));
    assertTimeoutPreemptively(
        SOON.multipliedBy(2),
        () -> {
          // More often than the client has connections.
          for (int i = 0; i < 25; i++) {
            exchange(path);
          }
        });
    assertThat(server.requests()).isEqualTo(25);
  }

  private void assertLate(String path) throws Exception {
    long begin = System.nanoTime();
    assertThatExceptionOfType(PullLimitException.class)
        .isThrownBy(() -> pull(path))
        .withMessage("it took longer than 1 s (feed.timeout)");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(TIMEOUT, SOON);
    server.awaitHangUp();
  }

  /** The feed, or the failure that the route's error handling would see. */
  private FeedSet pull(String path) throws Exception {
    Exchange exchange = assertTimeoutPreemptively(SOON, () -> exchange(path));
    Exception error = exchange.getException();
    if (error == null) {
      return exchange.getMessage().getBody(FeedSet.class);
    }
    for (Class<? extends Exception> type :
        List.of(
            PullLimitException.class,
            HttpOperationFailedException.class,
            CircularRedirectException.class,
            IOException.class)) {
      Exception cause = ObjectHelper.getException(type, error);
      if (cause != null) {
        throw cause;
      }
    }
    throw error;
  }

  private Exchange exchange(String path) throws IOException {
    FeedSource source =
        new FeedSource(
                "nyt",
                URI.create(server.address() + path),
                FeedLayout.parse("date=date, cases=cases, deaths=deaths", Metric.PUBLISHED))
            .ofPlace(new Place("US"));
    try (ProducerTemplate template = camel.createProducerTemplate()) {
      return template.send("direct:pull-feed", exchange -> exchange.setVariable("source", source));
    }
  }

  private static Answer whole(String head, byte[] body) {
    return out -> {
      head(out, head + "\r\nContent-Length: " + body.length);
      out.write(body);
    };
  }

  private static Answer chunked(String head, byte[] body) {
    return out -> {
      head(out, head + "\r\nTransfer-Encoding: chunked");
      out.write("%x\r\n".formatted(body.length).getBytes(UTF_8));
      out.write(body);
      out.write("\r\n0\r\n\r\n".getBytes(UTF_8));
    };
  }

  private static void head(OutputStream out, String lines) throws IOException {
    out.write("HTTP/1.1 %s\r\nConnection: close\r\n\r\n".formatted(lines).getBytes(UTF_8));
  }

  private static void endless(OutputStream out) throws IOException {
    endless(out, "200 OK");
  }

  private static void endless(OutputStream out, String status) throws IOException {
    byte[] lines = "2020-01-21,1,0\n".repeat(1_000).getBytes(UTF_8);
    head(out, status);
    out.write("date,cases,deaths\n".getBytes(UTF_8));
    while (true) {
      out.write(lines);
    }
  }

  /** Writes an answer; what follows after its return is the end of the connection. */
  private interface Answer {
    void write(OutputStream out) throws Exception;
  }

  /** Answers one request on each connection, byte by byte as it is told. */
  private static final class Server {
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final Semaphore hangUps = new Semaphore(0);
    private final CountDownLatch end = new CountDownLatch(1);

    Server() {
      try {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
      threads.execute(this::accept);
    }

    void on(String path, Answer answer) {
      answers.put(path, answer);
    }

    String address() {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }

    int requests() {
      return requests.get();
    }

    long written() {
      return written.get();
    }

    /** Writes a begin and then byte after byte, until the client hangs up. */
    void drip(OutputStream out, String begin) throws Exception {
      out.write(begin.getBytes(UTF_8));
      while (!end.await(20, TimeUnit.MILLISECONDS)) {
        out.write('x');
      }
    }

    void awaitEnd() throws InterruptedException {
      end.await();
    }

    /** Waits until a client has hung up on an answer. */
    void awaitHangUp() throws InterruptedException {
      assertThat(hangUps.tryAcquire(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    private OutputStream counted(OutputStream out) {
      return new FilterOutputStream(out) {
        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          out.write(bytes, offset, length);
          written.addAndGet(length);
        }
      };
    }

    private void accept() {
      try {
        while (true) {
          Socket client = socket.accept();
          threads.execute(() -> serve(client));
        }
      } catch (IOException e) {
        // closed
      }
    }

    private void serve(Socket client) {
      try (client) {
        BufferedReader request =
            new BufferedReader(new InputStreamReader(client.getInputStream(), UTF_8));
        String path = URI.create(request.readLine().split(" ")[1]).getPath();
        while (!request.readLine().isEmpty()) {
          continue;
        }
        requests.incrementAndGet();
        answers.get(path).write(counted(client.getOutputStream()));
      } catch (Exception e) {
        hangUps.release();
      }
    }

    void close() throws Exception {
      end.countDown();
      socket.close();
      threads.shutdown();
      assertThat(threads.awaitTermination(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }
  }
}
