package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import covid.ChunkProgress;
import covid.Day;
import covid.DeadLetter;
import covid.IncompleteDay;
import covid.Reports;
import covid.RunMarker;
import covid.RunReport;
import covid.RunStatus;
import covid.Series;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import versions.Changes;
import versions.Version;
import web.ChangedDay;
import web.DayHistory;
import web.DayJson;
import web.Json;
import web.PlacePage;
import web.RunLine;
import web.RunPage;
import web.Totals;
import web.VersionDiff;
import web.VersionLine;
import web.VersionPage;

/**
 * The server and its contract hold each other: whatever the document that the server gives promises
 * is asked for, and whatever is answered is held against it.
 */
class ContractTest extends ApiTestBase {
  private static final String TOKEN = "Bearer " + Api.TOKEN;

  private static final String VERSION = "2026-11-22T21-00-00Z-7f3a9c01";

  private static final String WORLD =
      """
      Place,Date,Cases,Deaths,Recovered
      France,2021-01-01,1,0,
      "Korea, South",2021-01-01,10,1,1
      "Korea, South",2021-01-02,17,1,0
      """;

  /** A header that no request may have. */
  private static final String[] TOO_LONG = {"X", "a".repeat(8_300)};

  private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

  /** How to get what is documented: operation, status and, of a success, media type. */
  private final Map<String, Case> cases = new TreeMap<>();

  private final ObjectMapper json = new ObjectMapper();
  private Api closed;
  private Api world;
  private JsonNode contract;
  private OpenApiInteractionValidator validator;

  ContractTest(LocalCloud cloud) {
    super(cloud, "http.refresh", "1ms", "http.token", Api.TOKEN);
  }

  /** Asks for one answer. */
  @FunctionalInterface
  private interface Case {
    HttpResponse<String> ask() throws Exception;
  }

  @BeforeAll
  void readTheContract() throws Exception {
    // Has no token, and has never seen the reports.
    closed = another("http.refresh", "1ms");
    world = Api.open(Optional.of("world"), cloud, feeds, "http.refresh", "1ms");
    String document = api.get("/openapi.json").body();
    contract = json.readTree(document);
    validator =
        OpenApiInteractionValidator.createForInlineApiSpecification(document)
            .withLevelResolver(
                LevelResolver.create()
                    // Only where the document says so.
                    .withLevel(
                        "validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                    .withLevel(
                        "validation.request.parameter.query.unexpected",
                        ValidationReport.Level.ERROR)
                    .build())
            .build();
    for (String path : List.of("totals", "days", "chart-png", "chart-svg", "archive")) {
      figures("show-" + path, path.replace('-', '.').replace("archive", "CovidData.csv"));
    }
    places();
    versions();
    changes();
    runs();
    startRun();
    cases.put("show-contract 200 application/json", () -> api.get("/openapi.json"));
    cases.put("show-contract 304", () -> again("/openapi.json"));
    cases.put("show-contract 400", () -> api.get("/openapi.json?version=1"));
    cases.put("show-contract 406", () -> api.get("/openapi.json", "Accept", "text/html"));
    cases.put("show-contract default", () -> api.get("/openapi.json", TOO_LONG));
  }

  @AfterAll
  void closeTheOthers() {
    if (closed != null) {
      closed.close();
    }
    if (world != null) {
      world.close();
    }
  }

  private void figures(String operation, String file) {
    String path = "/" + file;
    String type =
        switch (file) {
          case "chart.png" -> "image/png";
          case "chart.svg" -> "image/svg+xml";
          case "CovidData.csv" -> "text/csv";
          default -> "application/json";
        };
    cases.put(operation + " 200 " + type, () -> withSet(path));
    cases.put(
        operation + " 304",
        () -> {
          withSet(path);
          return again(path);
        });
    cases.put(operation + " 404", () -> ofWorld(path + "?place=Atlantis"));
    cases.put(operation + " 406", () -> api.get(path, "Accept", "text/html"));
    cases.put(operation + " 503", () -> api.get(path));
    cases.put(operation + " default", () -> api.get(path, TOO_LONG));
    if (!file.equals("days")) {
      cases.put(operation + " 400", () -> withSet(path + "?country=DE"));
    } else {
      cases.put(
          operation + " 200 text/csv",
          () -> withSet("/days?interval=month&from=2020-01-23&to=2020-02-01&format=csv"));
      cases.put(operation + " 400", () -> withSet("/days?interval=year"));
    }
  }

