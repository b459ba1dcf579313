package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import local.Call;
import local.Fault;
import local.Interceptor;
import local.LocalCloud;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import versions.Pointer;
import versions.Version;
import web.Json;

/** Runs, and what they leave under versions/ and series/. */
abstract class VersionsTestBase extends IngestTestBase {
  static final String KEY = "CovidData.csv";
  static final String LATER_JHU = TestApplication.JHU + "2020-01-25,US,,9,3,9\n";
  static final String LATER_NYT = TestApplication.NYT + "2020-01-25,7,2\n";

  final Json json = new Json();

  VersionsTestBase(LocalCloud cloud) {
    super(cloud);
  }

  void serveLaterFeeds() {
    TestApplication.nyt(feeds, LATER_NYT);
    TestApplication.jhu(feeds, LATER_JHU);
  }

  void usualFeeds() {
    TestApplication.nyt(feeds, TestApplication.NYT);
    TestApplication.jhu(feeds, TestApplication.JHU);
  }

  /** Does something before the first of these calls. */
  static Interceptor once(Predicate<Call> which, Runnable action) {
    AtomicInteger calls = new AtomicInteger();
    return call -> {
      if (which.test(call) && calls.getAndIncrement() == 0) {
        action.run();
      }
      return Fault.none();
    };
  }

  void put(String csv, Map<String, String> metadata) {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(KEY).metadata(new HashMap<>(metadata)),
            RequestBody.fromString(csv));
  }

  HeadObjectResponse head(String key) {
    return cloud.s3Client().headObject(head -> head.bucket(cloud.bucket()).key(key));
  }

  Pointer pointer() {
    return Pointer.of(head(KEY).metadata()).orElseThrow();
  }

  Version manifest(String id) throws IOException {
    return json.read(
            cloud.object("versions/" + id + ".json").orElseThrow().getBytes(UTF_8), Version.class)
        .orElseThrow();
  }

  /** The CSV of a version of one place, from its series. */
  String content(Version version) throws IOException {
    assertThat(version.series()).singleElement();
    String sha256 = version.series().get(0).sha256();
    byte[] csv = unpacked("series/" + sha256 + ".csv.gz");
    assertThat(DigestUtils.sha256Hex(csv)).isEqualTo(sha256).isEqualTo(version.sha256());
    return new String(csv, UTF_8);
  }

  byte[] unpacked(String key) throws IOException {
    try (GZIPInputStream csv =
        new GZIPInputStream(
            cloud.s3Client().getObject(get -> get.bucket(cloud.bucket()).key(key)))) {
      return csv.readAllBytes();
    }
  }

  long packedAt(String key) throws IOException {
    byte[] packed =
        cloud.s3Client().getObjectAsBytes(get -> get.bucket(cloud.bucket()).key(key)).asByteArray();
    return ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
  }

  static int bytes(Map<String, String> metadata) {
    return metadata.entrySet().stream()
        .mapToInt(each -> each.getKey().length() + each.getValue().length())
        .sum();
  }
}
