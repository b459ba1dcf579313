package routes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import local.LocalCloud;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every request, whatever is asked. */
class HttpRulesTest extends ApiTestBase {
  private static final Map<String, String> EVERYWHERE =
      Map.of(
          "vary",
          "Accept, Accept-Encoding",
          "access-control-allow-origin",
          "*",
          "access-control-expose-headers",
          "ETag, Retry-After, Warning, Age",
          "content-security-policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
              + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "x-content-type-options",
          "nosniff",
          "x-frame-options",
          "DENY",
          "referrer-policy",
          "no-referrer");

  private static final String END = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private static final String FORM =
      "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n\r\n";

  HttpRulesTest(LocalCloud cloud) {
    super(cloud);
  }

  /** Everything that GET gives. */
  static Stream<String> paths() {
    return Stream.of(
        "/",
        "/assets/app.js",
        "/assets/favicon.svg",
        "/totals",
        "/days",
        "/days?from=2020-02-01&format=csv",
        "/chart.png",
        "/chart.svg",
        "/CovidData.csv",
        "/runs",
        "/runs/" + RUN,
        "/openapi.json");
  }

  @BeforeEach
  void putAHundredDays() {
    put(
        "CovidData.csv",
        IntStream.range(0, 100)
            .mapToObj(
                day ->
                    "%s,%d,%d,US,%d\n"
                        .formatted(LocalDate.of(2020, 1, 22).plusDays(day), day, day / 2, day / 3))
            .collect(Collectors.joining("", "Date,Cases,Deaths,Country,Recovered\n", "")));
    putReport(RUN);
  }

  @ParameterizedTest
  @CsvSource({
    "/?embed, true",
    "/?place=a&embed=, true",
    "/?embedded, false",
    "/totals?embed, false",
    "/assets/app.js?embed, false"
  })
  void onlyThePageThatIsMadeForItMayBeInAFrameOfAnotherSite(String path, boolean isAllowed)
      throws Exception {
    Map<String, String> headers = headers(api.get(path));

    assertThat(headers.containsKey("x-frame-options")).isEqualTo(!isAllowed);
    assertThat(headers.get("content-security-policy"))
        .startsWith("default-src 'none'; script-src 'self';")
        .endsWith(isAllowed ? "frame-ancestors *" : "frame-ancestors 'none'");
  }

  private static Map<String, String> headers(HttpResponse<?> answer) {
    Map<String, String> headers = new TreeMap<>();
    answer.headers().map().forEach((name, values) -> headers.put(name, String.join(" | ", values)));
    return headers;
  }

  /** Headers and body of all that a server sent. */
  private static Map<String, String> rawHeaders(String answer) {
    return answer
        .substring(0, answer.indexOf("\r\n\r\n"))
        .lines()
        .skip(1)
        .collect(
            Collectors.toMap(
                line -> line.split(": ", 2)[0].toLowerCase(Locale.ROOT),
                line -> line.split(": ", 2)[1]));
  }

