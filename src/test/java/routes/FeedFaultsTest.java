package routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static local.Gzip.gzip;
import static local.Gzip.joined;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import app.TestApplication;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import local.LocalCloud;
import local.Message;
import local.RawFeed;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * What a feed can do to a run. The table and the archive hold a good set before each test: a run
 * that is refused or fails leaves both as they are, and says why in one message.
 */
class FeedFaultsTest extends IngestTestBase {
  private static final String EMPTY =
      "Feed nyt has no column 'date', 'cases', 'deaths': what %1$s serves is empty.";

  private static final String NYT = TestApplication.NYT;
  private static final String JHU = TestApplication.JHU;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n";
  private static final String TOO_SLOW =
      "Feed nyt: %s: it took longer than 2 s (feed.timeout): check the network, or raise it.";
  private static final String TOO_LONG =
      "Feed nyt: %s: it is longer than %s bytes (feed.max-bytes): raise it if the feed is right.";
  private static final String NOT_THERE =
      "Feed nyt: %s answered 404 Not Found: the feed has moved or ended; correct feed.nyt.url.";
  private static final String AWAY =
      "Feed nyt: %s answered 500 Internal Server Error: the next run tries again; if it lasts, check"
          + " the feed's site.";
  private static final String CIRCLE =
      "Feed nyt: %s redirects in a circle, or too often: look up in a browser where the feed is, and"
          + " correct feed.nyt.url.";
  private static final String LATER =
      ": the next run tries again; if it lasts, check the feed's site.";

  FeedFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void keepAGoodSet() {
    List.of(DAY_22, DAY_23, DAY_24).forEach(this::store);
    archive(SET);
  }

  // --- A feed that cannot be had

  @Test
  void failsWhenTheConnectionIsRefused() throws Exception {
    URI nowhere = freePort();

    RunReport report = runWithNytAt(nowhere);

    assertFailed(
        report,
        "Feed nyt: %s refuses the connection: the next run tries again; if it lasts, check the network"
                .formatted(nowhere)
            + " and feed.nyt.url.");
  }

  @Test
  void failsWhenTheHostIsNotKnown() throws Exception {
    RunReport report = runWithNytAt(URI.create("http://feed.invalid/us.csv"));

    assertFailed(
        report,
        "Feed nyt: The host of http://feed.invalid/us.csv is not known: correct feed.nyt.url, or check"
            + " the DNS.");
  }

  @Test
  void waitsAsLongAsABusyServerAsks() throws Exception {
    List<Instant> requests = new CopyOnWriteArrayList<>();
    nyt(
        exchange -> {
          requests.add(Instant.now());
          if (requests.size() == 1) {
            // Longer than the policy's own delay.
            exchange.getResponseHeaders().set("Retry-After", "2");
            exchange.sendResponseHeaders(429, -1);
          } else {
            send(exchange, NYT.getBytes(UTF_8));
          }
        });

    RunReport report = run();

    assertGood(report);
    assertThat(requests).hasSize(2);
    assertThat(Duration.between(requests.get(0), requests.get(1)))
        .isBetween(Duration.ofMillis(1_990), Duration.ofSeconds(10));
  }

  @Test
  void succeedsWhenAFeedIsWellAgainAfterAnError() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    nyt(
        exchange -> {
          if (requests.incrementAndGet() == 1) {
            exchange.sendResponseHeaders(500, -1);
          } else {
            send(exchange, NYT.getBytes(UTF_8));
          }
        });

    RunReport report = run();

