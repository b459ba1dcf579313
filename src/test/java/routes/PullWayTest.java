package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.SharedFactories;
import app.TestApplication;
import com.sun.net.httpserver.HttpExchange;
import covid.Dataset;
import covid.FeedLayout;
import covid.FeedSet;
import covid.Freshness;
import covid.Metric;
import covid.Place;
import covid.RowCounts;
import feeds.FeedHeaders;
import feeds.FeedHttpClient;
import feeds.FeedSource;
import feeds.Proxies;
import feeds.Reading;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import local.FeedServer;
import local.RawFeed;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the route pull-feed sends, and to whom: proxies, and headers of a feed. */
class PullWayTest {
  private static final RowCounts FOUR_ROWS = new RowCounts(4, 4, 0, 0);
  private static final String AUTHORIZATION = "Authorization";
  private static final String SECRET = "Bearer c2VjcmV0";

  private final FeedServer server = TestApplication.feeds();
  private final FeedServer other = TestApplication.feeds();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final FeedHeaders headers = new FeedHeaders(Map.of(AUTHORIZATION, SECRET));
  private final PullRoutes routes =
      new PullRoutes(
          List.of(),
          new Freshness(Optional.empty()),
          new RawBodies(
              Optional.empty(),
              new Reading(Dataset.ofCountry(new Place("US")), false, ""),
              Clock.systemUTC()),
          Clock.systemUTC());
  private final DefaultCamelContext camel = new DefaultCamelContext();

  @AfterEach
  void stop() {
    camel.stop();
    server.close();
    other.close();
  }

  // --- Proxies. The server serves as one: it answers whatever host it is asked for.

  @Test
  void asksAProxyForTheWholeAddress() throws Exception {
    try (RawFeed proxy = RawFeed.saying("HTTP/1.1 200 OK\r\n\r\n", TestApplication.NYT)) {
      start(Map.of("HTTP_PROXY", "http://127.0.0.1:" + proxy.uri().getPort()));

      assertThat(pull("http://feeds.test/us.csv?a=b").counts()).isEqualTo(FOUR_ROWS);
      assertThat(proxy.requests()).containsExactly("GET http://feeds.test/us.csv?a=b HTTP/1.1");
    }
  }

  @Test
  void showsItsPasswordToAProxyThatAsksForOne() throws Exception {
    List<String> passwords = new CopyOnWriteArrayList<>();
    server.answer(
        "/us.csv",
        exchange -> {
          String password = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          if (password == null) {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"proxy\"");
            exchange.sendResponseHeaders(407, -1);
          } else {
            passwords.add(password);
            send(exchange);
          }
        });
    start(Map.of("http_proxy", "http://me:a%40b@" + server.uri().getAuthority()));

