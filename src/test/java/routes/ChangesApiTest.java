package routes;

import static org.assertj.core.api.Assertions.assertThat;

import aws.BucketKeys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import local.LocalCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import versions.Version;

/** What versions differ in, and what a day was over time; days end at midnight in New York. */
class ChangesApiTest extends ApiTestBase {
  private static final String HEADER = AsOfApiTest.HEADER;

  /** The first version, a day more, a revised day, without it, and as it was at first. */
  private static final List<String> SETS =
      List.of(
          HEADER + "2020-01-22,1,0,US,0\n2020-01-23,2,1,US,1\n",
          HEADER + "2020-01-22,1,0,US,0\n2020-01-23,2,1,US,1\n2020-01-24,5,1,US,2\n",
          HEADER + "2020-01-22,1,0,US,0\n2020-01-23,3,1,US,1\n2020-01-24,5,1,US,2\n",
          HEADER + "2020-01-22,1,0,US,0\n2020-01-24,5,1,US,2\n",
          HEADER + "2020-01-22,1,0,US,0\n2020-01-23,2,1,US,1\n2020-01-24,5,1,US,2\n");

  private static final String WORLD = "Place,Date,Cases,Deaths,Recovered\n";

  private final List<Version> versions = new ArrayList<>();
  private VersionPublisher publisher;
  private VersionPublisher ofWorld;
  private Api world;

  ChangesApiTest(LocalCloud cloud) {
    super(cloud, "http.refresh", "1ms", "schedule.zone", "America/New_York");
  }

  @BeforeAll
  void serveTheWorld() throws IOException {
    world = Api.open(Optional.of("world"), cloud, feeds, "http.refresh", "1ms");
  }

  @AfterAll
  void stop() {
    if (world != null) {
      world.close();
    }
  }

  @BeforeEach
  void beginAnew() {
    versions.clear();
    publisher = new VersionPublisher(cloud, "", 2);
    ofWorld =
        new VersionPublisher(
            cloud,
            world.application().context().resolvePropertyPlaceholders("{{archive.prefix}}"),
            1);
  }

  private void publishAll() throws Exception {
    for (int i = 0; i < SETS.size(); i++) {
      versions.add(publisher.publish("2026-11-2%dT03:00:00Z".formatted(i), SETS.get(i)));
    }
  }