  private void places() {
    cases.put("list-places 200 application/json", () -> withSet("/places?filter=us&sort=-cases"));
    cases.put(
        "list-places 304",
        () -> {
          withSet("/places");
          return again("/places");
        });
    cases.put("list-places 404", () -> withSet("/places?asOf=2026-11-22"));
    cases.put("list-places 400", () -> withSet("/places?limit=1001"));
    cases.put("list-places 406", () -> api.get("/places", "Accept", "text/csv"));
    cases.put("list-places 503", () -> api.get("/places"));
    cases.put("list-places default", () -> api.get("/places", TOO_LONG));
  }

  private void versions() {
    cases.put("list-versions 200 application/json", () -> withVersions("/versions?limit=1"));
    cases.put(
        "list-versions 304",
        () -> {
          withVersions("/versions");
          return again("/versions");
        });
    cases.put("list-versions 400", () -> withVersions("/versions?before=x"));
    cases.put("list-versions 404", () -> withVersionsOfWorld("/versions?place=Atlantis"));
    cases.put("list-versions 406", () -> api.get("/versions", "Accept", "text/csv"));
    cases.put("list-versions 503", () -> api.get("/versions"));
    cases.put("list-versions default", () -> api.get("/versions", TOO_LONG));
    cases.put("show-version 200 application/json", () -> api.get("/versions/" + newestVersion()));
    cases.put(
        "show-version 304",
        () -> {
          String path = "/versions/" + newestVersion();
          api.get(path);
          return again(path);
        });
    cases.put("show-version 400", () -> api.get("/versions/" + VERSION + "?format=csv"));
    cases.put("show-version 404", () -> api.get("/versions/" + VERSION));
    cases.put("show-version 406", () -> api.get("/versions/" + VERSION, "Accept", "text/csv"));
    cases.put(
        "show-version 503",
        () -> {
          put("versions/" + VERSION + ".json", "nonsense");
          return api.get("/versions/" + VERSION);
        });
    cases.put("show-version default", () -> api.get("/versions/" + VERSION, TOO_LONG));
  }

  private void changes() {
    cases.put(
        "show-diff 200 application/json", () -> withVersions("/diff?from=2026-11-21&format=json"));
    cases.put(
        "show-diff 200 text/csv",
        () -> withVersions("/diff?from=2026-11-21&to=2026-11-22&format=csv"));
    cases.put(
        "show-diff 304",
        () -> {
          withVersions("/diff?from=2026-11-21");
          return again("/diff?from=2026-11-21");
        });
    cases.put("show-diff 400", () -> withVersions("/diff?to=2026-11-21"));
    cases.put("show-diff 404", () -> withVersions("/diff?from=2026-11-20"));
    cases.put("show-diff 406", () -> api.get("/diff?from=2026-11-20", "Accept", "text/html"));
    cases.put("show-diff 503", () -> api.get("/diff?from=2026-11-20"));
    cases.put("show-diff default", () -> api.get("/diff?from=2026-11-20", TOO_LONG));
    String history = "/days/2020-01-24/history";
    cases.put("show-history 200 application/json", () -> withVersions(history));
    cases.put(
        "show-history 304",
        () -> {
          withVersions(history);
          return again(history);
        });
    cases.put("show-history 400", () -> withVersions("/days/2020-02-30/history"));
    cases.put(
        "show-history 404", () -> withVersionsOfWorld("/days/2021-01-01/history?place=Atlantis"));
    cases.put("show-history 406", () -> api.get(history, "Accept", "text/csv"));
    cases.put("show-history 503", () -> api.get(history));
    cases.put("show-history default", () -> api.get(history, TOO_LONG));
  }

  private String newestVersion() throws Exception {
    return new VersionPublisher(cloud, "", 2).publish("2026-11-21T12:00:00Z", SET).id();
  }

  private HttpResponse<String> withVersions(String path) throws Exception {
    VersionPublisher publisher = new VersionPublisher(cloud, "", 2);
    publisher.publish("2026-11-21T12:00:00Z", SET);
    publisher.publish("2026-11-22T12:00:00Z", SET.replace("2020-01-24,5", "2020-01-24,6"));
    return api.get(path);
  }

