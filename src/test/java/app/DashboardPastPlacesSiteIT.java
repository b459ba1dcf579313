package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** The past on the dashboard of plain files of many places. */
@Tag("slow")
class DashboardPastPlacesSiteIT extends DashboardPastPlacesChecks {
  @BeforeAll
  static void publishOnce() throws Exception {
    publish(Optional.of("world"), DashboardPastPlacesChecks::publishTwo);
  }

  @Test
  void offersNoFileThatIsOnlyOfTheCurrentFigures() {
    open("?place=France&asOf=" + ids().get(1));
    browser.element("#chart");

    assertThat(browser.elements("#over-time a")).isEmpty();
  }

  @Test
  void readsNoFileOfAnotherPlace() {
    open("?place=France&asOf=2020-10-04");
    awaitText("#which-version", "Version 1 of 2");

    assertThat(browser.urls())
        .extracting(url -> url.substring(url.lastIndexOf('/') + 1))
        .contains("France.json", ids().get(1) + "-" + ids().get(0) + ".json")
        .doesNotContain("Norway.json", "Korea_2c_20South.json");
  }

  @Test
  void saysThatItsFilesAreBeingReplacedWhileTheyAreOfTwoVersions() {
    String key = "world/site/versions/index.json";
    String list = cloud.object(key).orElseThrow();
    put(key, list.replaceFirst("\\{\"id\":\"" + ids().get(0) + "[^}]*},", ""));
    try {
      open("?place=France&asOf=" + ids().get(1));
      assertThat(browser.text("#trouble"))
          .contains("The files of this page are being replaced.", "Try again in a minute.");
    } finally {
      put(key, list);
    }
    browser.click("#try-again");
    awaitText("#which-version", "Version 1 of 2");
    assertThat(browser.text("#total-cases")).isEqualTo("202,170");
  }

  private static void put(String key, String text) {
    cloud
        .s3Client()
        .putObject(
            put ->
                put.bucket(cloud.bucket())
                    .key(key)
                    .contentType("application/json")
                    .cacheControl("no-cache"),
            RequestBody.fromString(text));
  }
}
