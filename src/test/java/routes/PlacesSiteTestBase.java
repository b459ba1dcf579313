package routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import local.LocalCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** For tests of the plain files of many places. */
abstract class PlacesSiteTestBase extends ApiTestBase {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String HEADER = "Place,Date,Cases,Deaths,Recovered\n";
  static final LocalDate FIRST = LocalDate.of(2021, 1, 1);

  Api world;
  String site;
  VersionPublisher publisher;

  PlacesSiteTestBase(LocalCloud cloud) {
    super(cloud, "http.refresh", "1ms", "schedule.zone", "America/New_York");
  }

  @BeforeAll
  void serveTheWorld() throws IOException {
    world =
        Api.open(Optional.of("world"), cloud, feeds, "http.refresh", "1ms", "site.publish", "true");
  }

  @AfterAll
  void stop() {
    if (world != null) {
      world.close();
    }
  }

  @BeforeEach
  void beginAnew() {
    String prefix = world.application().context().resolvePropertyPlaceholders("{{archive.prefix}}");
    site = prefix + "site/";
    publisher = new VersionPublisher(cloud, prefix, 1);
  }

  void publishSite() {
    world.application().context().createProducerTemplate().sendBody("direct:publish-site", null);
  }

  JsonNode file(String path) throws IOException {
    ResponseBytes<GetObjectResponse> object =
        cloud.s3Client().getObjectAsBytes(get -> get.bucket(cloud.bucket()).key(site + path));
    InputStream content = new ByteArrayInputStream(object.asByteArray());
    return JSON.readTree(
        "gzip".equals(object.response().contentEncoding())
            ? new GZIPInputStream(content)
            : content);
  }

  static JsonNode places(JsonNode file, String code) {
    for (JsonNode place : file.get("places")) {
      if (place.get("code").asText().equals(code)) {
        return place;
      }
    }
    return JSON.createObjectNode();
  }

  /** Days of a place, of which each has {@code step} cases more. */
  static String days(String place, int days, int step) {
    StringBuilder rows = new StringBuilder();
    for (int day = 0; day < days; day++) {
      rows.append(
          "%s,%s,%d,%d,\n".formatted(place, FIRST.plusDays(day), step * (day + 1), day + 1));
    }
    return rows.toString();
  }

  /** The periods of a place in a version, by the files of the site alone. */
  List<JsonNode> periods(String code, String version) throws IOException {
    TreeMap<String, JsonNode> periods = new TreeMap<>();
    JsonNode now = places(file("places.json"), code).path("days");
    if (!now.isMissingNode()) {
      file(now.asText()).at("/places/0/periods").forEach(day -> put(day, periods));
    }
    for (JsonNode line : file("versions/index.json").get("versions")) {
      if (line.get("id").asText().equals(version)) {
        return List.copyOf(periods.values());
      }
      JsonNode changes = places(file(line.get("changes").asText()), code);
      changes.path("after").forEach(day -> periods.remove(day.get("date").asText()));
      changes.path("before").forEach(day -> put(day, periods));
    }
    throw new AssertionError(version);
  }

  private static void put(JsonNode day, TreeMap<String, JsonNode> periods) {
    periods.put(day.get("date").asText(), day);
  }
}
