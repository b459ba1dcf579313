package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.always;
import static local.Faults.only;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import covid.RunFailedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import local.Call;
import local.Fault;
import local.Faults;
import local.LocalCloud;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import versions.Version;
import versions.VersionEntry;

/** Versions that are no longer kept are removed, and nothing else ever is. */
class SweepTest extends VersionsTestBase {
  private static final Duration KEEP = Duration.ofDays(400);

  /** When the objects of the test are more than a day old, and its first versions too old. */
  private static final Instant NOW = Instant.parse("2100-01-01T00:00:00Z");

  private static final Predicate<Call> ANY = call -> call.operation().contains("covid-data");

  private VersionPublisher publisher;

  SweepTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void publisher() {
    publisher = new VersionPublisher(cloud, "", 1);
  }

  @Test
  void removesWhatWasReplacedLongAgoAndItsSeries() throws Exception {
    Version old = publish("2020-01-01T00:00:00Z", 1);
    Version older = publish("2020-01-02T00:00:00Z", 2);
    Version atTheCutoff = publish("2098-11-01T00:00:00Z", 3);
    Version kept = publish("2099-06-01T00:00:00Z", 4);
    Version current = publish("2099-12-01T00:00:00Z", 5);

    assertThat(sweep()).contains(new VersionSweep.Swept(2, 2));

    assertThat(List.of(old, older)).noneMatch(this::isThere);
    assertThat(List.of(atTheCutoff, kept, current)).allMatch(this::isThere);
    assertThat(objects().index().read().versions().versions())
        .extracting(VersionEntry::id)
        .containsExactly(atTheCutoff.id(), kept.id());
    assertThat(objects().index().read().versions().keptSince()).isEqualTo(atTheCutoff.at());
    assertThat(sweep()).as("a second one has nothing to do").isEmpty();
  }

  @Test
  void keepsTheSeriesOfAnOldVersionThatALaterOneHasToo() throws Exception {
    Version old = publish("2020-01-01T00:00:00Z", 1);
    publish("2020-01-02T00:00:00Z", 2);
    publish("2099-06-01T00:00:00Z", 3);
    Version again = publish("2099-12-01T00:00:00Z", 1);

    assertThat(sweep()).contains(new VersionSweep.Swept(1, 0));
    assertThat(cloud.keys("versions/")).noneMatch(key -> key.contains(old.id()));
    assertThat(content(again)).isEqualTo(set(1));
  }

  @Test
  void removesWhatARunLeftThatDiedBeforeItPublished() throws Exception {
    publish("2020-01-01T00:00:00Z", 1);
    publish("2020-06-01T00:00:00Z", 2);
    publish("2099-07-01T00:00:00Z", 3);
    put("versions/2020-05-05T00-00-00Z-01234567.json", "{}");
    put("series/" + "a".repeat(64) + ".csv.gz", "");

    sweep();
    assertThat(cloud.keys("versions/")).noneMatch(key -> key.contains("2020-05-05"));
    assertThat(cloud.keys("series/")).noneMatch(key -> key.contains("aaa"));
  }

  @Test
  void removesNothingYoungerThanADay() throws Exception {
    publish("2020-01-01T00:00:00Z", 1);
    publish("2020-01-02T00:00:00Z", 2);
    publish("2020-01-03T00:00:00Z", 3);

    assertThat(sweep(Instant.now(), KEEP, 1)).contains(new VersionSweep.Swept(0, 0));
    assertThat(cloud.keys("versions/")).hasSize(4);
    assertThat(cloud.keys("series/")).hasSize(3);
  }

  @Test
  void waitsUntilItIsWorthTheRequests() throws Exception {
    publish("2020-01-01T00:00:00Z", 1);
    publish("2020-01-02T00:00:00Z", 2);
    publish("2099-12-01T00:00:00Z", 3);
    cloud.forgetRequests();

    assertThat(sweep(NOW, KEEP, 16)).isEmpty();
    assertThat(cloud.requests()).containsExactly("S3 GET covid-data/versions/index.json");
  }

  @Test
  void leavesWhatARunPutsAgainMeanwhile() throws Exception {
    Version old = publish("2020-01-01T00:00:00Z", 1);
    publish("2020-01-02T00:00:00Z", 2);
    publish("2099-12-01T00:00:00Z", 3);
    String key = "series/" + old.sha256() + ".csv.gz";
    AtomicBoolean done = new AtomicBoolean();
    cloud.intercept(
        call -> {
          if (toS3("DELETE", key).test(call) && done.compareAndSet(false, true)) {
            put(key, "as packed at another time");
          }
          return Fault.none();
        });

    sweep();
    assertThat(cloud.keys("series/")).contains(key);
  }

