package routes;

import static org.assertj.core.api.Assertions.assertThat;

import aws.BucketKeys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import local.LocalCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import versions.Version;

/** Versions of a set of many places: their list, their manifests, and figures as of them. */
class VersionsApiTest extends ApiTestBase {
  private static final String HEADER = "Place,Date,Cases,Deaths,Recovered\n";
  private static final String FRANCE = "France,2021-01-01,1,0,\nFrance,2021-01-02,2,0,\n";
  private static final String KOREA = "\"Korea, South\",2021-01-01,10,1,1\n";

  /** Two places, a day more, a revised day, without France, and with another place. */
  private static final List<String> SETS =
      List.of(
          HEADER + FRANCE + KOREA,
          HEADER + FRANCE + KOREA + "\"Korea, South\",2021-01-02,20,1,2\n",
          HEADER + FRANCE.replace("02,2", "02,3") + KOREA,
          HEADER + KOREA,
          HEADER + "Atlantis,2021-01-03,1,1,1\n" + KOREA);

  private static final List<String> PATHS =
      List.of(
          "/totals?place=Korea,%20South&per=100k",
          "/days?place=Korea,%20South&measure=average",
          "/days?place=Korea,%20South&format=csv",
          "/places?sort=-cases",
          "/CovidData.csv",
          "/CovidData.csv?place=Korea,%20South",
          "/chart.png?place=Korea,%20South",
          "/chart.svg?place=Korea,%20South&metric=deaths");

  private final List<Version> versions = new ArrayList<>();
  private Api world;
  private VersionPublisher publisher;

  VersionsApiTest(LocalCloud cloud) {
    super(cloud);
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
    publisher =
        new VersionPublisher(
            cloud,
            world.application().context().resolvePropertyPlaceholders("{{archive.prefix}}"),
            2);
  }

  private void publishAll() throws Exception {
    for (int i = 0; i < SETS.size(); i++) {
      publish(i);
    }
  }

  private void publish(int number) throws Exception {
    versions.add(publisher.publish("2026-11-2%dT12:00:00Z".formatted(number), SETS.get(number)));
  }

  private String id(int version) {
    return versions.get(version).id();
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }

  private List<String> ids(String path) throws Exception {
    return AsOfApiTest.ids(world.get(path).body());
  }

  // --- Figures as of a version

  @Test
  void everyAnswerIsTheOneThatWasGivenWhenTheVersionWasTheCurrentOne() throws Exception {
    List<Map<String, String>> given = new ArrayList<>();
    for (int i = 0; i < SETS.size(); i++) {
      publish(i);
      Map<String, String> answers = new HashMap<>();
      for (String path : PATHS) {
        answers.put(path, AsOfApiTest.content(world.bytes(path)));
      }
      given.add(answers);
    }

    for (int i = 0; i < SETS.size(); i++) {
      for (String path : PATHS) {
        String asOf = AsOfApiTest.asOf(path, id(i));
        HttpResponse<byte[]> answer = world.bytes(asOf);
        assertThat(answer.statusCode()).as(asOf).isEqualTo(200);
        assertThat(AsOfApiTest.content(answer)).as(asOf).isEqualTo(given.get(i).get(path));
      }
    }
  }

  @Test
  void onlyTheSeriesThatAreAskedForAreRead() throws Exception {
    Version version =
        publisher.publish("2026-11-20T12:00:00Z", SETS.get(0).replace("02,2", "02,77"));
    world.get("/places");
    cloud.forgetRequests();

    world.get("/days?place=France&asOf=" + version.id());

    assertThat(asked().stream().filter(call -> call.contains("series/")))
        .containsExactly(
            "S3 GET covid-data/world/" + BucketKeys.series(version.series().get(0).sha256()));
  }

  @Test
  void aPlaceIsUnknownToAVersionThatLacksIt() throws Exception {
    publishAll();

    assertThat(world.get("/totals?place=France&asOf=" + id(2)).statusCode()).isEqualTo(200);
    assertThat(world.get("/totals?place=France&asOf=" + id(3)).statusCode()).isEqualTo(404);
    assertThat(world.get("/totals?place=Atlantis&asOf=" + id(3)).statusCode()).isEqualTo(404);
    assertThat(world.get("/totals?place=Atlantis").statusCode()).isEqualTo(200);
  }

  @Test
  void theNextPageOfPlacesIsOfTheSameVersion() throws Exception {
    publishAll();

    JsonNode page = json(world.get("/places?limit=1&asOf=2026-11-20T12:00:00Z"));

    assertThat(page.get("updatedAt").asText()).isEqualTo("2026-11-20T12:00:00Z");
    String next = page.get("next").asText();
    assertThat(next).isEqualTo("places?asOf=2026-11-20T12%3A00%3A00Z&limit=1&page=2");
    assertThat(json(world.get("/" + next)).at("/places/0/code").asText()).isEqualTo("Korea, South");
  }

  // --- /versions

  @Test
  void theNewestVersionIsFirst() throws Exception {
    publishAll();

    JsonNode page = json(world.get("/versions"));

    assertThat(ids("/versions")).isEqualTo(publisher.ids());
    assertThat(page.has("next")).isFalse();
    Version third = versions.get(2);
    assertThat(page.at("/versions/2").toString())
        .isEqualTo(
            ("{\"id\":\"%s\",\"at\":\"2026-11-22T12:00:00Z\",\"origin\":\"run\",\"run\":\"%s\","
                    + "\"rows\":3,\"newestDay\":\"2021-01-02\","
                    + "\"changes\":{\"added\":0,\"revised\":1,\"removed\":1},"
                    + "\"href\":\"versions/%s\"}")
                .formatted(third.id(), third.run(), third.id()));
  }