  private HttpResponse<String> withVersionsOfWorld(String path) throws Exception {
    String prefix = world.application().context().resolvePropertyPlaceholders("{{archive.prefix}}");
    VersionPublisher publisher = new VersionPublisher(cloud, prefix, 1);
    publisher.publish("2026-11-21T12:00:00Z", WORLD);
    publisher.publish("2026-11-22T12:00:00Z", WORLD.replace("17,1,0", "17,1,1"));
    publisher.publish("2026-11-23T12:00:00Z", WORLD.replace("France,2021-01-01,1,0,\n", ""));
    return world.get(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/totals?place=France&asOf=2026-11-21",
        "/days?place=France,Korea,%20South&asOf=2026-11-22T12:00:00Z",
        "/places?asOf=2026-11-22&limit=1",
        "/CovidData.csv?asOf=2026-11-22",
        "/chart.svg?place=France&asOf=2026-11-21",
        "/versions?place=France&limit=2",
        "/diff?from=2026-11-21",
        "/diff?from=2026-11-21&to=2026-11-22&place=France,Korea,%20South&format=csv",
        "/days/2021-01-01/history?place=France",
      })
  void versionsOfManyPlacesAreAnsweredAsDocumented(String path) throws Exception {
    HttpResponse<String> answer = withVersionsOfWorld(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertKept(answer);
  }

  private void runs() {
    cases.put(
        "list-runs 200 application/json",
        () -> {
          putReport(RUN);
          put("runs/2026-11-22T21-00-00Z-0000.json", "nonsense");
          return api.get("/runs?limit=1&before=2026-11-23T21-00-00Z-0000");
        });
    cases.put("list-runs 304", () -> again("/runs"));
    cases.put("list-runs 400", () -> api.get("/runs?limit=none"));
    cases.put("list-runs 406", () -> api.get("/runs", "Accept", "text/csv"));
    cases.put(
        "list-runs 503",
        () -> {
          cloud.intercept(s3Away());
          return closed.get("/runs");
        });
    cases.put("list-runs default", () -> api.get("/runs", TOO_LONG));
    cases.put(
        "show-run 200 application/json", () -> api.get("/runs/" + api.application().run().id()));
    cases.put(
        "show-run 304",
        () -> {
          putReport(RUN);
          return again("/runs/" + RUN);
        });
    cases.put("show-run 400", () -> api.get("/runs/" + RUN + "?format=csv"));
    cases.put("show-run 404", () -> api.get("/runs/" + RUN));
    cases.put("show-run 406", () -> api.get("/runs/" + RUN, "Accept", "text/csv"));
    cases.put(
        "show-run 503",
        () -> {
          cloud.intercept(s3Away());
          return api.get("/runs/" + RUN);
        });
    cases.put("show-run default", () -> api.get("/runs/" + RUN, TOO_LONG));
  }

  private void startRun() {
    cases.put(
        "start-run 202 application/json",
        () -> ended(api.post("/runs", "", "Authorization", TOKEN)));
    cases.put("start-run 400", () -> api.post("/runs?dry-run=true", "", "Authorization", TOKEN));
    cases.put("start-run 401", () -> api.post("/runs", ""));
    cases.put("start-run 403", () -> closed.post("/runs", "", "Authorization", TOKEN));
    cases.put(
        "start-run 406", () -> api.post("/runs", "", "Authorization", TOKEN, "Accept", "text/csv"));
    cases.put("start-run 409", this::whileOneIsOn);
    cases.put(
        "start-run default",
        () -> api.post("/runs", "", "Authorization", TOKEN, TOO_LONG[0], TOO_LONG[1]));
    cases.put("start-run 413", () -> api.post("/runs", " ".repeat(20_000), "Authorization", TOKEN));
  }

  private HttpResponse<String> withSet(String path) throws Exception {
    put("CovidData.csv", SET);
    return api.get(path);
  }

  /** The answer of an application whose set has many places. */
  private HttpResponse<String> ofWorld(String path) throws Exception {
    put(
        world
            .application()
            .context()
            .resolvePropertyPlaceholders("{{archive.prefix}}{{archive.key}}"),
        WORLD);
    return world.get(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/totals?place=France",
        "/totals?place=Korea,%20South&measure=average&per=100k",
        "/days?place=France,Korea,%20South",
        "/days?place=Korea,%20South&place=France&measure=change&per=100k&interval=month",
        "/days?place=France&format=csv",
        "/chart.png?place=France,Korea,%20South&metric=deaths&measure=total&per=100k",
        "/chart.svg?place=France",
        "/CovidData.csv",
        "/CovidData.csv?place=France",
        "/places?filter=fr&sort=-population&limit=1&page=1",
      })
  void manyPlacesAreAnsweredAsDocumented(String path) throws Exception {
    HttpResponse<String> answer = ofWorld(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertKept(answer);
  }

  private HttpResponse<String> again(String path) throws Exception {
    return api.get(path, "If-None-Match", Api.header(api.get(path), "ETag"));
  }

  /** Waits until another run can begin. */
  private HttpResponse<String> ended(HttpResponse<String> started) throws Exception {
    String location = Api.header(started, "Location");
    until(() -> !api.get(location).body().contains("\"running\""));
    return started;
  }

  private HttpResponse<String> whileOneIsOn() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.service() == Service.DYNAMODB) {
            assertThatCode(goOn::await).doesNotThrowAnyException();
          }
          return Fault.none();
        });
    HttpResponse<String> first = api.post("/runs", "", "Authorization", TOKEN);
    HttpResponse<String> second = api.post("/runs", "", "Authorization", TOKEN);
    JsonNode running = json.readTree(api.get("/runs").body()).at("/runs/0");
    goOn.countDown();
    ended(first);
    assertThat(running.toString()).isEqualTo(first.body());
    return second;
  }

  // --- What is documented

  private record Operation(String method, String path, JsonNode node) {
    String id() {
      return node.path("operationId").asText();
    }

    @Override
    public String toString() {
      return method + " " + path + " " + id();
    }
  }

  private static List<Operation> operations(JsonNode document) {
    List<Operation> operations = new ArrayList<>();
    for (Iterator<String> paths = document.get("paths").fieldNames(); paths.hasNext(); ) {
      String path = paths.next();
      JsonNode methods = document.get("paths").get(path);
      for (Iterator<String> names = methods.fieldNames(); names.hasNext(); ) {
        String method = names.next();
        if (METHODS.contains(method)) {
          operations.add(new Operation(method, path, methods.get(method)));
        }
      }
    }
    return operations;
  }

  /** Operation and status; for what is no problem the media type too. */
  Stream<String> documented() {
    return operations(contract).stream()
        .flatMap(
            operation ->
                fieldNames(operation.node().get("responses"))
                    .flatMap(
                        status ->
                            status.startsWith("2")
                                ? fieldNames(
                                        operation.node().at("/responses/" + status + "/content"))
                                    .map(type -> operation.id() + " " + status + " " + type)
                                : Stream.of(operation.id() + " " + status)));
  }

  private static Stream<String> fieldNames(JsonNode node) {
    Iterable<String> names = node::fieldNames;
    return StreamSupport.stream(names.spliterator(), false);
  }

  @Test
  void thereIsACaseForAllThatIsDocumented() {
    assertThat(cases.keySet()).containsExactlyInAnyOrderElementsOf(documented().toList());
  }

  // --- What is answered

  @ParameterizedTest
  @MethodSource("documented")
  void isAnsweredAsDocumented(String what) throws Exception {
    String[] words = what.split(" ");
    Operation operation =
        operations(contract).stream()
            .filter(each -> each.id().equals(words[0]))
            .findFirst()
            .orElseThrow();

    HttpResponse<String> answer = cases.get(what).ask();

    String status = Integer.toString(answer.statusCode());
    if (words[1].equals("default")) {
      assertThat(operation.node().get("responses").has(status)).as(status).isFalse();
    } else {
      assertThat(status).isEqualTo(words[1]);
    }
    String type = Api.header(answer, "Content-Type").split(";")[0];
    if (words.length > 2) {
      assertThat(type).isEqualTo(words[2]);
    } else {
      assertThat(type).isEqualTo(answer.statusCode() == 304 ? "" : Api.PROBLEM);
    }
    assertThat(answer.request().method()).isEqualToIgnoringCase(operation.method());
    assertThat(answer.request().uri().getPath())
        .matches(operation.path().replaceAll("\\{\\w+}", "[^/]+"));
    assertKept(answer);
  }

  /** The answer is as documented; so is the request, or the server has refused it for that. */
  private void assertKept(HttpResponse<String> answer) {
    Request request = request(answer);
    assertThat(
            messages(
                validator.validateResponse(request.getPath(), request.getMethod(), of(answer))))
        .isEmpty();
    boolean refused = Set.of(400, 401).contains(answer.statusCode());
    assertThat(messages(validator.validateRequest(request)).isEmpty()).isEqualTo(!refused);
  }

  private static List<String> messages(ValidationReport report) {
    return report.getMessages().stream()
        .filter(message -> message.getLevel() != ValidationReport.Level.IGNORE)
        .map(ValidationReport.Message::toString)
        .toList();
  }

  private static Request request(HttpResponse<String> answer) {
    SimpleRequest.Builder request =
        new SimpleRequest.Builder(answer.request().method(), answer.request().uri().getPath());
    String query = answer.request().uri().getRawQuery();
    if (query != null) {
      for (String parameter : query.split("&")) {
        request.withQueryParam(parameter.split("=")[0], parameter.split("=", 2)[1]);
      }
    }
    answer.request().headers().map().forEach((name, values) -> request.withHeader(name, values));
    // What comes is documented for the reader who would take anything.
    request.withHeader("Accept", "*/*");
    return request.build();
  }

  private static SimpleResponse of(HttpResponse<String> answer) {
    SimpleResponse.Builder response = new SimpleResponse.Builder(answer.statusCode());
    answer.headers().map().forEach((name, values) -> response.withHeader(name, values));
    return answer.body().isEmpty() ? response.build() : response.withBody(answer.body()).build();
  }

  /** A run to which everything happened that can be told of one. */
  private static RunReport eventful() {
    Instant now = Instant.parse("2026-11-22T21:00:00.5Z");
    LocalDate date = LocalDate.of(2020, 1, 24);
    Day day = Day.of(date, "US", 3, 2, 1);
    String sha256 = "0a".repeat(32);
    return Reports.of(RUN, now, Duration.ofSeconds(7))
        .ended(RunStatus.PARTIAL, "A reason.")
        .added(2)
        .feeds(
            new RunReport.Feed(
                "jhu",
                "http://a/b.csv",
                "",
                sha256,
                9,
                8,
                5,
                2,
                1,
                date,
                4,
                true,
                List.of(new IncompleteDay(day.key(), 4, List.of("A", "B", "C"))),
                now),
            new RunReport.Feed(
                "nyt",
                "http://a/c.csv",
                "e",
                sha256,
                0,
                0,
                0,
                0,
                0,
                null,
                0,
                false,
                List.of(),
                null))
        .days(5, 1, 2, 2, 2)
        .revised(List.of(new RunReport.Revision(day, day), new RunReport.Revision(day, null)))
        .deadLetters(DeadLetter.first(day, "No.", 6, now))
        .replay(List.of(day.key()), List.of(day.key()), List.of(day.key()))
        .archive(
            new RunReport.Archive(
                "CovidData.csv",
                5,
                date,
                sha256,
                null,
                new RunReport.Changed(1, 2, 3, new RunReport.PublishedRevision(day, day))))
        .unfinishedRuns(
            new RunMarker(
                RUN,
                "command",
                now,
                new RunMarker.Owner("a", 1, now),
                "Unsaid.",
                List.of(RunMarker.TOPIC),
                new RunMarker.Waiting(List.of("webhook 1 (https://a.test)"), false)))
        .warnings("A warning.")
        .report();
  }

  @Test
  void anEventfulReportIsAsDocumented() throws Exception {
    String report = new String(new Json().write(eventful()), UTF_8);
    put("runs/" + RUN + ".json", report);

    assertKept(api.get("/runs/" + RUN));

    for (String number : List.of("8", "5", "6", "true")) {
      assertThat(invalid("/runs/" + RUN, report.replace(":" + number, ":\"" + number + "\"")))
          .as(number)
          .isNotEmpty();
    }
    assertThat(invalid("/runs/" + RUN, report.replace("2020-01-24", "yesterday"))).isNotEmpty();
  }

  static Stream<Arguments> records() {
    return Stream.of(
        Arguments.of("PulledFeed", RunReport.Feed.class),
        Arguments.of("IncompleteDay", DayJson.Missing.class),
        Arguments.of("JoinedDays", RunReport.Days.class),
        Arguments.of("Revision", RunReport.Revision.class),
        Arguments.of("Day", DayJson.Fields.class),
        Arguments.of("DeadLetter", DeadLetter.class),
        Arguments.of("Replay", RunReport.Replay.class),
        Arguments.of("Archive", RunReport.Archive.class),
        Arguments.of("RunMarker", RunMarker.class),
        Arguments.of("Owner", RunMarker.Owner.class),
        Arguments.of("Figure", Series.Figure.class),
        Arguments.of("Totals", Totals.class),
        Arguments.of("PlacePage", PlacePage.class),
        Arguments.of("Changes", Changes.class),
        Arguments.of("VersionLine", VersionLine.class),
        Arguments.of("VersionPage", VersionPage.class),
        Arguments.of("Version", Version.class),
        Arguments.of("Rollback", Version.Rollback.class),
        Arguments.of("VersionFeed", Version.Feed.class),
        Arguments.of("VersionSeries", Version.PlaceSeries.class),
        Arguments.of("VersionDiff", VersionDiff.class),
        Arguments.of("ChangedDay", ChangedDay.class),
        Arguments.of("DayHistory", DayHistory.class),
        Arguments.of("Issue", DayHistory.Issue.class),
        Arguments.of("Run", RunLine.class),
        Arguments.of("ChunkProgress", ChunkProgress.class),
        Arguments.of("RunPage", RunPage.class));
  }

  @ParameterizedTest
  @MethodSource("records")
  void whatIsWrittenIsDocumentedToTheLastPart(String schema, Class<?> type) {
    assertThat(properties(schema)).containsExactlyElementsOf(parts(type));
  }

  @Test
  void aReportIsDocumentedToTheLastPartAndWhatARunInProgressHasBesides() {
    assertThat(properties("RunReport"))
        .containsExactlyElementsOf(
            Stream.concat(parts(RunReport.class).stream(), Stream.of("chunks", "href")).toList());
  }

  private List<String> properties(String schema) {
    return fieldNames(contract.at("/components/schemas/" + schema + "/properties")).toList();
  }

  private static List<String> parts(Class<?> type) {
    return Stream.of(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"extra\":1,\"country\":",
        "{\"country\":1,\"was\":",
        "{\"land\":",
      })
  void whatIsNotAsDocumentedWouldBeFound(String begin) throws Exception {
    String body = withSet("/totals").body();

    assertThat(invalid("/totals", body)).isEmpty();
    assertThat(invalid("/totals", body.replaceFirst("\\{\"country\":", begin))).isNotEmpty();
  }

  private List<String> invalid(String path, String body) {
    return messages(
        validator.validateResponse(
            path,
            Request.Method.GET,
            new SimpleResponse.Builder(200)
                .withHeader("Content-Type", "application/json")
                .withHeader("ETag", "\"a\"")
                .withHeader("Cache-Control", "no-cache")
                .withBody(body)
                .build()));
  }

  // --- The document

  @Test
  void theServerGivesTheVeryDocument() throws Exception {
    try (InputStream yaml = getClass().getResourceAsStream("/openapi.yaml")) {
      assertThat(contract).isEqualTo(new YAMLMapper().readTree(yaml));
    }
  }

  @Test
  void everyOperationIsARoute() {
    Set<String> routes =
        api.application().context().getRoutes().stream()
            .map(Route::getRouteId)
            .collect(Collectors.toSet());

    assertThat(operations(contract)).extracting(Operation::id).isSubsetOf(routes);
  }

  @Test
  void thePathsOfTheServerAreThoseOfTheDocument() throws IOException {
    Set<String> documented =
        operations(contract).stream().map(Operation::toString).collect(toCollection(TreeSet::new));

    Set<String> served = new TreeSet<>();
    try (InputStream yaml = getClass().getResourceAsStream("/camel/api.camel.yaml")) {
      JsonNode rest = new YAMLMapper().readTree(yaml).at("/0/rest");
      for (String method : METHODS) {
        for (JsonNode path : rest.path(method)) {
          served.add(
              "%s /%s %s"
                  .formatted(
                      method,
                      path.get("path").asText(),
                      path.get("to").asText().replace("direct:", "")));
        }
      }
    }

    served.removeAll(Set.of("get / show-page", "get /assets/{file} show-file"));
    assertThat(served).isEqualTo(documented);
  }

  @Test
  void theServerListensToNoOtherPaths() {
    Set<String> paths =
        api.application().context().getRestRegistry().listAllRestServices().stream()
            .map(
                service ->
                    service.getMethod().toLowerCase(Locale.ROOT)
                        + " "
                        + service.getUrl().replaceFirst("^http://[^/]+", ""))
            .collect(toCollection(TreeSet::new));

    assertThat(paths).hasSize(operations(contract).size() + 2);
  }
}