  @Test
  void removesNoSeriesIfAKeptManifestIsDamaged() throws Exception {
    publish("2020-01-01T00:00:00Z", 1);
    publish("2020-01-02T00:00:00Z", 2);
    Version kept = publish("2099-06-01T00:00:00Z", 3);
    publish("2099-12-01T00:00:00Z", 4);
    put("versions/" + kept.id() + ".json", "{");

    assertThatThrownBy(this::sweep)
        .hasMessageContaining(kept.id() + ".json in the bucket")
        .hasMessageContaining("is not the manifest of a version: restore it from a copy.");
    assertThat(cloud.keys("series/")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xx", "[]", "null"})
  void removesNothingIfTheIndexIsDamaged(String text) throws Exception {
    publish("2020-01-01T00:00:00Z", 1);
    publish("2020-01-02T00:00:00Z", 2);
    put("versions/index.json", text);

    assertThatThrownBy(this::sweep)
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining(
            "versions/index.json in the bucket %s is not the index of versions: restore it from a"
                + " copy.",
            cloud.bucket());
    assertThat(cloud.keys("series/")).hasSize(2);
  }

  /** A sweep ends at any of its calls, before it is done or after; the next one does the rest. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endsWhereverItIsKilledAndBegunAgain(boolean done) throws Exception {
    TreeMap<String, String> expected = null;
    for (int call = 0; ; call++) {
      cloud.intercept(each -> Fault.none());
      cloud.reset();
      publisher.reset();
      publish("2020-01-01T00:00:00Z", 1);
      publish("2020-01-02T00:00:00Z", 2);
      publish("2098-11-01T00:00:00Z", 3);
      publish("2099-12-01T00:00:00Z", 4);
      if (call > 0) {
        cloud.intercept(only(call, ANY, done ? Fault.dropAfter() : Fault.dropBefore()));
      }
      boolean killed = false;
      try {
        sweep();
      } catch (SdkException e) {
        killed = true;
        cloud.intercept(each -> Fault.none());
        sweep();
      }
      if (call == 0) {
        expected = bucket();
        continue;
      }
      assertThat(bucket()).as("killed at call " + call).isEqualTo(expected);
      if (!killed) {
        assertThat(call).isGreaterThan(8);
        return;
      }
    }
  }

  @Test
  void aRunSweepsAndARoleThatMayNotOnlyWarns() throws Exception {
    for (int version = 0; version < 18; version++) {
      publish("2020-01-%02dT00:00:00Z".formatted(version + 1), version + 1);
    }
    application("versions.keep", "400d");
    cloud.intercept(always(toS3("PUT", "versions/index.json"), Faults.DENIED));
    assertThat(run().warnings()).singleElement().asString().contains("sweep-versions");
    cloud.intercept(each -> Fault.none());

    assertThat(run().warnings()).isEmpty();
    assertThat(objects().index().read().versions().versions()).hasSize(1);
  }

  // --- Helpers

  private Version publish(String at, int cases) throws Exception {
    return publisher.publish(at, set(cases));
  }

  private static String set(int cases) {
    return SET.replace("2020-01-24,5", "2020-01-24," + cases);
  }

  private Optional<VersionSweep.Swept> sweep() throws Exception {
    return sweep(NOW, KEEP, 1);
  }

  private Optional<VersionSweep.Swept> sweep(Instant now, Duration keep, int fewest)
      throws RunFailedException {
    return new VersionSweep(objects(), KEY, now).sweep(keep, fewest);
  }

  private VersionObjects objects() {
    S3Client s3 = application().context().getRegistry().lookupByNameAndType("s3", S3Client.class);
    return new VersionObjects(s3, cloud.bucket(), "", json);
  }

  private boolean isThere(Version version) {
    List<String> keys = new ArrayList<>(cloud.keys("versions/"));
    keys.addAll(cloud.keys("series/"));
    return keys.containsAll(
        List.of("versions/" + version.id() + ".json", "series/" + version.sha256() + ".csv.gz"));
  }

  private TreeMap<String, String> bucket() {
    TreeMap<String, String> objects = new TreeMap<>();
    cloud
        .keys("")
        .forEach(
            key ->
                objects.put(
                    key,
                    DigestUtils.md5Hex(
                        cloud
                            .s3Client()
                            .getObjectAsBytes(get -> get.bucket(cloud.bucket()).key(key))
                            .asByteArray())));
    return objects;
  }

  private void put(String key, String text) {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(key),
            RequestBody.fromBytes(text.getBytes(UTF_8)));
  }
}