    assertThat(pull("http://feeds.test/us.csv").counts()).isEqualTo(FOUR_ROWS);
    assertThat(passwords)
        .containsExactly("Basic " + Base64.getEncoder().encodeToString("me:a@b".getBytes(UTF_8)));
  }

  @Test
  void asksAProxyForATunnelToASecureFeed() throws Exception {
    try (RawFeed proxy = RawFeed.saying("HTTP/1.1 403 Forbidden\r\n\r\n")) {
      start(Map.of("HTTPS_PROXY", "http://127.0.0.1:" + proxy.uri().getPort()));

      assertThat(failureOf("https://feeds.test/us.csv"))
          .isEqualTo(
              "https://feeds.test/us.csv answered 403 Forbidden: the server, or a proxy, asks for an"
                  + " account; correct feed.nyt.url or feed.nyt.headers.");
      assertThat(proxy.requests()).containsExactly("CONNECT feeds.test:443 HTTP/1.1");
    }
  }

  @Test
  void doesNotAskAProxyForWhatIsExcepted() throws Exception {
    start(Map.of("HTTP_PROXY", server.uri().toString(), "NO_PROXY", ".invalid"));

    assertThat(failureOf("http://feed.invalid/us.csv"))
        .isEqualTo(
            "The host of http://feed.invalid/us.csv is not known: correct feed.nyt.url, or check the"
                + " DNS.");
    assertThat(pull(server.nyt().toString()).counts()).isEqualTo(FOUR_ROWS);
    assertThat(server.requests("/us.csv")).isEqualTo(1);
  }

  // --- Headers

  @Test
  void sendsTheHeadersOfAFeed() throws Exception {
    noteAuthorization(server, "/us.csv");
    start(Map.of());

    assertThat(pull(server.nyt().toString()).counts()).isEqualTo(FOUR_ROWS);
    assertThat(authorizations).containsExactly("/us.csv " + SECRET);
  }

  @Test
  void sendsTheHeadersOnWhenItIsRedirectedToTheSameOrigin() throws Exception {
    redirect(server, "/old.csv", "/us.csv");
    noteAuthorization(server, "/us.csv");
    start(Map.of());

    assertThat(pull(server.uri() + "/old.csv").counts()).isEqualTo(FOUR_ROWS);
    assertThat(authorizations).containsExactly("/old.csv " + SECRET, "/us.csv " + SECRET);
  }

  @Test
  void followsARedirectToAnotherOriginWithoutTheHeaders() throws Exception {
    redirect(server, "/old.csv", other.uri() + "/on.csv");
    redirect(other, "/on.csv", "/us.csv");
    noteAuthorization(other, "/us.csv");
    start(Map.of());

    assertThat(pull(server.uri() + "/old.csv").counts()).isEqualTo(FOUR_ROWS);
    assertThat(authorizations)
        .containsExactly("/old.csv " + SECRET, "/on.csv null", "/us.csv null");
  }

  @Test
  void doesNotSendTheHeadersAgainWhenItIsRedirectedBack() throws Exception {
    redirect(server, "/old.csv", other.uri() + "/on.csv");
    redirect(other, "/on.csv", server.nyt().toString());
    noteAuthorization(server, "/us.csv");
    start(Map.of());

    assertThat(pull(server.uri() + "/old.csv").counts()).isEqualTo(FOUR_ROWS);
    assertThat(authorizations)
        .containsExactly("/old.csv " + SECRET, "/on.csv null", "/us.csv null");
  }

  @Test
  void keepsNoHeaderOfTheFeedOnTheMessage() throws Exception {
    start(Map.of());

    Exchange exchange = exchange(server.nyt().toString());

    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(AUTHORIZATION);
    assertThat(exchange.getVariable("source")).asString().doesNotContain("c2VjcmV0");
  }

  private void noteAuthorization(FeedServer feeds, String path) {
    feeds.answer(
        path,
        exchange -> {
          note(exchange.getRequestHeaders().getFirst(AUTHORIZATION), path);
          send(exchange);
        });
  }

  private void redirect(FeedServer feeds, String path, String to) {
    feeds.answer(
        path,
        exchange -> {
          note(exchange.getRequestHeaders().getFirst(AUTHORIZATION), path);
          exchange.getResponseHeaders().set("Location", to);
          exchange.sendResponseHeaders(302, -1);
        });
  }

  private void note(String authorization, String path) {
    authorizations.add(path + " " + authorization);
  }

  private static void send(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().write(TestApplication.NYT.getBytes(UTF_8));
  }

  private void start(Map<String, String> environment) throws Exception {
    SharedFactories.in(camel);
    camel.setStreamCaching(false);
    camel
        .getRegistry()
        .bind(
            "feedHttpClient",
            new FeedHttpClient(
                Duration.ofSeconds(20),
                camel
                    .getExecutorServiceManager()
                    .newSingleThreadScheduledExecutor(this, "pull-limit"),
                new Proxies(name -> null, environment::get)));
    camel.addRoutes(routes);
    camel.addRoutes(
        new ReadRoutes(Dataset.ofCountry(new Place("US")), 1_000_000, Clock.systemUTC()));
    camel.start();
  }

  private FeedSet pull(String url) throws Exception {
    Exchange exchange = exchange(url);
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getBody(FeedSet.class);
  }

  private Exception failure(String url) throws Exception {
    return exchange(url).getException();
  }

  private String failureOf(String url) throws Exception {
    return Reason.ofPull(failure(url), source(url));
  }

  private FeedSource source(String url) {
    return new FeedSource(
        "nyt",
        URI.create(url),
        FeedLayout.parse("date=date, cases=cases, deaths=deaths", Metric.PUBLISHED),
        Optional.of(new Place("US")),
        UTF_8,
        "",
        headers);
  }

  private Exchange exchange(String url) throws IOException {
    FeedSource source = source(url);
    try (ProducerTemplate template = camel.createProducerTemplate()) {
      return template.send("direct:pull-feed", exchange -> exchange.setVariable("source", source));
    }
  }
}
