package routes;

import static local.Faults.DENIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aws.BucketKeys;
import local.Fault;
import local.LocalCloud;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.Test;
import versions.Version;

/** What goes wrong with the plain files of many places. */
class PlacesSiteFaultsTest extends PlacesSiteTestBase {
  PlacesSiteFaultsTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void whereTooMuchHasChangedTheFileHasNoPlaces() throws Exception {
    publisher.publish("2026-11-20T12:00:00Z", HEADER + days("France", 1, 5));
    publisher.publish("2026-11-21T12:00:00Z", HEADER + days("France", 40_002, 5));

    publishSite();

    String changes = file("versions/index.json").at("/versions/0/changes").asText();
    assertThat(file(changes).has("places")).isFalse();
  }

  @Test
  void aDamagedSeriesOfAnEarlierVersionKeepsNeitherFiguresNorThePageBack() throws Exception {
    Version first = publisher.publish("2026-11-20T12:00:00Z", HEADER + days("France", 1, 5));
    publisher.publish("2026-11-21T12:00:00Z", HEADER + days("France", 2, 5));
    publisher.remove(BucketKeys.series(first.series().get(0).sha256()));

    assertThatExceptionOfType(CamelExecutionException.class)
        .isThrownBy(this::publishSite)
        .havingCause()
        .withMessageContaining("is missing");

    assertThat(file("days/France.json").at("/places/0/periods")).hasSize(2);
    assertThat(cloud.keys(site)).contains(site + "index.html");
    assertThat(cloud.keys(site)).doesNotContain(site + "versions/index.json");
  }

  @Test
  void aRunThatDiesWhileItPublishesLeavesFilesThatSayThatTheyAreOfTwoVersions() throws Exception {
    Version first = publisher.publish("2026-11-20T12:00:00Z", HEADER + days("France", 1, 5));
    publishSite();
    Version second = publisher.publish("2026-11-21T12:00:00Z", HEADER + days("France", 2, 5));
    cloud.intercept(
        call ->
            call.operation().endsWith("/" + site + "versions/" + second.id() + ".json")
                ? DENIED
                : Fault.none());
    assertThatExceptionOfType(CamelExecutionException.class).isThrownBy(this::publishSite);

    assertThat(file("places.json").get("version").asText()).isEqualTo(second.id());
    assertThat(file("versions/index.json").at("/versions/0/id").asText()).isEqualTo(first.id());

    cloud.intercept(call -> Fault.none());
    publishSite();
    assertThat(periods("France", first.id())).hasSize(1);
  }
}
