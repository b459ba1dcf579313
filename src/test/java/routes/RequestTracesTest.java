package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.SharedApplication;
import java.util.List;
import java.util.Map;
import local.LocalCloud;
import local.Polling;
import local.TraceCollector;
import local.TraceSpan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a collector of traces gets of requests over HTTP. */
class RequestTracesTest extends ApiTestBase {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String CALLER = "b7ad6b7169203331";
  private static final String TRACEPARENT = "00-%s-%s-01".formatted(TRACE, CALLER);

  private TraceCollector collector;

  RequestTracesTest(LocalCloud cloud) {
    super(cloud, "http.refresh", "1ms", "http.token", Api.TOKEN);
  }

  @Override
  @BeforeAll
  void open(SharedApplication shared) throws Exception {
    collector = TraceCollector.start();
    collector.exporting(
        () -> {
          super.open(shared);
          return api;
        });
  }

  @AfterAll
  void stop() {
    collector.close();
  }

  @BeforeEach
  void forget() {
    collector.reset();
  }

  private TraceSpan span(String name) throws InterruptedException {
    Polling.until(() -> collector.spans().stream().anyMatch(span -> span.name().equals(name)));
    return collector.spans().stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRequestContinuesTheTraceOfItsCaller() throws Exception {
    put("CovidData.csv", SET);

    api.get("/totals?country=US", "traceparent", TRACEPARENT);
    TraceSpan span = span("GET /totals");

    assertThat(span.trace()).isEqualTo(TRACE);
    assertThat(span.parent()).isEqualTo(CALLER);
    assertThat(span.kind()).isEqualTo("SERVER");
    assertThat(span.attributes())
        .containsAllEntriesOf(
            Map.of(
                "http.request.method", "GET",
                "http.route", "/totals",
                "url.path", "/totals",
                "url.scheme", "http",
                "http.response.status_code", "400"));
    assertThat(span.error()).as("the caller's mistake is no error of the server").isEmpty();
  }

  @Test
  void aRequestWithoutATraceBeginsOne() throws Exception {
    put("CovidData.csv", SET);

    assertThat(api.get("/versions/none", "traceparent", "nonsense").statusCode()).isEqualTo(404);
    TraceSpan span = span("GET /versions/{id}");

    assertThat(span.trace()).isNotEqualTo(TRACE);
    assertThat(span.parent()).isEmpty();
    assertThat(span.attribute("url.path")).isEqualTo("/versions/none");
  }

  @Test
  void aRunBelongsToTheTraceOfTheRequestThatStartsIt() throws Exception {
    api.post("/runs", "", "Authorization", "Bearer " + Api.TOKEN, "traceparent", TRACEPARENT);
    TraceSpan run = span("do-run");

    assertThat(run.trace()).isEqualTo(TRACE);
    assertThat(run.parent()).isEqualTo(span("POST /runs").id());
    assertThat(List.of(run.attribute("covid.run.trigger"))).containsExactly("http");
  }
}
