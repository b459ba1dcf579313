package routes;

import static local.Faults.always;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are started over HTTP. */
class StartRunApiTest extends ApiTestBase {
  private static final String BEARER = "Bearer " + Api.TOKEN;

  private final ObjectMapper json = new ObjectMapper();

  StartRunApiTest(LocalCloud cloud) {
    super(cloud, "http.refresh", "1ms", "http.token", Api.TOKEN);
  }

  private HttpResponse<String> start() throws Exception {
    return api.post("/runs", "", "Authorization", BEARER);
  }

  /** Until the run has written all it writes, and another could begin. */
  private JsonNode end(String location) throws Exception {
    until(() -> !status(location).equals("running"));
    return json.readTree(api.get(location).body());
  }

  private String status(String location) throws Exception {
    return json.readTree(api.get(location).body()).get("status").asText();
  }

  /** Has runs wait before they read the table. */
  private CountDownLatch hold(CountDownLatch begun) {
    CountDownLatch goOn = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "Scan")) {
            begun.countDown();
            assertThatCode(goOn::await).doesNotThrowAnyException();
          }
          return Fault.none();
        });
    return goOn;
  }

  @Test
  void theAnswerSaysWhereTheReportWillBe() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = hold(begun);

    HttpResponse<String> answer = start();
    begun.await();
    String location = Api.header(answer, "Location");
    String line = answer.body();
    HttpResponse<String> during = api.get(location);
    goOn.countDown();
    JsonNode report = end(location);

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(Api.header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(Api.header(answer, "Content-Type")).isEqualTo("application/json");
    assertThat(location).matches("runs/\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ-[0-9a-f]{4}");
    String id = location.substring("runs/".length());
    assertThat(line)
        .isEqualTo(
            ("{\"id\":\"%s\",\"trigger\":\"http\",\"startedAt\":\"%s\",\"status\":\"running\","
                    + "\"href\":\"runs/%s\"}")
                .formatted(id, report.get("startedAt").asText(), id));
    assertThat(during.body()).isEqualTo(line);
    assertThat(report.get("status").asText()).isEqualTo("succeeded");
    assertThat(report.get("trigger").asText()).isEqualTo("http");
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    assertThat(cloud.messages()).hasSize(1);
  }

  @Test
  void aNewerRunOfAnotherProcessGoesBeforeTheOneThatIsOn() throws Exception {
    String newer = "2999-01-01T00-00-00Z-0001";
    putReport(newer);
    CountDownLatch goOn = hold(new CountDownLatch(1));
    HttpResponse<String> started = start();

    JsonNode first = json.readTree(api.get("/runs?limit=1").body());
    JsonNode second = json.readTree(api.get("/" + first.get("next").asText()).body());
    goOn.countDown();
    end(Api.header(started, "Location"));

    assertThat(first.at("/runs/0/id").asText()).isEqualTo(newer);
    assertThat(second.at("/runs/0").toString()).isEqualTo(started.body());
  }

  @Test
  void theRunThatIsOnIsTheFirstOfTheList() throws Exception {
    putReport("2020-01-01T00-00-00Z-0001");
    putReport("2020-01-02T00-00-00Z-0001");
    CountDownLatch goOn = hold(new CountDownLatch(1));
    HttpResponse<String> started = start();

    JsonNode first = json.readTree(api.get("/runs?limit=2").body());
    JsonNode second = json.readTree(api.get("/" + first.get("next").asText()).body());
    goOn.countDown();
    end(Api.header(started, "Location"));

    assertThat(first.at("/runs/0").toString()).isEqualTo(started.body());
    assertThat(first.at("/runs/1/id").asText()).isEqualTo("2020-01-02T00-00-00Z-0001");
    assertThat(second.at("/runs/0/id").asText()).isEqualTo("2020-01-01T00-00-00Z-0001");
    assertThat(second.get("runs")).hasSize(1);
    JsonNode after = json.readTree(api.get("/runs").body());
    assertThat(after.at("/runs/0/status").asText()).isEqualTo("succeeded");
    assertThat(after.get("runs")).hasSize(3);
  }

  @Test
  void doesNotStartASecondRunWhileOneIsOn() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = hold(begun);
    HttpResponse<String> first = start();
    begun.await();

    HttpResponse<String> second = start();
    goOn.countDown();
    JsonNode report = end(Api.header(first, "Location"));

    assertThat(second.statusCode()).isEqualTo(409);
    assertThat(second.body())
        .isEqualTo(
            ("{\"type\":\"about:blank\",\"title\":\"Conflict\",\"status\":409,\"detail\":"
                    + "\"Run %s has been in progress since %s; this one (http) is not started.\"}")
                .formatted(report.get("id").asText(), report.get("startedAt").asText()));
    assertThat(cloud.keys("runs/")).hasSize(1);
    HttpResponse<String> third = start();
    assertThat(third.statusCode()).isEqualTo(202);
    end(Api.header(third, "Location"));
  }

  @Test
  void aRunThatFailsSaysSoInItsReport() throws Exception {
    cloud.intercept(always(to(Service.DYNAMODB), Fault.dropBefore()));

    JsonNode report = end(Api.header(start(), "Location"));

    assertThat(report.get("status").asText()).isEqualTo("failed");
    assertThat(report.get("reason").asText()).isNotEmpty();
  }

  @Test
  void theWordBearerMayBeWrittenAnyWay() throws Exception {
    HttpResponse<String> answer = api.post("/runs", "", "Authorization", "bearer " + Api.TOKEN);

    assertThat(answer.statusCode()).isEqualTo(202);
    end(Api.header(answer, "Location"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer another token",
        "Bearer a token for test",
        "Bearer a token for tests!",
        "Bearer A TOKEN FOR TESTS",
        "Basic a token for tests",
        "a token for tests",
      })
  void startsNoRunWithoutTheToken(String authorization) throws Exception {
    assertNotAuthorized(api.post("/runs", "", "Authorization", authorization));
  }

  @ParameterizedTest
  @CsvSource({
    "/runs",
    "/runs?token=a+token+for+tests",
    "/runs?access_token=a%20token%20for%20tests",
    "/runs?Authorization=Bearer%20a%20token%20for%20tests",
    "/runs?authorization=Bearer+a+token+for+tests",
  })
  void theTokenCountsOnlyInTheHeader(String path) throws Exception {
    assertNotAuthorized(api.post(path, ""));
    assertNotAuthorized(
        api.post(
            path,
            "Authorization=Bearer+a+token+for+tests",
            "Content-Type",
            "application/x-www-form-urlencoded"));
  }

  private void assertNotAuthorized(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(Api.header(answer, "WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,\"detail\":"
                + "\"Give the token of the setting http.token as Authorization: Bearer.\"}");
    assertThat(asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "Bearer a token for tests", "Bearer", ""})
  void nobodyCanStartARunWhereNoTokenIsSet(String authorization) throws Exception {
    try (Api closed = another()) {
      HttpResponse<String> answer = closed.post("/runs", "", "Authorization", authorization);

      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body())
          .isEqualTo(
              "{\"type\":\"about:blank\",\"title\":\"Forbidden\",\"status\":403,"
                  + "\"detail\":\"Runs cannot be started over HTTP, because no token is configured:"
                  + " set http.token, and give it as Authorization: Bearer.\"}");
      assertThat(asked()).isEmpty();
    }
  }

  @Test
  void aBodyMayNotBeLong() throws Exception {
    HttpResponse<String> answer = api.post("/runs", " ".repeat(16_001), "Authorization", BEARER);

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(Api.header(answer, "Content-Type")).isEqualTo(Api.PROBLEM);
    assertThat(answer.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Request Entity Too Large\",\"status\":413,"
                + "\"detail\":\"16,000 bytes of body are the most.\"}");
    assertThat(asked()).isEmpty();
  }

  @Test
  void aShortBodyIsNotHeeded() throws Exception {
    HttpResponse<String> answer = api.post("/runs", "{nonsense", "Authorization", BEARER);

    assertThat(answer.statusCode()).isEqualTo(202);
    end(Api.header(answer, "Location"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://elsewhere.test", "null"})
  void noPageOfAnotherSiteCanAskForARunInABrowser(String origin) throws Exception {
    HttpResponse<String> preflight =
        api.send(
            "OPTIONS",
            "/runs",
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "POST",
            "Access-Control-Request-Headers",
            "authorization");

    assertThat(Api.header(preflight, "Access-Control-Allow-Methods")).doesNotContain("POST");
    assertThat(Api.header(preflight, "Access-Control-Allow-Headers"))
        .doesNotContainIgnoringCase("authorization");
    assertThat(Api.header(preflight, "Access-Control-Allow-Credentials")).isEmpty();
  }
}