  private void publishTheWorld() throws Exception {
    String korea = "\"Korea, South\",2021-01-01,10,1,1\n";
    versions.add(
        ofWorld.publish("2026-11-20T12:00:00Z", WORLD + "France,2021-01-01,1,0,\n" + korea));
    versions.add(
        ofWorld.publish("2026-11-21T12:00:00Z", WORLD + "France,2021-01-01,2,,\n" + korea));
    versions.add(
        ofWorld.publish("2026-11-22T12:00:00Z", WORLD + "Atlantis,2021-01-01,9,9,9\n" + korea));
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  // --- /diff

  @Test
  void aDiffHasEachDayWithItsFiguresBeforeAndAfter() throws Exception {
    publishAll();

    JsonNode diff =
        json(api.get("/diff?from=" + versions.get(0).id() + "&to=" + versions.get(2).id()));

    assertThat(diff.at("/from/id").asText()).isEqualTo(versions.get(0).id());
    assertThat(diff.at("/to/at").asText()).isEqualTo("2026-11-22T03:00:00Z");
    assertThat(diff.get("changes").toString())
        .isEqualTo("{\"added\":1,\"revised\":1,\"removed\":0}");
    assertThat(diff.get("days").toString())
        .isEqualTo(
            "[{\"date\":\"2020-01-23\",\"kind\":\"revised\","
                + "\"before\":{\"cases\":2,\"deaths\":1,\"recovered\":1},"
                + "\"after\":{\"cases\":3,\"deaths\":1,\"recovered\":1}},"
                + "{\"date\":\"2020-01-24\",\"kind\":\"added\","
                + "\"after\":{\"cases\":5,\"deaths\":1,\"recovered\":2}}]");
  }

  @ParameterizedTest
  @CsvSource({
    "/diff?from=2026-11-21&to=2026-11-22&format=csv, application/json",
    "/diff?from=2026-11-21&to=2026-11-22,            text/csv",
  })
  void aDiffMayBeCsv(String path, String accept) throws Exception {
    publishAll();

    HttpResponse<String> diff = api.get(path, "Accept", accept);

    // In New York, 22 November ends after the fourth version.
    assertThat(Api.header(diff, "Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(diff.body())
        .isEqualTo(
            """
            Date,Kind,CasesBefore,CasesAfter,DeathsBefore,DeathsAfter,RecoveredBefore,RecoveredAfter
            2020-01-23,removed,3,,1,,1,
            """);
  }

  @Test
  void aCsvWithoutDifferencesHasItsHeader() throws Exception {
    publishAll();

    assertThat(api.get("/diff?from=2026-11-22&to=2026-11-22&format=csv").body())
        .isEqualTo(
            """
            Date,Kind,CasesBefore,CasesAfter,DeathsBefore,DeathsAfter,RecoveredBefore,RecoveredAfter
            """);
  }

  @Test
  void aDiffMayHaveOnlyTheDaysOfOneKind() throws Exception {
    publishAll();
    String path = "/diff?from=2026-11-19T22:00:00-05:00&to=2026-11-22T03:00:00Z&kind=";

    JsonNode revised = json(api.get(path + "revised"));
    JsonNode removed = json(api.get(path + "removed"));

    assertThat(revised.at("/changes").toString())
        .isEqualTo("{\"added\":0,\"revised\":1,\"removed\":0}");
    assertThat(revised.get("days")).hasSize(1);
    assertThat(revised.at("/days/0/date").asText()).isEqualTo("2020-01-23");
    assertThat(removed.get("days")).isEmpty();
    assertThat(json(api.get(path + "gone")).get("allowed").asText())
        .isEqualTo("one of added, revised, removed");
  }

  @Test
  void aDiffIsUpToTheCurrentVersionUnlessItSaysOtherwise() throws Exception {
    publishAll();

    JsonNode diff = json(api.get("/diff?from=2026-11-23T03:00:00Z"));

    assertThat(diff.at("/to/id").asText()).isEqualTo(versions.get(4).id());
    assertThat(diff.at("/days/0/kind").asText()).isEqualTo("added");
  }

  @Test
  void aDiffOfAVersionWithItselfIsEmpty() throws Exception {
    publishAll();

    assertThat(json(api.get("/diff?from=2026-11-23T03:00:00Z&to=2026-11-23T03:00:00Z")).get("days"))
        .isEmpty();
  }

  @Test
  void aDiffOfTwoIdsMayBeKeptForGood() throws Exception {
    publishAll();
    String first = versions.get(0).id();
    String second = versions.get(1).id();

    HttpResponse<String> byIds = api.get("/diff?from=" + first + "&to=" + second);
    HttpResponse<String> upToNow = api.get("/diff?from=" + first);

    assertThat(Api.header(byIds, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(Api.header(byIds, "ETag")).startsWith("\"" + first + "-" + second + "-");
    assertThat(Api.header(upToNow, "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void aDiffOfManyPlacesReadsOnlyThoseThatDiffer() throws Exception {
    publishTheWorld();
    world.get("/places");
    cloud.forgetRequests();

    String diff = world.get("/diff?from=2026-11-20&format=csv").body();

    assertThat(diff)
        .isEqualTo(
            """
            Place,Date,Kind,CasesBefore,CasesAfter,DeathsBefore,DeathsAfter,RecoveredBefore,RecoveredAfter
            Atlantis,2021-01-01,added,,9,,9,,9
            France,2021-01-01,removed,1,,0,,,
            """);
    String korea = versions.get(0).series().get(1).sha256();
    assertThat(asked()).noneMatch(call -> call.contains(BucketKeys.series(korea)));
  }

  @Test
  void aDiffMayBeOfSomePlaces() throws Exception {
    publishTheWorld();

    JsonNode diff = json(world.get("/diff?from=2026-11-20&place=France,Korea,%20South"));

    assertThat(diff.get("days").toString())
        .isEqualTo(
            "[{\"place\":\"France\",\"date\":\"2021-01-01\",\"kind\":\"removed\","
                + "\"before\":{\"cases\":1,\"deaths\":0}}]");
    assertThat(world.get("/diff?from=2026-11-20&place=Lemuria").statusCode()).isEqualTo(404);
  }

  @Test
  void aDiffOfTooManyDaysIsRefused() throws Exception {
    String france = "France,2021-01-01,1,0,\n";
    ofWorld.publish("2026-11-20T12:00:00Z", WORLD + france);
    ofWorld.publish("2026-11-21T12:00:00Z", WORLD + france + germany(20_000));
    assertThat(json(world.get("/diff?from=2026-11-20")).get("days")).hasSize(20_000);
    ofWorld.publish("2026-11-22T12:00:00Z", WORLD + france + germany(20_001));

    HttpResponse<String> answer = world.get("/diff?from=2026-11-20");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("detail").asText())
        .startsWith("The versions differ in more than 20000 days");
  }

  private static String germany(int days) {
    return IntStream.range(0, days)
        .mapToObj(day -> "Germany,%s,1,0,%n".formatted(LocalDate.EPOCH.plusDays(day)))
        .collect(Collectors.joining());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to=2026-11-20            | from",
        "from=x                   | from",
        "from=2026-11-20&to=x     | to",
        "from=2026-11-20&format=x | format",
        "from=2026-11-20&asOf=x   | asOf",
        "from=2026-11-20&place=US | place",
      })
  void saysWhichParameterOfADiffIsWrong(String query, String parameter) throws Exception {
    publishAll();

    HttpResponse<String> answer = api.get("/diff?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("parameter").asText()).isEqualTo(parameter);
  }

  @Test
  void thereIsNoDiffWithoutVersions() throws Exception {
    put("CovidData.csv", SET);

    assertThat(api.get("/diff?from=2026-11-20").statusCode()).isEqualTo(404);
  }

  // --- /days/{date}/history

  @Test
  void aDayHasAnIssueForEachVersionThatChangedIt() throws Exception {
    publishAll();

    JsonNode history = json(api.get("/days/2020-01-23/history"));

    assertThat(history.get("date").asText()).isEqualTo("2020-01-23");
    assertThat(history.has("next")).isFalse();
    // Three o'clock is still the day before in New York.
    assertThat(history.get("issues").toString())
        .isEqualTo(
            ("[{\"issue\":\"2026-11-24T03:00:00Z\",\"version\":\"%s\",\"lag\":2496,\"kind\":\"added\","
                    + "\"figures\":{\"cases\":2,\"deaths\":1,\"recovered\":1}},"
                    + "{\"issue\":\"2026-11-23T03:00:00Z\",\"version\":\"%s\",\"lag\":2495,\"kind\":\"removed\"},"
                    + "{\"issue\":\"2026-11-22T03:00:00Z\",\"version\":\"%s\",\"lag\":2494,\"kind\":\"revised\","
                    + "\"figures\":{\"cases\":3,\"deaths\":1,\"recovered\":1}},"
                    + "{\"issue\":\"2026-11-20T03:00:00Z\",\"version\":\"%s\",\"lag\":2492,\"kind\":\"added\","
                    + "\"figures\":{\"cases\":2,\"deaths\":1,\"recovered\":1}}]")
                .formatted(
                    versions.get(4).id(),
                    versions.get(3).id(),
                    versions.get(2).id(),
                    versions.get(0).id()));
  }

  @Test
  void aDayThatNoVersionHasHasNoIssue() throws Exception {
    publishAll();

    assertThat(json(api.get("/days/2020-01-25/history")).get("issues")).isEmpty();
    assertThat(json(api.get("/days/2019-01-25/history")).get("issues")).isEmpty();
  }

  @Test
  void olderIssuesAreBeforeAVersion() throws Exception {
    publishAll();

    JsonNode history = json(api.get("/days/2020-01-23/history?before=" + versions.get(2).id()));

    assertThat(history.get("issues").findValuesAsText("version"))
        .containsExactly(versions.get(0).id());
  }

  @Test
  @Tag("slow")
  void aPageOfAHistoryIsOf500Versions() throws Exception {
    Version first = publisher.publish("2026-11-20T12:00:00Z", SETS.get(0));
    for (int i = 0; i < 500; i++) {
      publisher.publish("2026-11-21T12:%02d:%02dZ".formatted(i / 60, i % 60), SETS.get(0));
    }

    JsonNode newest = json(api.get("/days/2020-01-23/history"));

    assertThat(newest.get("issues")).isEmpty();
    String next = newest.get("next").asText();
    assertThat(next).isEqualTo("history?before=" + publisher.ids().get(499));
    JsonNode oldest = json(api.get("/days/2020-01-23/" + next));
    assertThat(oldest.get("issues").findValuesAsText("version")).containsExactly(first.id());
    assertThat(oldest.has("next")).isFalse();
  }

  @Test
  @Tag("slow")
  void aPlaceThatIsYoungerThanAPageOfItsHistoryHasNoIssuesBefore() throws Exception {
    for (int i = 0; i <= 500; i++) {
      ofWorld.publish("2026-11-21T12:%02d:%02dZ".formatted(i / 60, i % 60), WORLD + germany(2));
    }
    ofWorld.publish("2026-11-22T12:00:00Z", WORLD + "France,2021-01-01,1,0,\n" + germany(2));

    JsonNode newest = json(world.get("/days/1970-01-01/history?place=France"));
    assertThat(newest.has("next")).isTrue();
    JsonNode oldest = json(world.get("/days/1970-01-01/" + newest.get("next").asText()));

    assertThat(oldest.get("issues")).isEmpty();
  }

  @Test
  void aDayOfAPlaceIsRemovedWithThePlace() throws Exception {
    publishTheWorld();

    JsonNode history = json(world.get("/days/2021-01-01/history?place=France"));

    assertThat(history.get("place").asText()).isEqualTo("France");
    assertThat(history.get("issues").findValuesAsText("kind"))
        .containsExactly("removed", "revised", "added");
    assertThat(history.at("/issues/1/figures").toString()).isEqualTo("{\"cases\":2}");
    assertThat(world.get("/days/2021-01-01/history?place=Lemuria").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/days/2020-02-30/history           | date",
        "/days/x/history                    | date",
        "/days/2020-01-23/history?before=x  | before",
        "/days/2020-01-23/history?place=US  | place",
      })
  void saysWhatOfAHistoryIsWrong(String path, String parameter) throws Exception {
    publishAll();

    HttpResponse<String> answer = api.get(path);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("parameter").asText()).isEqualTo(parameter);
  }

  @Test
  void aHistoryWhereThereAreManyPlacesNeedsOne() throws Exception {
    publishTheWorld();

    assertThat(world.get("/days/2021-01-01/history").statusCode()).isEqualTo(400);
  }
}
