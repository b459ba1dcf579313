package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.always;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import local.Faults;
import local.LocalCloud;
import local.Service;
import local.TraceCollector;
import local.TraceSpan;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import telemetry.TraceParent;

/** What a collector of traces gets of runs. */
class TracesTest extends IngestTestBase {
  private TraceCollector collector;

  TracesTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void collect() throws IOException {
    collector = TraceCollector.start();
  }

  @AfterEach
  void close() {
    collector.close();
  }

  private RunReport tracedRun() throws Exception {
    return collector.exporting(() -> ownApplication()).run();
  }

  @Test
  void aRunIsOneTraceOfItsStagesAndFeeds() throws Exception {
    RunReport report = tracedRun();
    stop();

    List<TraceSpan> spans = collector.spans();
    assertThat(paths(spans))
        .filteredOn(path -> !path.contains("."))
        .containsExactlyInAnyOrder(
            "do-run",
            "do-run/run-stages",
            "do-run/run-stages/open-run",
            "do-run/run-stages/replay-dead-letters",
            "do-run/run-stages/read-set",
            "do-run/run-stages/read-set/pull-set",
            "do-run/run-stages/collect-days",
            "do-run/run-stages/collect-days/pull-feeds",
            "do-run/run-stages/collect-days/pull-feeds/fetch-jhu",
            "do-run/run-stages/collect-days/pull-feeds/fetch-jhu/GET",
            "do-run/run-stages/collect-days/pull-feeds/fetch-jhu/GET/read-body",
            "do-run/run-stages/collect-days/pull-feeds/fetch-jhu/keep-body",
            "do-run/run-stages/collect-days/pull-feeds/fetch-nyt",
            "do-run/run-stages/collect-days/pull-feeds/fetch-nyt/GET",
            "do-run/run-stages/collect-days/pull-feeds/fetch-nyt/GET/read-body",
            "do-run/run-stages/collect-days/pull-feeds/fetch-nyt/keep-body",
            "do-run/run-stages/check-days",
            "do-run/run-stages/store-days",
            "do-run/run-stages/store-days/read-table",
            "do-run/run-stages/archive-days",
            "do-run/run-stages/archive-days/publish-set",
            "do-run/run-stages/archive-days/publish-set/write-set",
            "do-run/run-stages/archive-days/publish-set/put-version",
            "do-run/run-stages/archive-days/publish-set/put-version/put-manifest",
            "do-run/run-stages/archive-days/publish-set/put-set",
            "do-run/announce-run",
            "do-run/announce-run/save-quarantine",
            "do-run/announce-run/save-report",
            "do-run/announce-run/send-summary",
            "do-run/announce-run/remove-markers");
    assertThat(spans).extracting(TraceSpan::trace).containsOnly(spans.get(0).trace());
    assertThat(spans).extracting(span -> span.attribute("covid.run.id")).containsOnly(report.id());
    assertThat(named("do-run").attributes())
        .containsEntry("covid.run.status", "succeeded")
        .containsEntry("covid.run.trigger", "command")
        .containsEntry("covid.days.added", "3");
    assertThat(named("do-run").resource())
        .containsEntry("service.name", "event-driven-camel")
        .containsEntry("service.version", "unpacked")
        .containsEntry("covid.dataset", "us");
    assertThat(collector.requests()).containsOnly("POST /v1/traces");
  }

  @Test
  void aCallToAwsIsASpanOfTheRouteThatMakesItIfThatHasOne() throws Exception {
    tracedRun();
    stop();

    List<TraceSpan> calls =
        collector.spans().stream().filter(span -> !span.attribute("rpc.system").isEmpty()).toList();
    assertThat(calls)
        .allSatisfy(
            span -> {
              assertThat(span.kind()).isEqualTo("CLIENT");
              assertThat(span.attributes())
                  .containsEntry("rpc.system", "aws-api")
                  .containsEntry("server.address", "127.0.0.1")
                  .containsKey("server.port");
              assertThat(span.name())
                  .isEqualTo(span.attribute("rpc.service") + "." + span.attribute("rpc.method"));
            });
    // Not those of each day.
    assertThat(paths(collector.spans()))
        .filteredOn(path -> path.contains("."))
        .extracting(path -> path.replaceAll(".*/(?=.*/)", ""))
        .containsExactlyInAnyOrder(
            "open-run/S3.ListObjects",
            "open-run/S3.PutObject",
            "replay-dead-letters/S3.ListObjects",
            "pull-set/S3.GetObject",
            "keep-body/S3.PutObject",
            "keep-body/S3.PutObject",
            "put-manifest/S3.PutObject",
            "put-set/S3.PutObject",
            "save-report/S3.PutObject",
            "send-summary/Sns.Publish",
            "remove-markers/S3.DeleteObject");
    assertThat(calls)
        .filteredOn(span -> span.name().equals("S3.PutObject"))
        .extracting(span -> span.attribute("http.response.status_code"))
        .containsOnly("200");
  }