    assertGood(report);
    assertThat(requests).hasValue(2);
  }

  @Test
  void failsAfterTheRetriesWhenAFeedDoesNotGetWell() throws Exception {
    nyt(exchange -> exchange.sendResponseHeaders(500, -1));

    RunReport report = run();

    assertFailed(report, AWAY.formatted(feeds.nyt()));
    assertThat(feeds.requests(feeds.nyt().getPath())).isEqualTo(2);
  }

  static Stream<Arguments> errorPages() {
    return Stream.of(
        arguments("404 Not Found", NOT_THERE), arguments("500 Internal Server Error", AWAY));
  }

  @ParameterizedTest
  @MethodSource("errorPages")
  void doesNotReadAnErrorPageThatNeverEnds(String status, String reason) throws Exception {
    try (RawFeed feed = RawFeed.flooding("HTTP/1.1 " + status + "\r\n\r\n", "<p>Sorry</p>\n")) {
      RunReport report = runWithNytAt(feed.uri());

      assertFailed(report, reason.formatted(feed.uri()));
      assertThat(feed.requests()).containsExactly("GET /feed.csv HTTP/1.1");
    }
  }

  @Test
  void showsNoSecretOfAnAddress() throws Exception {
    URI uri = feeds.uri().resolve("/gone.csv");

    RunReport report = runWithNytAt(URI.create(uri + "?key=secret"));

    assertFailed(report, NOT_THERE.formatted(uri));
    assertThat(cloud.object("runs/" + report.id() + ".json").orElseThrow())
        .doesNotContain("secret");
  }

  // --- A feed that is cut short

  static Stream<Arguments> cutBodies() {
    return Stream.of(
        arguments(
            raw(
                "shorter than its length",
                () -> RawFeed.saying(OK, "Content-Length: 99\r\n\r\n", NYT)),
            ": its body ended early: 78 of the 99 bytes of its Content-Length arrived" + LATER),
        arguments(
            raw(
                "within a chunk",
                () -> RawFeed.saying(OK, "Transfer-Encoding: chunked\r\n\r\n99\r\n", NYT)),
            ": its body ended early: its last chunk did not arrive" + LATER),
        arguments(
            raw(
                "without a last chunk",
                () -> RawFeed.saying(OK, "Transfer-Encoding: chunked\r\n\r\n4e\r\n", NYT, "\r\n")),
            ": its body ended early: its last chunk did not arrive" + LATER),
        arguments(
            raw(
                "packed",
                () ->
                    RawFeed.saying(
                        OK, "Content-Encoding: gzip\r\n\r\n", Arrays.copyOf(gzip(NYT), 40))),
            ": its gzip body ended early" + LATER),
        arguments(
            raw(
                "packed, within a second member",
                () ->
                    RawFeed.saying(
                        OK,
                        "Content-Encoding: gzip\r\n\r\n",
                        gzip(NYT),
                        Arrays.copyOf(gzip("2020-01-25,9,9\n"), 5))),
            ": its gzip body ended early" + LATER),
        arguments(
            raw(
                "packed, behind its first member",
                () ->
                    RawFeed.saying(
                        OK, "Content-Encoding: gzip\r\nContent-Length: 99\r\n\r\n", gzip(NYT))),
            ": its body ended early: %d of the 99 bytes of its Content-Length arrived"
                    .formatted(gzip(NYT).length)
                + LATER),
        arguments(
            raw(
                "packed, without a last chunk",
                () ->
                    RawFeed.saying(
                        OK,
                        "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n",
                        chunk(gzip(NYT)))),
            ": its body ended early: its last chunk did not arrive" + LATER),
        arguments(
            raw("to a range", () -> RawFeed.saying("HTTP/1.1 206 Partial Content\r\n\r\n", NYT)),
            ": it answered 206, a part of the feed, although the whole was requested" + LATER),
        arguments(
            raw("within its head", () -> RawFeed.saying("HTTP/1.1 200 OK\r\nContent-Le")),
            " does not answer with valid HTTP: check what answers there, and correct feed.nyt.url"
                + " (Invalid header; error at offset 10: <Content-Le>)."),
        arguments(
            raw("before its head", () -> RawFeed.saying("")),
            " closed the connection without an answer: the next run tries again; if it lasts, check"
                + " the feed's site."));
  }

  @ParameterizedTest
  @MethodSource("cutBodies")
  void failsWhenABodyIsCutShort(Supplier<RawFeed> cut, String reason) throws Exception {
    try (RawFeed nyt = cut.get()) {
      RunReport report = runWithNytAt(nyt.uri());

      assertFailed(report, "Feed nyt: " + nyt.uri() + reason);
    }
  }

  /** Such a body ends where the connection does, so that only its days can tell. */
  @Test
  void refusesABodyOfUnknownLengthThatIsCutShort() throws Exception {
    String cut = NYT.substring(0, NYT.indexOf("2020-01-24"));
    try (RawFeed feed = RawFeed.saying(OK, "\r\n", cut)) {
      RunReport report = runWithNytAt(feed.uri());

      assertRefused(
          report,
          "1 of the 3 days archived last are gone (2020-01-24), more than"
              + " gate.max-lost-days allows: check which feed lost them.");
    }
  }

  @Test
  void takesABodyOfUnknownLengthThatIsWhole() throws Exception {
    try (RawFeed feed = RawFeed.saying("HTTP/1.0 200 OK\r\n\r\n", NYT)) {
      assertGood(runWithNytAt(feed.uri()));
    }
  }

  // --- A feed that never ends

  static Stream<Named<Supplier<RawFeed>>> floods() {
    String rows = "2020-01-21,1,0\n";
    return Stream.of(
        raw("of rows", () -> RawFeed.flooding(OK + "\r\ndate,cases,deaths\n", rows)),
        raw("of one row", () -> RawFeed.flooding(OK + "\r\ndate,cases,deaths\n", "1")),
        raw("of one quoted field", () -> RawFeed.flooding(OK + "\r\ndate,\"", rows)),
        raw("of blank lines", () -> RawFeed.flooding(OK + "\r\n", "\r\n")));
  }

  @ParameterizedTest
  @MethodSource("floods")
  void breaksOffABodyThatNeverEnds(Supplier<RawFeed> flood) throws Exception {
    try (RawFeed nyt = flood.get()) {
      RunReport report = runWithNytAt(nyt.uri(), "feed.max-bytes", "300KB");

      assertFailed(report, TOO_LONG.formatted(nyt.uri(), "300,000"));
      assertThat(nyt.requests()).hasSize(1);
    }
  }

  static Stream<Named<Supplier<RawFeed>>> slowFeeds() {
    Duration second = Duration.ofSeconds(1);
    Duration moment = Duration.ofMillis(20);
    return Stream.of(
        named("says nothing", RawFeed::silent),
        named("a byte a second", () -> RawFeed.dripping(OK + "\r\n", NYT, second)),
        named("a row a moment", () -> RawFeed.dripping(OK + "\r\n" + NYT, "2020", moment)),
        named("dripping head", () -> RawFeed.dripping("HTTP/1.1 200 OK\r\nX: ", "x", moment)),
        named(
            "chunk that does not come",
            () ->
                RawFeed.dripping(
                    OK + "Transfer-Encoding: chunked\r\n\r\nfffff\r\n" + NYT, "2", second)));
  }

  @ParameterizedTest
  @MethodSource("slowFeeds")
  void breaksOffAPullThatTakesTooLong(Supplier<RawFeed> slow) throws Exception {
    try (RawFeed feed = slow.get()) {
      application("feed.nyt.url", feed.uri().toString(), "feed.timeout", "2s");
      Instant before = Instant.now();

      RunReport report = run();

      assertFailed(report, TOO_SLOW.formatted(feed.uri()));
      assertThat(Duration.between(before, Instant.now()))
          .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(6));
      assertThat(feed.requests()).hasSize(1);
    }
  }

  static Stream<Arguments> endlessHeads() {
    return Stream.of(
        arguments(
            raw("in one line", () -> RawFeed.flooding("HTTP/1.1 200 OK\r\nX: ", "x")),
            "Maximum line length limit exceeded"),
        arguments(
            raw("of many lines", () -> RawFeed.flooding("HTTP/1.1 200 OK\r\n", "X: x\r\n")),
            "Maximum header count exceeded"),
        arguments(
            raw(
                "behind a chunk",
                () ->
                    RawFeed.flooding(
                        OK + "Transfer-Encoding: chunked\r\n\r\n4e\r\n" + NYT + "\r\n0\r\n",
                        "X: x\r\n")),
            "Maximum header count exceeded"));
  }

  @ParameterizedTest
  @MethodSource("endlessHeads")
  void doesNotGatherAHeadThatNeverEnds(Supplier<RawFeed> head, String reason) throws Exception {
    try (RawFeed nyt = head.get()) {
      RunReport report = runWithNytAt(nyt.uri());

      assertFailed(
          report,
          "Feed nyt: %s sends endless headers: check what answers there, and correct feed.nyt.url (%s)."
              .formatted(nyt.uri(), reason));
    }
  }

  // --- Redirects

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void followsARedirect(int status) throws Exception {
    feeds.answer("/moved.csv", exchange -> send(exchange, NYT.getBytes(UTF_8)));
    nyt(redirect(status, "/moved.csv"));

    RunReport report = run();

    assertGood(report);
    assertThat(report.feeds().get(1).url()).isEqualTo(feeds.nyt().toString());
  }

  @Test
  void doesNotFollowACircleOfRedirects() throws Exception {
    nyt(redirect(302, "/elsewhere.csv"));
    feeds.answer("/elsewhere.csv", redirect(302, feeds.nyt().getPath()));

    RunReport report = run();

    assertFailed(report, CIRCLE.formatted(feeds.nyt()));
    assertThat(feeds.requests(feeds.nyt().getPath())).isEqualTo(2);
    assertThat(feeds.requests("/elsewhere.csv")).isEqualTo(1);
  }

  @Test
  void doesNotFollowAFeedThatRedirectsToItself() throws Exception {
    nyt(redirect(301, feeds.nyt().getPath()));

    RunReport report = run();

    assertFailed(report, CIRCLE.formatted(feeds.nyt()));
    assertThat(feeds.requests(feeds.nyt().getPath())).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "ftp://127.0.0.1/us.csv, Unroutable protocol scheme: ftp://127.0.0.1",
    "file:///etc/hostname, 'Redirect URI does not specify a valid host name:"
        + " file:///etc/hostname'",
    "'http://[', 'Expected closing bracket for IPv6 address at index 8:" + " http://['"
  })
  void doesNotFollowARedirectToNowhere(String location, String reason) throws Exception {
    application("feed.retries", "0");
    nyt(redirect(302, location));

    assertFailed(
        run(),
        "Feed nyt: %s redirects to what is not a web address: look up in a browser where the feed is,"
                .formatted(feeds.nyt())
            + " and correct feed.nyt.url (%s).".formatted(reason));
  }

  @Test
  void failsOnARedirectThatDoesNotSayWhereTo() throws Exception {
    nyt(exchange -> exchange.sendResponseHeaders(302, -1));

    assertFailed(
        run(),
        "Feed nyt: %s answered 302 Temporary Redirect and does not say where the feed is: correct"
                .formatted(feeds.nyt())
            + " feed.nyt.url.");
  }

  @Test
  void doesNotFollowRedirectsForEver() throws Exception {
    AtomicInteger hops = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      feeds.answer(
          "/hop" + i, exchange -> redirect(302, "/hop" + hops.getAndIncrement()).handle(exchange));
    }
    nyt(redirect(302, "/hop99"));

    RunReport report = run();

    assertFailed(report, CIRCLE.formatted(feeds.nyt()));
    assertThat(hops).hasValueLessThanOrEqualTo(51);
  }

  // --- Packed feeds

  @Test
  void unpacksAFeed() throws Exception {
    nyt(packed(gzip(NYT)));

    RunReport report = run();

    assertGood(report);
    assertThat(report.feeds().get(1).bytes()).isEqualTo(NYT.length());
  }

  @Test
  void unpacksAllMembersOfAFeed() throws Exception {
    int half = NYT.indexOf("2020-01-23");
    try (RawFeed feed =
        RawFeed.saying(
            OK,
            "Content-Encoding: x-gzip\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
            chunk(gzip(NYT.substring(0, half))),
            chunk(gzip(NYT.substring(half))),
            chunk())) {
      RunReport report = runWithNytAt(feed.uri());

      assertGood(report);
      assertThat(report.feeds().get(1).bytes()).isEqualTo(NYT.length());
    }
  }

  static Stream<Arguments> packedFiles() {
    return Stream.of(
        arguments(named("a gzip file", gzip(NYT)), "application/gzip", null),
        arguments(named("a gzip file said to be text", gzip(NYT)), "text/csv", null),
        arguments(named("a gzip file, packed for the way", gzip(gzip(NYT))), "text/csv", "gzip"),
        arguments(named("packed twice for the way", gzip(gzip(NYT))), "text/csv", "gzip, gzip"),
        arguments(named("not packed at all", NYT.getBytes(UTF_8)), "text/csv", "identity"));
  }

  @ParameterizedTest
  @MethodSource("packedFiles")
  void unpacksAGzipFileWhateverTypeItIsSaidToBe(byte[] body, String type, String encoding)
      throws Exception {
    nyt(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", type);
          if (encoding != null) {
            exchange.getResponseHeaders().set("Content-Encoding", encoding);
          }
          send(exchange, body);
        });

    RunReport report = run();

    assertGood(report);
    assertThat(report.feeds().get(1).bytes()).isEqualTo(NYT.length());
  }

  static Stream<Arguments> otherPackings() {
    return Stream.of(
        arguments(named("a zip file", "PK\u0003\u0004\u0014\0\b\0"), null, zip("a zip file")),
        arguments(named("an xz file", "\u00fd7zXZ\0\0\u0004"), null, zip("an xz file")),
        arguments(named("a bzip2 file", "BZh91AY&SY"), null, zip("a bzip2 file")),
        arguments(named("a zstd file", "(\u00b5/\u00fd$!"), null, zip("a zstd file")),
        arguments(named("a 7z file", "7z\u00bc\u00af'\u001c"), null, zip("a 7z file")),
        arguments(named("deflate", "x"), "deflate", encoded("deflate")),
        arguments(named("one of several", "x"), "gzip, br", encoded("gzip, br")),
        arguments(
            named("far too many", "x"),
            "gzip" + ", gzip".repeat(99),
            "its Content-Encoding lists 100 encodings, and only gzip was asked for: check what answers"
                + " there, and correct feed.nyt.url."));
  }

  private static String zip(String kind) {
    return "it is %s, and only gzip is unpacked: give the address of the CSV, or of a .gz of it."
        .formatted(kind);
  }

  private static String encoded(String encoding) {
    return "its Content-Encoding is '%s', and only gzip was asked for: check what answers there, and"
            .formatted(encoding)
        + " correct feed.nyt.url.";
  }

  @ParameterizedTest
  @MethodSource("otherPackings")
  void asksOnceForAFeedThatIsPackedInAnotherWay(String body, String encoding, String reason)
      throws Exception {
    nyt(
        exchange -> {
          if (encoding != null) {
            exchange.getResponseHeaders().set("Content-Encoding", encoding);
          }
          send(exchange, body.getBytes(ISO_8859_1));
        });

    assertFailed(run(), "Feed nyt: " + feeds.nyt() + ": " + reason);
    assertThat(feeds.requests(feeds.nyt().getPath())).isEqualTo(1);
  }

  @Test
  void countsTheUnpackedBytes() throws Exception {
    byte[] bomb = gzip(NYT + "\n".repeat(5_000_000));
    assertThat(bomb).hasSizeLessThan(10_000);
    application("feed.max-bytes", "1MB");
    nyt(packed(bomb));

    assertFailed(run(), TOO_LONG.formatted(feeds.nyt(), "1,000,000"));
  }

  static Stream<Arguments> badGzip() {
    byte[] wrongSum = gzip(NYT);
    wrongSum[wrongSum.length - 8] ^= 1;
    byte[] wrongBits = gzip(NYT);
    Arrays.fill(wrongBits, 20, 40, (byte) 0xff);
    return Stream.of(
        arguments(named("wrong checksum", wrongSum), "its gzip body is damaged" + LATER),
        arguments(named("wrong bits", wrongBits), "its gzip body is damaged" + LATER),
        arguments(
            named("not packed", NYT.getBytes(UTF_8)),
            "its body is not gzip, although its Content-Encoding says so" + LATER),
        arguments(named("nothing", new byte[0]), "its gzip body ended early" + LATER),
        arguments(
            named("something behind it", joined(gzip(NYT), NYT.getBytes(UTF_8))),
            "its gzip body goes on behind its end, with something that is not gzip" + LATER));
  }

  @ParameterizedTest
  @MethodSource("badGzip")
  void failsWhenAFeedCannotBeUnpacked(byte[] body, String reason) throws Exception {
    application("feed.retries", "0");
    nyt(packed(body));

    assertFailed(run(), "Feed nyt: " + feeds.nyt() + ": " + reason);
  }

  @Test
  void givesTheConnectionBackWhenAFeedCannotBeUnpacked() throws Exception {
    application("feed.retries", "0");
    nyt(packed(NYT.getBytes(UTF_8)));

    // More often than the client has connections.
    for (int i = 0; i < 25; i++) {
      application().preview();
    }

    assertThat(feeds.requests(feeds.nyt().getPath())).isEqualTo(25);
  }

  // --- What arrives whole and is not the feed

  static Stream<Arguments> badPulls() {
    String noCases =
        "Feed nyt has no column 'cases': what %1$s serves is not this feed, or its layout changed;";
    return Stream.of(
        arguments(
            named(
                "an HTML page",
                "<!DOCTYPE html>\n<html>\n<title>Sign in, please</title>\n</html>\n"),
            "Feed nyt has no column 'date', 'cases', 'deaths': what %1$s serves is an HTML page and not CSV; open it in a browser, and correct feed.nyt.url, or feed.nyt.headers if it asks for a login."),
        arguments(
            named(
                "an LFS pointer",
                "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"),
            noFeed("version https://git-lfs.github.com/spec/")),
        arguments(named("an empty body", ""), EMPTY),
        arguments(named("a byte order mark", "\uFEFF"), noFeed("")),
        arguments(named("NULs", "\0".repeat(100_000)), noFeed("?".repeat(40))),
        arguments(
            named("one line of 50 MB", "2020-01-21,1,".repeat(3_850_000)),
            noFeed("2020-01-21,1,2020-01-21,1,2020-01-21,1,2")),
        arguments(
            named("a header alone", "date,cases,deaths\n"),
            "Feed nyt has a header and no rows: look at %1$s."),
        arguments(
            named("a column renamed", NYT.replace("cases", "confirmed")),
            noCases + " it begins with 'date,confirmed,deaths'."),
        arguments(
            named("a column of other case", NYT.replace("cases", "Cases")),
            noCases + " it begins with 'date,Cases,deaths'."),
        arguments(
            named("a column missing", "date,deaths\n2020-01-22,0\n2020-01-23,1\n2020-01-24,1\n"),
            noCases + " it begins with 'date,deaths'."),
        arguments(
            named("no header", NYT.substring(NYT.indexOf('\n') + 1)), noFeed("2020-01-21,1,0")),
        arguments(named("semicolons", NYT.replace(',', ';')), noFeed("date;cases;deaths")),
        arguments(
            named("JSON", "{\"date\": \"2020-01-21\"}"), noFeed("{\"date\": \"2020-01-21\"}")),
        arguments(
            named("all rows twice", NYT + NYT.substring(NYT.indexOf('\n') + 1)),
            "Feed nyt has 4 bad rows of 8, more than gate.max-bad-rows allows;"
                + " the first is line 6: 2020-01-21 is there a second time."),
        arguments(
            named("a second header", NYT + NYT),
            "Feed nyt has 5 bad rows of 9, more than gate.max-bad-rows allows;"
                + " the first is line 6: date 'date' is not YYYY-MM-DD."),
        arguments(
            named("NULs in figures", NYT.replace("5,1", "5\0,1")),
            "Feed nyt has 1 bad rows of 4, more than gate.max-bad-rows allows;"
                + " the first is line 5: cases '5 ' is not a number."),
        arguments(
            named("halves", NYT.replace("5,1", "5.5,1")),
            "Feed nyt has 1 bad rows of 4, more than gate.max-bad-rows allows;"
                + " the first is line 5: cases '5.5' is not a whole number."));
  }

  @ParameterizedTest
  @MethodSource("badPulls")
  void refusesWhatIsNotTheFeed(String body, String reason) throws Exception {
    TestApplication.nyt(feeds, body);

    assertRefused(run(), reason.formatted(feeds.nyt()));
  }

  @Test
  void refusesDatesWithDayAndMonthExchanged() throws Exception {
    // 70 days, 24 of which still are dates, most of them wrong ones.
    TestApplication.nyt(feeds, nyt("2020-01-22", 70, "yyyy-dd-MM"));
    TestApplication.jhu(feeds, jhu("2020-01-22", 70));

    assertRefused(
        run(),
        "Feed nyt has 46 bad rows of 70, more than gate.max-bad-rows allows;"
            + " the first is line 2: date '2020-22-01' is not in the calendar.");
  }

  @Test
  void refusesDatesWithDayAndMonthExchangedThatAllAreInTheCalendar() throws Exception {
    String days =
        IntStream.rangeClosed(1, 12)
            .mapToObj("2020-02-%02d,1,1,US,1%n"::formatted)
            .collect(joining());
    archive("Date,Cases,Deaths,Country,Recovered\n" + days);
    TestApplication.nyt(feeds, nyt("2020-02-01", 12, "yyyy-dd-MM"));
    TestApplication.jhu(feeds, jhu("2020-02-01", 12));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
    assertThat(report.reason())
        .isEqualTo(
            "11 of the 12 days archived last are gone (2020-02-01 to 2020-02-12), more than"
                + " gate.max-lost-days allows: check which feed lost them.");
  }

  @Test
  void saysThatEveryRowOfAFeedIsWithoutAFigure() throws Exception {
    TestApplication.jhu(feeds, JHU.replaceAll(",\\d,9\n", ",,9\n"));

    assertRefused(
        run(),
        "Feed jhu has 3 rows of country 'US', and none of them has a figure: its source does not"
            + " give what this feed is read for. Look at %s, and at feed.jhu.country."
                .formatted(feeds.jhu()));
  }

  @Test
  void setsADayAsideThatIsLaterThanTomorrow() throws Exception {
    application("gate.max-bad-rows", "25%");
    TestApplication.nyt(feeds, NYT + "2202-03-31,9,9\n");
    TestApplication.jhu(feeds, JHU + "2202-03-31,US,,9,9,9\n");

    RunReport report = run();

    assertGood(report);
    assertThat(report.feeds())
        .extracting(RunReport.Feed::newestDay)
        .containsOnly(LocalDate.parse("2020-01-24"));
    assertThat(quarantine(report))
        .isEqualTo(
            "jhu,6,date '2202-03-31' is later than tomorrow,\"2202-03-31,US,,9,9,9\"\n"
                + "nyt,6,date '2202-03-31' is later than tomorrow,\"2202-03-31,9,9\"\n");
  }

  @Test
  void refusesOneRowWhereHundredsWere() throws Exception {
    TestApplication.nyt(feeds, nyt("2020-01-22", 300, "yyyy-MM-dd"));
    TestApplication.jhu(feeds, jhu("2020-01-22", 300));
    assertThat(run().days().joined()).isEqualTo(300);
    String good = cloud.object("CovidData.csv").orElseThrow();
    TestApplication.nyt(feeds, nyt("2020-11-16", 1, "yyyy-MM-dd"));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
    assertThat(report.reason())
        .isEqualTo(
            "299 of the 300 days archived last are gone (2020-01-22 to 2020-11-15), more than"
                + " gate.max-lost-days allows: check which feed lost them.");
    assertThat(cloud.object("CovidData.csv")).contains(good);
    assertThat(cloud.items()).hasSize(300);
    assertThat(cloud.messages()).hasSize(2);
  }

  // --- What looks odd and is the feed

  static Stream<Arguments> oddFeeds() {
    return Stream.of(
        arguments(
            named(
                "columns in another order",
                "deaths,date,cases\n0,2020-01-22,1\n1,2020-01-23,2\n1,2020-01-24,5\n"),
            JHU),
        arguments(
            named(
                "further columns",
                "id,date,geoid,cases,cases_avg,deaths,\n1,2020-01-22,USA,1,0.1,0,\n"
                    + "2,2020-01-23,USA,2,0.2,1,\n3,2020-01-24,USA,5,0.5,1,\n"),
            JHU),
        arguments(
            named("decimals", NYT.replace("2,1\n", "2.0,1.00\n").replace("5,1", "5.000,1e0")),
            JHU.replaceAll("(\\d),9\n", "$1.0,9\n")),
        arguments(
            named(
                "days in no order",
                "date,cases,deaths\n2020-01-24,5,1\n2020-01-22,1,0\n2020-01-23,2,1\n"),
            JHU.replace("2020-01-22,US,,9,0,9\n", "") + "2020-01-22,US,,9,0,9\n"),
        arguments(
            named("a byte order mark and CRLF", "\uFEFF" + NYT.replace("\n", "\r\n")),
            "\uFEFF" + JHU.replace("\n", "\r\n")),
        arguments(named("CR", NYT.replace('\n', '\r')), JHU.replace('\n', '\r')),
        arguments(named("no final newline", NYT.stripTrailing()), JHU.stripTrailing()),
        arguments(
            named("quotes", NYT.replaceAll("([^,\n]+)", "\"$1\"")),
            JHU.replaceAll("([^,\n]+)", "\"$1\"")),
        arguments(
            named("provinces", NYT),
            JHU.replace(
                "2020-01-24,US,,9,2,9",
                "2020-01-24,US,\"Here, there\",9,1,9\n2020-01-24,US,\"Else\nwhere\",9,1,9")),
        arguments(
            named("countries with a like name", NYT),
            JHU + "2020-01-24,USA,,9,7,9\n2020-01-24,us,,9,7,9\n2020-01-24,\"US, north\",,9,7,9\n"),
        arguments(named("rows of commas", ",,\n" + NYT + ",,,\n\"\",\" \",\t\n"), JHU + ",,,,,\n"),
        arguments(named("days of one feed only", NYT + "2021-01-01,9,9\n2021-01-02,9,9\n"), JHU));
  }

  @ParameterizedTest
  @MethodSource("oddFeeds")
  void makesTheSameSetOf(String nyt, String jhu) throws Exception {
    TestApplication.nyt(feeds, nyt);
    TestApplication.jhu(feeds, jhu);

    assertGood(run());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/csv; charset=utf-16",
        "text/csv; charset=nonsense",
        "text/csv; charset=\"",
        "nonsense",
        "application/octet-stream"
      })
  void readsAFeedWhateverTypeItIsSaidToBe(String type) throws Exception {
    nyt(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", type);
          send(exchange, NYT.getBytes(UTF_8));
        });

    assertGood(run());
  }

  @Test
  void refusesAnAnswerWithoutABody() throws Exception {
    nyt(exchange -> exchange.sendResponseHeaders(204, -1));

    assertRefused(run(), EMPTY.formatted(feeds.nyt()));
  }

  @Test
  void refusesAnObjectOfJava() throws Exception {
    nyt(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/x-java-serialized-object");
          send(exchange, NYT.getBytes(UTF_8));
        });

    assertRefused(run(), EMPTY.formatted(feeds.nyt()));
  }

  @Test
  void takesTheFirstOfTwoRowsOfADay() throws Exception {
    application("gate.max-bad-rows", "20%");
    TestApplication.nyt(feeds, NYT + "2020-01-24,77,7\n");

    RunReport report = run();

    assertGood(report);
    assertThat(quarantine(report))
        .isEqualTo("nyt,6,2020-01-24 is there a second time,\"2020-01-24,77,7\"\n");
  }

  @Test
  void takesBytesThatAreNoTextForAPlaceOfTheirOwn() throws Exception {
    byte[] row = "2020-01-22,US,?,9,3,9\n2020-01-22,Per?,,9,3,9\n".getBytes(UTF_8);
    for (int i = 0; i < row.length; i++) {
      row[i] = row[i] == '?' ? (byte) 0xff : row[i];
    }
    feeds.answer(feeds.jhu().getPath(), exchange -> send(exchange, JHU.getBytes(UTF_8), row));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object("CovidData.csv"))
        .contains(SET.replace("2020-01-22,1,0,US,0", "2020-01-22,1,0,US,3"));
  }

  @Test
  void setsAFigureOfBytesThatAreNoTextAside() throws Exception {
    application("gate.max-bad-rows", "20%");
    byte[] figure = {(byte) 0xc3, '9', (byte) 0xff};
    nyt(
        exchange ->
            send(
                exchange,
                NYT.getBytes(UTF_8),
                "2020-01-25,".getBytes(UTF_8),
                figure,
                ",1\n".getBytes(UTF_8)));

    RunReport report = run();

    assertGood(report);
    assertThat(quarantine(report))
        .isEqualTo("nyt,6,cases '\uFFFD9\uFFFD' is not a number,\"2020-01-25,\uFFFD9\uFFFD,1\"\n");
  }

  @Test
  void setsOneRowAsideWhoseQuoteIsNotClosed() throws Exception {
    application("gate.max-bad-rows", "30%");
    TestApplication.nyt(feeds, NYT.replace("2020-01-21,1", "2020-01-21,\"1"));

    RunReport report = run();

    assertGood(report);
    assertThat(quarantine(report))
        .isEqualTo(
            "nyt,2,the feed ends inside the row: a quote in it seems not to be closed,"
                + "\"2020-01-21,\"\"1,0\"\n");
  }

  @Test
  void setsOneLineOf50MegabytesAside() throws Exception {
    application("gate.max-bad-rows", "20%");
    byte[] long_ = "2020-01-25,".repeat(4_550_000).getBytes(UTF_8);
    nyt(
        exchange ->
            send(exchange, NYT.getBytes(UTF_8), long_, "\n2020-01-26,9,9\n".getBytes(UTF_8)));

    RunReport report = run();

    assertGood(report);
    assertThat(quarantine(report))
        .isEqualTo(
            "nyt,6,the row is longer than 65536 bytes,\"%s2020-01-25\"\n"
                .formatted("2020-01-25,".repeat(90)));
  }

  // --- What is given, and what is expected

  private void nyt(HttpHandler answer) {
    feeds.answer(feeds.nyt().getPath(), answer);
  }

  private static void send(HttpExchange exchange, byte[]... parts) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    for (byte[] part : parts) {
      exchange.getResponseBody().write(part);
    }
  }

  private static HttpHandler redirect(int status, String path) {
    return exchange -> {
      exchange.getResponseHeaders().set("Location", path);
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private static HttpHandler packed(byte[] body) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Encoding", "gzip");
      send(exchange, body);
    };
  }

  private static Named<Supplier<RawFeed>> raw(String name, Supplier<RawFeed> feed) {
    return named(name, feed);
  }

  private static byte[] chunk(byte[]... parts) {
    byte[] data = joined(parts);
    return joined("%x\r\n".formatted(data.length).getBytes(UTF_8), data, "\r\n".getBytes(UTF_8));
  }

  /** With the address still to be put in. */
  private static String noFeed(String begin) {
    return "Feed nyt has no column 'date', 'cases', 'deaths':"
        + " what %1$s serves is not this feed, or its layout changed"
        + (begin.isEmpty() ? "." : "; it begins with '" + begin + "'.");
  }

  /** A feed of as many days from a first one on. */
  private static String nyt(String first, int days, String dates) {
    DateTimeFormatter format = DateTimeFormatter.ofPattern(dates);
    return LocalDate.parse(first)
        .datesUntil(LocalDate.parse(first).plusDays(days))
        .map(day -> format.format(day) + ",1,1\n")
        .collect(joining("", "date,cases,deaths\n", ""));
  }

  private static String jhu(String first, int days) {
    return LocalDate.parse(first)
        .datesUntil(LocalDate.parse(first).plusDays(days))
        .map(day -> day + ",US,1\n")
        .collect(joining("", "Date,Country/Region,Recovered\n", ""));
  }

  private static URI freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return URI.create("http://127.0.0.1:%d/us.csv".formatted(socket.getLocalPort()));
    }
  }

  private void archive(String set) {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key("CovidData.csv"), RequestBody.fromString(set));
  }

  /** One run that tries once to have the feed of the New York Times from there. */
  private RunReport runWithNytAt(URI nyt, String... settings) throws Exception {
    application(
        "feed.nyt.url",
        nyt.toString(),
        Stream.concat(Stream.of("feed.retries", "0", "feed.timeout", "5s"), Stream.of(settings))
            .toArray(String[]::new));
    return run();
  }

  /** What was set aside, without the header. */
  private String quarantine(RunReport report) {
    String csv = cloud.object("quarantine/" + report.id() + ".csv").orElseThrow();
    assertThat(csv).startsWith("Feed,Line,Reason,Raw\n");
    return csv.substring(csv.indexOf('\n') + 1);
  }

  private void assertGood(RunReport report) {
    assertThat(report.reason()).isNull();
    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    assertThat(count("S3 PUT covid-data/CovidData.csv")).isEqualTo(1);
    assertThat(cloud.messages()).hasSize(1);
  }

  private void assertFailed(RunReport report, String reason) {
    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertNothingIsChanged(report, reason);
  }

  private void assertRefused(RunReport report, String reason) {
    assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
    assertNothingIsChanged(report, reason);
  }

  private void assertNothingIsChanged(RunReport report, String reason) {
    assertThat(report.reason()).isEqualTo(reason);
    assertThat(report.archive()).isNull();
    assertThat(count("DynamoDB")).isZero();
    assertThat(cloud.items()).containsExactlyInAnyOrder(item(DAY_22), item(DAY_23), item(DAY_24));
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    assertThat(cloud.keys("")).contains("runs/" + report.id() + ".json");
    assertThat(cloud.messages()).hasSize(1);
    Message message = cloud.messages().get(0);
    assertThat(message.subject()).isEqualTo("Covid Table Update FAILED");
    assertThat(message.text()).startsWith(reason + "\n\n");
    assertThat(message.attributes()).containsEntry("status", report.status().toString());
  }
}
