package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aws.BucketKeys;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import local.LocalCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import versions.Version;

/** What readers of versions get when objects of the bucket are lost or damaged, or it is away. */
class AsOfFaultsTest extends ApiTestBase {
  private static final List<String> SETS = AsOfApiTest.SETS;
  private static final List<String> TIMES = AsOfApiTest.TIMES;

  private final List<Version> versions = new ArrayList<>();
  private VersionPublisher publisher;

  AsOfFaultsTest(LocalCloud cloud) {
    super(cloud, "http.refresh", "1ms", "schedule.zone", "America/New_York");
  }

  @BeforeEach
  void beginAnew() {
    versions.clear();
    publisher = new VersionPublisher(cloud, "", 2);
  }

  private void publishAll() throws Exception {
    for (int i = 0; i < SETS.size(); i++) {
      versions.add(publisher.publish(TIMES.get(i), SETS.get(i)));
    }
  }

  private List<String> listed() throws Exception {
    return AsOfApiTest.ids(api.get("/versions").body());
  }

  private String detail(String path) throws Exception {
    return detail(api.get(path));
  }

  private static String detail(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body()).get("detail").asText();
  }

  @Test
  void aLostIndexLosesNothing() throws Exception {
    publishAll();
    publisher.remove(BucketKeys.INDEX);

    assertThat(listed()).isEqualTo(publisher.ids());
    assertThat(api.get("/CovidData.csv?asOf=2026-11-20").body()).isEqualTo(SETS.get(0));
  }

  @Test
  void anIndexThatIsOlderThanTheSetIsNoGap() throws Exception {
    versions.add(publisher.publish(TIMES.get(0), SETS.get(0)));
    versions.add(publisher.publish(TIMES.get(1), SETS.get(1)));
    versions.add(publisher.publish(TIMES.get(2), SETS.get(2)));
    String index = cloud.object(BucketKeys.INDEX).orElseThrow();
    versions.add(publisher.publish(TIMES.get(3), SETS.get(3)));
    versions.add(publisher.publish(TIMES.get(4), SETS.get(4)));
    publisher.put(BucketKeys.INDEX, index.getBytes(UTF_8), Map.of());

    assertThat(listed()).isEqualTo(publisher.ids());
  }

  @Test
  void aDamagedIndexIsNamedToWhoAsksForVersionsThatOnlyItMayHave() throws Exception {
    publishAll();
    publisher.put(BucketKeys.INDEX, "nonsense".getBytes(UTF_8), Map.of());

    assertThat(listed()).isEqualTo(publisher.ids());
    assertThat(api.get("/CovidData.csv?asOf=2026-11-20").body()).isEqualTo(SETS.get(0));
    assertThat(api.get("/totals?asOf=2026-11-19").statusCode()).isEqualTo(503);
    assertThat(detail("/totals?asOf=2026-11-19"))
        .isEqualTo("The object versions/index.json is damaged; its operator has to restore it.");
  }

  @Test
  void aDamagedManifestIsNamedToWhoNeedsIt() throws Exception {
    publishAll();
    String key = BucketKeys.version(versions.get(1).id());
    publisher.put(key, "{\"id\": \"other\"}".getBytes(UTF_8), Map.of());

    HttpResponse<String> answer = api.get("/totals?asOf=2026-11-21");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(Api.header(answer, "Retry-After")).isEqualTo("5");
    assertThat(answer.body())
        .contains("The object " + key + " is damaged; its operator has to restore it.");
    assertThat(api.get("/totals?asOf=2026-11-20").statusCode()).isEqualTo(200);
    assertThat(api.get("/versions/" + versions.get(1).id()).statusCode()).isEqualTo(503);
  }

  @Test
  void withoutTheIndexADamagedManifestHidesOnlyWhatIsBeforeIt() throws Exception {
    publishAll();
    publisher.remove(BucketKeys.INDEX);
    String key = BucketKeys.version(versions.get(1).id());
    publisher.put(key, "null".getBytes(UTF_8), Map.of());

    assertThat(api.get("/CovidData.csv?asOf=2026-11-22T12:00:00Z").body()).isEqualTo(SETS.get(2));
    assertThat(api.get("/totals?asOf=2026-11-21").statusCode()).isEqualTo(503);
    assertThat(detail("/totals?asOf=2026-11-21")).contains(key);
  }

  @Test
  void aMissingManifestOfAListedVersionIsNamed() throws Exception {
    publishAll();
    String key = BucketKeys.version(versions.get(1).id());
    publisher.remove(key);

    assertThat(api.get("/totals?asOf=2026-11-21").statusCode()).isEqualTo(503);
    assertThat(detail("/totals?asOf=2026-11-21"))
        .isEqualTo("The object " + key + " is missing; its operator has to restore it.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", ""})
  void aDamagedSeriesIsNamed(String content) throws Exception {
    publishAll();
    String key = BucketKeys.series(versions.get(1).series().get(0).sha256());
    publisher.put(key, content.getBytes(UTF_8), Map.of());

    assertDamaged(key);
  }

  @Test
  void aSeriesWithOtherContentThanItsNameSaysIsNotServed() throws Exception {
    publishAll();
    String key = BucketKeys.series(versions.get(1).series().get(0).sha256());
    String other = BucketKeys.series(versions.get(2).series().get(0).sha256());
    cloud
        .s3Client()
        .copyObject(
            copy ->
                copy.sourceBucket(cloud.bucket())
                    .sourceKey(other)
                    .destinationBucket(cloud.bucket())
                    .destinationKey(key));

    assertDamaged(key);
  }

  /** In an application that has not read it before. */
  private void assertDamaged(String key) throws Exception {
    try (Api fresh = another("schedule.zone", "America/New_York")) {
      HttpResponse<String> answer = fresh.get("/days?asOf=2026-11-21");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body())
          .contains("The object " + key + " is damaged; its operator has to restore it.");
    }
  }

  @Test
  void whileTheBucketIsAwayWhatWasReadIsServedWithItsAge() throws Exception {
    publishAll();
    api.get("/days?asOf=2026-11-21");
    cloud.intercept(s3Away());

    HttpResponse<String> byTime = api.get("/days?asOf=2026-11-21");
    HttpResponse<String> byId = api.get("/days?asOf=" + versions.get(1).id());
    HttpResponse<String> other = api.get("/days?asOf=" + versions.get(0).id());

    assertThat(byTime.statusCode()).isEqualTo(200);
    assertThat(Api.header(byTime, "Warning")).isEqualTo("110 - \"Response is Stale\"");
    assertThat(byId.statusCode()).isEqualTo(200);
    assertThat(Api.header(byId, "Warning")).isEmpty();
    assertThat(other.statusCode()).isEqualTo(503);
    assertThat(other.body()).contains("The archive does not answer; try again in a little while.");
  }

  @Test
  void aMissingSeriesIsNamedAlsoIfAllAreAskedFor() throws Exception {
    VersionPublisher ofWorld = new VersionPublisher(cloud, "world/", 2);
    String set =
        "Place,Date,Cases,Deaths,Recovered\nFrance,2021-01-01,1,0,\nGermany,2021-01-01,%d,0,\n";
    Version first = ofWorld.publish(TIMES.get(0), set.formatted(1));
    ofWorld.publish(TIMES.get(1), set.formatted(2));
    String key = BucketKeys.series(first.series().get(1).sha256());
    ofWorld.remove(key);
    try (Api world = Api.open(Optional.of("world"), cloud, feeds)) {
      for (String path : List.of("/places", "/CovidData.csv", "/days?place=Germany")) {
        HttpResponse<String> answer = world.get(AsOfApiTest.asOf(path, first.id()));

        assertThat(answer.statusCode()).as(path).isEqualTo(503);
        assertThat(detail(answer))
            .isEqualTo("The object world/" + key + " is missing; its operator has to restore it.");
      }
      assertThat(world.get("/days?place=France&asOf=" + first.id()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theManifestOfARunThatDidNotPublishIsNoVersion() throws Exception {
    publishAll();
    String id = abandoned(TIMES.get(3));

    assertThat(api.get("/versions/" + id).statusCode()).isEqualTo(404);
    assertThat(api.get("/totals?asOf=" + id).statusCode()).isEqualTo(404);
    assertThat(listed()).doesNotContain(id);
  }

  @Test
  void aManifestThatIsNewerThanTheListIsAnsweredButNotForGood() throws Exception {
    publishAll();
    String id = abandoned("2026-11-24T05:00:00Z");

    HttpResponse<String> answer = api.get("/days?asOf=" + id);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Api.header(answer, "Cache-Control")).isEqualTo("no-cache");
    assertThat(listed()).doesNotContain(id);
  }

  /** A run writes a manifest, and dies before the set. */
  private String abandoned(String at) throws Exception {
    VersionPublisher other = new VersionPublisher(cloud, "", 2);
    Version version = other.publish(at, SETS.get(1));
    publisher.publish("2026-11-23T05:00:01Z", SETS.get(0));
    return version.id();
  }

  @Test
  void theListIsKeptWhileTheBucketIsAway() throws Exception {
    publishAll();
    String list = api.get("/versions").body();
    cloud.intercept(s3Away());

    HttpResponse<String> answer = api.get("/versions");

    assertThat(answer.body()).isEqualTo(list);
    assertThat(Api.header(answer, "Warning")).isEqualTo("110 - \"Response is Stale\"");
  }
}