  @Test
  void pagesFollowEachOther() throws Exception {
    publishAll();
    List<String> all = new ArrayList<>();
    String path = "versions?limit=2";
    for (int pages = 0; path != null && pages < 9; pages++) {
      all.addAll(ids("/" + path));
      path = json(world.get("/" + path)).path("next").asText(null);
    }

    assertThat(all).isEqualTo(publisher.ids());
  }

  @Test
  void aCursorNeedNotBeThere() throws Exception {
    publishAll();

    assertThat(ids("/versions?before=2026-11-22T12-00-00Z-00000000")).containsExactly(id(1), id(0));
  }

  @Test
  void theVersionsOfAPlaceAreThoseThatChangedIt() throws Exception {
    publishAll();

    assertThat(ids("/versions?place=France")).containsExactly(id(3), id(2), id(0));
    assertThat(ids("/versions?place=Korea,%20South")).containsExactly(id(2), id(1), id(0));
    assertThat(ids("/versions?place=Atlantis")).containsExactly(id(4));
    JsonNode lines = json(world.get("/versions?place=France")).get("versions");
    assertThat(lines.at("/0/changes").toString())
        .isEqualTo("{\"added\":0,\"revised\":0,\"removed\":2}");
    assertThat(lines.at("/0").has("newestDay")).isFalse();
    assertThat(lines.at("/1/changes").toString())
        .isEqualTo("{\"added\":0,\"revised\":1,\"removed\":0}");
    assertThat(lines.at("/1/rows").asInt()).isEqualTo(2);
  }

  @Test
  void pagesOfAPlaceFollowEachOther() throws Exception {
    publishAll();

    String next = json(world.get("/versions?place=Korea,%20South&limit=1")).get("next").asText();

    assertThat(next).isEqualTo("versions?place=Korea%2C+South&limit=1&before=" + id(2));
    assertThat(ids("/" + next)).containsExactly(id(1));
    assertThat(json(world.get("/versions?place=Atlantis")).has("next")).isFalse();
  }

  @Test
  void aPageOfAPlaceReads200ManifestsAtTheMost() throws Exception {
    versions.add(publisher.publish("2026-11-20T12:00:00Z", SETS.get(0)));
    for (int i = 0; i < 200; i++) {
      publisher.publish(
          "2026-11-21T12:%02d:%02dZ".formatted(i / 60, i % 60), HEADER + FRANCE + KOREA);
    }

    JsonNode page = json(world.get("/versions?place=France"));

    assertThat(page.get("versions")).isEmpty();
    String next = page.get("next").asText();
    assertThat(next).endsWith("&before=" + publisher.ids().get(199));
    assertThat(ids("/" + next)).containsExactly(id(0));
  }

  @Test
  void aPlaceThatNoVersionHasIsNotFound() throws Exception {
    publishAll();

    HttpResponse<String> answer = world.get("/versions?place=Lemuria");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).get("detail").asText())
        .isEqualTo("There is no place 'Lemuria'; /places lists all.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0    | limit  | a whole number from 1 to 500",
        "limit=501  | limit  | a whole number from 1 to 500",
        "before=x   | before | the id of a version, as 2026-11-22T21-00-00Z-7f3a9c01",
        "after=x    | after  | before, limit, place",
      })
  void saysWhichParameterIsWrong(String query, String parameter, String allowed) throws Exception {
    publishAll();

    HttpResponse<String> answer = world.get("/versions?" + query);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).get("parameter").asText()).isEqualTo(parameter);
    assertThat(json(answer).get("allowed").asText()).isEqualTo(allowed);
  }

  @Test
  void whereThereIsOnePlaceThereIsNoParameterForIt() throws Exception {
    assertThat(api.get("/versions?place=US").statusCode()).isEqualTo(400);
  }

  @Test
  void thereIsNothingBeforeTheFirstRun() throws Exception {
    assertThat(world.get("/versions").statusCode()).isEqualTo(503);
  }

  // --- /versions/{id}

  @Test
  void theManifestIsGivenAsItIsAndForGood() throws Exception {
    publishAll();

    HttpResponse<String> answer = world.get("/versions/" + id(2));

    assertThat(json(answer))
        .isEqualTo(
            new ObjectMapper()
                .readTree(cloud.object("world/" + BucketKeys.version(id(2))).orElseThrow()));
    assertThat(Api.header(answer, "Cache-Control"))
        .isEqualTo("public, max-age=31536000, immutable");
    assertThat(Api.header(answer, "ETag")).startsWith("\"" + id(2) + "-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"index", "x", "2026-11-22T21-00-00Z-7f3a", "2026-11-22T21-00-00Z-7f3a9c01"})
  void aVersionThatIsNotThereIsNotFound(String id) throws Exception {
    publishAll();

    HttpResponse<String> answer = world.get("/versions/" + id);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(json(answer).get("detail").asText())
        .isEqualTo("There is no version '%s'; /versions lists them.".formatted(id));
  }
}
