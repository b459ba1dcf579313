package routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import versions.Version;

/** What the plain files of many places have of the past. */
class PlacesSiteTest extends PlacesSiteTestBase {
  PlacesSiteTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void eachVersionComesOfTheFiguresOfNowAndOfWhatHasChangedSince() throws Exception {
    List<Version> versions = new ArrayList<>();
    // A day more, a revised one, and a place that goes; places that come; a metric that ends.
    String korea = days("\"Korea, South\"", 40, 3);
    versions.add(
        publisher.publish(
            "2026-11-20T12:00:00Z", HEADER + days("Atlantis", 9, 1) + days("France", 20, 5)));
    versions.add(publisher.publish("2026-11-21T12:00:00Z", HEADER + days("France", 21, 5) + korea));
    versions.add(
        publisher.publish(
            "2026-11-22T12:00:00Z",
            HEADER + days("France", 21, 5).replace("2021-01-07,35,", "2021-01-07,33,") + korea));
    versions.add(
        publisher.publish(
            "2026-11-23T12:00:00Z",
            HEADER
                + days("France", 25, 5).replace(",1,\n", ",1,7\n")
                + korea.replaceAll("(2021-02-0[3-9],\\d+),\\d+", "$1,0")));

    publishSite();

    for (Version version : versions) {
      JsonNode list = file("versions/" + version.id() + ".json");
      for (JsonNode place : list.get("places")) {
        String code = place.get("code").asText();
        String query =
            "?asOf=" + version.id() + "&place=" + URLEncoder.encode(code, StandardCharsets.UTF_8);
        JsonNode answer = JSON.readTree(world.get("/days" + query).body());
        assertThat(periods(code, version.id()))
            .as(code + " in " + version.id())
            .isNotEmpty()
            .containsExactlyElementsOf(answer.at("/places/0/periods"));
      }
      ObjectNode answer =
          (ObjectNode) JSON.readTree(world.get("/places?asOf=" + version.id()).body());
      answer
          .get("places")
          .forEach(
              place ->
                  ((ObjectNode) place)
                      .set("days", places(list, place.get("code").asText()).get("days")));
      assertThat(list).isEqualTo(answer.put("version", version.id()));
    }
    assertThat(periods("Korea, South", versions.get(0).id())).isEmpty();
    assertThat(file("places.json").get("version").asText()).isEqualTo(versions.get(3).id());
  }

  @Test
  void aNewVersionAddsTwoFilesAndReadsOnlyThePlacesThatItChanged() throws Exception {
    String korea = days("\"Korea, South\"", 4, 3);
    Version first =
        publisher.publish("2026-11-20T12:00:00Z", HEADER + days("France", 20, 5) + korea);
    publishSite();
    Version second =
        publisher.publish("2026-11-21T12:00:00Z", HEADER + days("France", 21, 5) + korea);
    cloud.forgetRequests();

    publishSite();

    assertThat(asked())
        .filteredOn(request -> request.startsWith("S3 PUT") || request.startsWith("S3 DELETE"))
        .map(request -> request.substring(request.indexOf(site) + site.length()))
        .containsExactlyInAnyOrder(
            "places.json",
            "days/France.json",
            "CovidData.csv",
            "index.html",
            "embed.html",
            "versions/" + second.id() + ".json",
            "versions/" + first.id() + "-" + second.id() + ".json",
            "versions/index.json");
  }

  @Test
  void whatDroppedVersionsChangedIsInTheFileOfThoseBetweenWhichTheyWere() throws Exception {
    Instant begin = Instant.parse("2026-10-02T12:00:00Z");
    for (int i = 0; i < 33; i++) {
      publisher.publish(
          begin.plus(i, ChronoUnit.HOURS).toString(), HEADER + days("France", 5 + i, 5));
      if (i == 31) {
        publishSite();
      }
    }

    publishSite();

    List<String> ids = publisher.ids();
    List<String> kept = new ArrayList<>(ids.subList(0, 31));
    kept.add(ids.get(32));
    JsonNode lines = file("versions/index.json").get("versions");
    assertThat(lines).extracting(line -> line.get("id").asText()).isEqualTo(kept);
    assertThat(lines.get(30).get("changes").asText())
        .isEqualTo("versions/" + ids.get(32) + "-" + ids.get(30) + ".json");
    assertThat(lines.get(31).has("changes")).isFalse();
    assertThat(cloud.keys(site + "versions/")).hasSize(32 + 31 + 1);
    assertThat(periods("France", ids.get(32))).hasSize(5);
  }
}