  private static String rawBody(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  // --- Methods

  @ParameterizedTest
  @MethodSource("paths")
  void headIsGetWithoutABody(String path) throws Exception {
    awaitItsState(path);
    HttpResponse<byte[]> get = api.bytes(path);

    HttpResponse<String> head = api.send("HEAD", path);

    assertThat(get.statusCode()).isEqualTo(200);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(headers(head)).isEqualTo(headers(get));
    assertThat(Api.header(head, "Content-Length")).isEqualTo("" + get.body().length);
    assertThat(rawBody(api.raw("HEAD " + path + END))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("paths")
  void headClaimsNoOtherLengthThanGetWhereTheAnswerMayBePacked(String path) throws Exception {
    awaitItsState(path);
    Map<String, String> get = headers(api.bytes(path, "Accept-Encoding", "gzip"));

    Map<String, String> head = headers(api.send("HEAD", path, "Accept-Encoding", "gzip"));

    // How an answer is packed, and how long it is then, shows only when it is.
    if (get.remove("content-encoding") != null) {
      get.remove("content-length");
    }
    assertThat(head).isEqualTo(get);
  }

  @ParameterizedTest
  @CsvSource({
    "/nothing,           404, ''",
    "/days?interval=x,   400, ''",
    "/runs/nothing,      404, ''",
    "/totals,            304, *",
    "/assets/nothing,    404, ''",
  })
  void headHasTheStatusOfGet(String path, int status, String etag) throws Exception {
    assertThat(api.get(path, "If-None-Match", etag).statusCode()).isEqualTo(status);
    assertThat(api.send("HEAD", path, "If-None-Match", etag).statusCode()).isEqualTo(status);
    assertThat(rawBody(api.raw("HEAD " + path + END))).isEmpty();
  }

  @Test
  void anAddressMayNameTheServerToo() throws Exception {
    for (String method : new String[] {"GET", "HEAD"}) {
      assertThat(api.raw(method + " " + api.uri() + "/runs/" + RUN + END))
          .startsWith("HTTP/1.1 200 OK\r\n");
      assertThat(api.raw(method + " " + api.uri() + "/days?from=2020-02-30" + END))
          .startsWith("HTTP/1.1 400 Bad Request\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST    | /totals        | GET, HEAD",
        "PUT     | /days          | GET, HEAD",
        "DELETE  | /CovidData.csv | GET, HEAD",
        "PATCH   | /chart.png     | GET, HEAD",
        "OPTIONS | /chart.svg     | GET, HEAD",
        "DELETE  | /runs          | GET, HEAD, POST",
        "POST    | /runs/x        | GET, HEAD",
        "DELETE  | /runs/x        | GET, HEAD",
        "POST    | /openapi.json  | GET, HEAD",
        "POST    | /              | GET, HEAD",
        "PUT     | /assets/app.js | GET, HEAD",
        "TRACE   | /totals        | GET, HEAD",
        "MADE-UP | /totals        | GET, HEAD",
      })
  void saysWhichMethodsAPathKnows(String method, String path, String allowed) throws Exception {
    String answer = api.raw(method + " " + path + END);

    assertThat(answer).startsWith("HTTP/1.1 405 Method Not Allowed\r\n");
    assertThat(rawHeaders(answer)).containsEntry("allow", allowed);
    assertThat(rawBody(answer))
        .isEqualTo(
            ("{\"type\":\"about:blank\",\"title\":\"Method Not Allowed\",\"status\":405,"
                    + "\"detail\":\"This path knows %s.\"}")
                .formatted(allowed));
    assertThat(asked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /totals/",
    "GET,    /chart.png/",
    "GET,    /runs/",
    "GET,    /runs/2026-11-22T21-00-00Z-7f3a/",
    "GET,    /assets/app.js/",
    "GET,    /totals//",
    "GET,    /runs/./",
    "GET,    /runs/x/../",
    "HEAD,   /totals/",
    "POST,   /runs/",
    "DELETE, /totals/",
    "DELETE, /nothing/",
  })
  void aSlashAtTheEndMakesAnotherPathThatThereIsNot(String method, String path) throws Exception {
    String answer = api.raw(method + " " + path + END);

    assertThat(answer).startsWith("HTTP/1.1 404 Not Found\r\n");
    assertThat(rawHeaders(answer)).containsEntry("content-type", Api.PROBLEM);
    if (!method.equals("HEAD")) {
      assertThat(rawBody(answer)).contains("There is nothing at this path.");
    }
    assertThat(asked()).isEmpty();
  }

  // --- What is kept and by whom

  private void awaitItsState(String path) throws Exception {
    if (path.equals("/")) {
      awaitThePictureOfTheSet();
    }
  }

  @ParameterizedTest
  @MethodSource("paths")
  void whoeverKeepsAnAnswerAsksWhetherItIsStillTheSame(String path) throws Exception {
    awaitItsState(path);
    HttpResponse<byte[]> answer = api.bytes(path);
    String etag = Api.header(answer, "ETag");

    HttpResponse<byte[]> again = api.bytes(path, "If-None-Match", etag);

    assertThat(Api.header(answer, "Cache-Control")).isEqualTo("no-cache");
    assertThat(etag).matches("W/\"[0-9a-f]+\"");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    Map<String, String> expected = new TreeMap<>(EVERYWHERE);
    expected.putAll(Map.of("etag", etag, "cache-control", "no-cache"));
    assertThat(headers(again)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/days", "/CovidData.csv", "/chart.svg", "/openapi.json", "/assets/vue.js"})
  void textOfSomeSizeIsPacked(String path) throws Exception {
    HttpResponse<byte[]> plain = api.bytes(path);

    HttpResponse<byte[]> packed = api.bytes(path, "Accept-Encoding", "gzip");

    assertThat(Api.header(plain, "Content-Encoding")).isEmpty();
    assertThat(Api.header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(Api.header(packed, "Content-Type")).isEqualTo(Api.header(plain, "Content-Type"));
    assertThat(Api.header(packed, "ETag")).isEqualTo(Api.header(plain, "ETag"));
    assertThat(Api.header(packed, "Vary")).isEqualTo("Accept, Accept-Encoding");
    assertThat(packed.body().length).isLessThan(plain.body().length);
    assertThat(unpacked(packed.body())).isEqualTo(plain.body());
  }

  private static byte[] unpacked(byte[] bytes) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/totals", "/chart.png", "/runs", "/nothing"})
  void picturesAndShortTextsAreNotPacked(String path) throws Exception {
    HttpResponse<byte[]> plain = api.bytes(path);

    HttpResponse<byte[]> answer = api.bytes(path, "Accept-Encoding", "gzip, deflate, br");

    assertThat(headers(answer)).isEqualTo(headers(plain)).doesNotContainKey("content-encoding");
    assertThat(answer.body()).isEqualTo(plain.body());
  }

  @Test
  void aPictureIsSentByteForByteToWhoTakesPackedAnswers() throws Exception {
    byte[] picture = api.bytes("/chart.png").body();

    String answer =
        api.raw(
            "GET /chart.png HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n"
                + "Connection: close\r\n\r\n");

    assertThat(rawHeaders(answer))
        .containsEntry("content-length", "" + picture.length)
        .doesNotContainKey("content-encoding");
    assertThat(rawBody(answer).getBytes(ISO_8859_1)).isEqualTo(picture);
  }

  @Test
  void thereIsNoOtherProtocolWithOtherLimits() throws Exception {
    HttpClient upgrading = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    HttpResponse<String> answer =
        upgrading.send(
            HttpRequest.newBuilder(api.uri().resolve("/totals")).build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
  }

  // --- Other sites

  @ParameterizedTest
  @MethodSource("paths")
  void everySiteMayReadEverything(String path) throws Exception {
    HttpResponse<byte[]> answer = api.bytes(path, "Origin", "https://elsewhere.test");

    assertThat(Api.header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(Api.header(answer, "Access-Control-Expose-Headers"))
        .isEqualTo("ETag, Retry-After, Warning, Age");
    assertThat(Api.header(answer, "Access-Control-Allow-Credentials")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/totals", "/days", "/runs", "/chart.png", "/nothing"})
  void whatIsKeptForOneSiteIsGoodForAnother(String path) throws Exception {
    assertThat(headers(api.get(path, "Origin", "https://elsewhere.test")))
        .isEqualTo(headers(api.get(path)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://elsewhere.test", "null", "file://", "nonsense"})
  void everySiteMayReadErrorsToo(String origin) throws Exception {
    for (String path : new String[] {"/nothing", "/runs/x", "/days?from=x"}) {
      HttpResponse<String> answer = api.get(path, "Origin", origin);

      assertThat(answer.statusCode()).isIn(400, 404);
      assertThat(Api.header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/totals", "/days", "/runs", "/runs/x", "/nothing"})
  void aBrowserLearnsBeforehandWhatASiteMayAsk(String path) throws Exception {
    HttpResponse<String> answer =
        api.send(
            "OPTIONS",
            path,
            "Origin",
            "https://elsewhere.test",
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "if-none-match");

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.body()).isEmpty();
    assertThat(Api.header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
    assertThat(Api.header(answer, "Access-Control-Allow-Methods")).isEqualTo("GET, HEAD");
    assertThat(Api.header(answer, "Access-Control-Allow-Headers"))
        .isEqualTo("Accept, If-None-Match");
  }

  // --- Errors

  /** Requests that go wrong, as they are sent; each with the status that it gets. */
  static Stream<String> wrongRequests() {
    return Stream.of(
        "404 GET /nothing" + END,
        "404 GET /runs/x" + END,
        "404 GET /assets/x" + END,
        "404 POST /nothing" + END,
        "400 GET /days?from=x" + END,
        "400 GET /days?from=%zz" + END,
        "400 GET /%zz" + END,
        "400 GET /runs/%" + END,
        "400 GET /assets/%e" + END,
        "404 GET *" + END,
        "404 OPTIONS *" + END,
        "404 GET totals" + END,
        "400 GET ?x" + END,
        "404 CONNECT elsewhere.test:80" + END,
        "405 DELETE /totals" + END,
        "406 GET /totals HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\nConnection: close\r\n\r\n",
        "406 GET /days HTTP/1.1\r\nHost: a\r\nAccept: image/png\r\nConnection: close\r\n\r\n",
        "406 GET /chart.png HTTP/1.1\r\nHost: a\r\nAccept: nonsense\r\nConnection: close\r\n\r\n",
        "406 GET /days HTTP/1.1\r\nHost: a\r\nAccept: text/csv;q=0\r\nConnection: close\r\n\r\n",
        "406 GET /days HTTP/1.1\r\nHost: a\r\nAccept: text/html, text/csv;q=0\r\nConnection: close\r\n\r\n",
        "403 POST /runs" + END,
        "403 " + form(9_000, "a"),
        "403 " + form(15_999, "a=1&"),
        "403 " + chunkedForm(15_999),
        "413 " + form(16_001, "a"),
        "413 " + chunkedForm(20_000),
        "413 POST /runs HTTP/1.1\r\nHost: a\r\nContent-Length: 16001\r\nConnection: close\r\n\r\n"
            + "a".repeat(16_001),
        "413 GET /totals HTTP/1.1\r\nHost: a\r\nContent-Length: 16001\r\nConnection: close\r\n\r\n"
            + "a".repeat(16_001),
        "413 POST /runs HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
            + "Connection: close\r\n\r\n4e20\r\n"
            + "a".repeat(20_000)
            + "\r\n0\r\n\r\n",
        "414 GET /" + "a".repeat(4_200) + END,
        "414 GET /days?from=" + "a".repeat(4_200) + END,
        "431 GET /totals HTTP/1.1\r\nHost: a\r\nCookie: " + "a".repeat(8_300) + "\r\n\r\n",
        "431 GET /totals HTTP/1.1\r\nHost: a\r\n" + "Cookie: a\r\n".repeat(1_000) + "\r\n",
        "400 nonsense\r\n\r\n",
        "400 GET /days?from=2020 01 22" + END,
        "400 GET /totals HTTP/1.1\r\nConnection: close\r\n\r\n",
        "400 GET /totals HTTP/1.1\r\nHost: a\r\nContent-Length: many\r\n\r\n");
  }

  private static String form(int length, String repeated) {
    return "POST /runs HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n%s%s"
        .formatted(length, FORM, repeated.repeat(length).substring(0, length));
  }

  private static String chunkedForm(int length) {
    return "POST /runs HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n%s%x\r\n%s\r\n0\r\n\r\n"
        .formatted(FORM, length, "a".repeat(length));
  }

  @ParameterizedTest
  @MethodSource("wrongRequests")
  void everyErrorIsAProblemAndSaysNothingOfTheInside(String statusAndRequest) throws Exception {
    int status = Integer.parseInt(statusAndRequest.substring(0, 3));

    String answer = api.raw(statusAndRequest.substring(4));

    assertThat(rawHeaders(answer))
        .containsAllEntriesOf(EVERYWHERE)
        .containsEntry("content-type", Api.PROBLEM)
        .containsEntry("cache-control", "no-store")
        .containsEntry("content-length", "" + rawBody(answer).length());
    JsonNode problem = new ObjectMapper().readTree(rawBody(answer));
    assertThat(problem.get("type").asText()).isEqualTo("about:blank");
    assertThat(answer.substring("HTTP/1.1 ".length()))
        .startsWith(status + " " + problem.get("title").asText() + "\r\n");
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asText()).endsWith(".");
    assertThat(answer)
        .doesNotContain("Exception", "\tat ", "java.", "org.apache", "io.vertx", "amazon");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4200 | 0    | 414 | 4,096 bytes of address are the most.",
        "1    | 8300 | 431 | 8,192 bytes of headers are the most.",
      })
  void saysHowLongAnAddressAndHeadersMayBe(int path, int header, int status, String detail)
      throws Exception {
    String answer =
        api.raw(
            "GET /%s HTTP/1.1\r\nHost: a\r\nX: %s\r\nConnection: close\r\n\r\n"
                .formatted("a".repeat(path), "a".repeat(header)));

    JsonNode problem = new ObjectMapper().readTree(rawBody(answer));
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("detail").asText()).isEqualTo(detail);
  }

  @Test
  void longAddressesAndHeadersBelowTheLimitAreTaken() throws Exception {
    assertThat(api.rawGet("/" + "a".repeat(4_000))).startsWith("HTTP/1.1 404 ");
    assertThat(
            api.raw(
                "GET /totals HTTP/1.1\r\nHost: a\r\nX: %s\r\nConnection: close\r\n\r\n"
                    .formatted("a".repeat(8_000))))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aFaultOfTheProgramSaysNothingOfTheInside() throws Exception {
    try (Api broken = another()) {
      AdviceWith.adviceWith(
          broken.application().context(),
          "list-runs",
          route -> route.weaveAddFirst().throwException(new IllegalStateException("inside")));

      HttpResponse<String> answer = broken.get("/runs");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(Api.header(answer, "Content-Type")).isEqualTo(Api.PROBLEM);
      assertThat(answer.body())
          .isEqualTo(
              "{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
                  + "\"detail\":\"Something went wrong here; the log has more.\"}");
      assertThat(headers(answer)).containsAllEntriesOf(EVERYWHERE);
    }
  }

  @ParameterizedTest
  @MethodSource("paths")
  void everyAnswerKeepsTheBrowserInBounds(String path) throws Exception {
    HttpResponse<byte[]> answer = api.bytes(path);

    assertThat(headers(answer)).containsAllEntriesOf(EVERYWHERE);
    assertThat(headers(answer)).doesNotContainKeys("server", "set-cookie", "x-powered-by");
  }

  @Test
  void theAnswersOfOneConnectionAreThoseOfItsRequests() throws Exception {
    Function<String, String> get = path -> "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";

    String answers = api.raw(get.apply("/nothing") + get.apply("/runs/x") + "GET /totals" + END);

    assertThat(answers.split("HTTP/1\\.1 "))
        .hasSize(4)
        .satisfies(parts -> assertThat(parts[1]).startsWith("404 "))
        .satisfies(parts -> assertThat(parts[2]).startsWith("404 ").contains("There is no run 'x'"))
        .satisfies(
            parts -> assertThat(parts[3]).startsWith("200 ").contains("{\"country\":\"US\""));
  }
}