  @Test
  void aCallThatAwsRefusesSaysSo() throws Exception {
    cloud.intercept(
        always(to(Service.SNS), Faults.refusal(Service.SNS, 403, "AuthorizationError")));

    tracedRun();
    stop();

    TraceSpan call = named("Sns.Publish");
    assertThat(call.attributes())
        .containsEntry("http.response.status_code", "403")
        .containsEntry(
            "error.type", "software.amazon.awssdk.services.sns.model.AuthorizationErrorException");
    assertThat(call.error()).isEqualTo(call.attribute("error.type"));
  }

  @Test
  void anAttemptToPullAFeedIsARequest() throws Exception {
    feeds.answer(feeds.jhu().getPath(), exchange -> exchange.sendResponseHeaders(503, -1));

    RunReport report = tracedRun();
    stop();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    List<TraceSpan> attempts =
        collector.spans().stream().filter(span -> span.name().equals("GET")).toList();
    assertThat(attempts)
        .extracting(
            TraceSpan::kind,
            span -> span.attribute("covid.feed"),
            span -> span.attribute("http.request.method"),
            span -> span.attribute("url.full"),
            span -> span.attribute("server.address"),
            span -> span.attribute("server.port"),
            span -> span.attribute("http.response.status_code"),
            span -> span.attribute("error.type"),
            span -> span.attribute("http.request.resend_count"))
        .containsExactlyInAnyOrder(
            attempt("nyt", feeds.nyt(), "200", "", ""),
            attempt("jhu", feeds.jhu(), "503", "503", ""),
            attempt("jhu", feeds.jhu(), "503", "503", "1"));
    assertThat(named("fetch-jhu").error()).contains("503");
    assertThat(named("fetch-nyt").error()).isEmpty();
    assertThat(named("do-run").error()).isEqualTo(report.reason());
  }

  private static Tuple attempt(String feed, URI url, String status, String error, String resent) {
    return tuple(
        "CLIENT",
        feed,
        "GET",
        url.toString(),
        "127.0.0.1",
        Integer.toString(url.getPort()),
        status,
        error,
        resent);
  }

  @Test
  void anErrorIsRecordedWhereItHappensAndMarksWhatItEnds() throws Exception {
    // There is a published set then; that there is none would be recorded, too.
    run();
    cloud.intercept(
        always(
            to(Service.DYNAMODB, "Scan"),
            Faults.refusal(Service.DYNAMODB, 400, "AccessDeniedException")));

    RunReport report = tracedRun();
    stop();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(collector.spans().stream().filter(span -> !span.exceptions().isEmpty()))
        .extracting(TraceSpan::name)
        .containsExactly("read-table");
    assertThat(collector.spans().stream().filter(span -> !span.error().isEmpty()))
        .extracting(TraceSpan::name)
        .containsExactlyInAnyOrder("read-table", "store-days", "run-stages", "do-run");
  }

  @Test
  void theLogNamesTraceAndSpan() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.setProperty(
        TraceParent.NAME, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    Map<String, String> data = new HashMap<>();
    LogContext.during(exchange, () -> data.putAll(new LogContext.Data().supplyContextData()));

    assertThat(data)
        .containsOnly(
            entry("trace.id", "0af7651916cd43dd8448eb211c80319c"),
            entry("span.id", "b7ad6b7169203331"));
  }

  @Test
  void nothingIsExportedUnlessTheEnvironmentSaysWhereTo() throws Exception {
    TestApplication application = ownApplication();

    application.run();
    stop();

    assertThat(application.context().getRoutePolicyFactories()).isEmpty();
    assertThat(collector.requests()).isEmpty();
  }

  @Test
  void aRunIsAsItIsWithoutACollector() throws Exception {
    URI away = collector.endpoint();
    collector.close();

    TestApplication application = TraceCollector.exportingTo(away, () -> ownApplication());
    RunReport report = application.run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings()).isEmpty();
    assertThat(cloud.object("CovidData.csv")).contains(SET);
  }

  @Test
  void aRunDoesNotWaitForACollectorThatDoesNotAnswer() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    collector.answerAfter(end);

    RunReport report = tracedRun();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(collector.spans()).isEmpty();
    end.countDown();
    stop();
    assertThat(collector.spans()).extracting(TraceSpan::name).contains("do-run");
  }

  @Test
  void feedsAndTopicAreNotToldOfTheTrace() throws Exception {
    List<Set<String>> headers = new CopyOnWriteArrayList<>();
    feeds.answer(
        feeds.nyt().getPath(),
        exchange -> {
          headers.add(Set.copyOf(exchange.getRequestHeaders().keySet()));
          byte[] body = TestApplication.NYT.getBytes(UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        });

    tracedRun();
    stop();

    assertThat(headers)
        .isNotEmpty()
        .allSatisfy(names -> assertThat(names).doesNotContain("Traceparent"));
    assertThat(cloud.messages())
        .isNotEmpty()
        .allSatisfy(message -> assertThat(message.attributes()).doesNotContainKey("traceparent"));
  }

  private TraceSpan named(String name) {
    return collector.spans().stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> paths(List<TraceSpan> spans) {
    return spans.stream().map(span -> path(span, spans)).toList();
  }

  private static String path(TraceSpan span, List<TraceSpan> all) {
    return all.stream()
        .filter(other -> other.id().equals(span.parent()))
        .findFirst()
        .map(parent -> path(parent, all) + "/" + span.name())
        .orElse(span.name());
  }
}
