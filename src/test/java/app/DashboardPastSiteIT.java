package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import local.SiteServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.VersionPublisher;

/** The past on the dashboard of plain files. */
@Tag("slow")
class DashboardPastSiteIT extends DashboardPastChecks {
  @BeforeAll
  static void publishOnce() throws Exception {
    publish(Optional.empty(), DashboardPastChecks::publishFour);
  }

  @Test
  void offersNoFileThatIsOnlyOfTheCurrentFigures() {
    open("?asOf=2020-10-05");
    browser.element("#chart");

    assertThat(browser.elements("#over-time a")).isEmpty();
  }

  @Test
  void everyLinkLeadsToAFile() {
    open("");

    assertThat(links("main"))
        .hasSize(3)
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
  }

  /** 33 versions of one day: the first, the second and the last have revised it. */
  @Test
  void readsTheHistoryOfADayInParts() throws Exception {
    VersionPublisher many = new VersionPublisher(cloud, "many/", 2);
    Instant first = Instant.parse("2020-10-01T12:00:00Z");
    for (int version = 0; version < 33; version++) {
      int cases = version == 0 ? 1 : version < 32 ? 2 : 3;
      String days = "2020-09-01,%d,0,US,0\n2020-09-02,9,0,US,%d\n".formatted(cases, version);
      many.publish(
          first.plus(version, ChronoUnit.DAYS).toString(),
          "Date,Cases,Deaths,Country,Recovered\n" + days);
    }
    publish(Optional.empty(), () -> {}, "archive.prefix", "many/");
    try (SiteServer other = SiteServer.of(cloud, "many/site")) {
      browser.open(URI.create(other.uri() + "?day=2020-09-01"));
      browser.element("#history-table");
      assertThat(rows("#history-table")).containsExactly("2 Nov 2020, 12:00 UTC|62|Revised|3|0|0");
      assertThat(browser.elements("#history-note")).isEmpty();

      browser.click("#earlier-issues");
      browser.element("#history-note");
      assertThat(rows("#history-table").subList(1, 3))
          .containsExactly(
              // The version that revised it is not among those that the site has.
              "3 Oct 2020, 12:00 UTC|32|Revised|2|0|0",
              "1 Oct 2020, 12:00 UTC|30|First figures|1|0|0");
      assertThat(browser.text("#history-note"))
          .isEqualTo("This page has the newest versions, and one of each month before them.");
      assertThat(browser.elements("#earlier-issues")).isEmpty();
      assertThat(browser.findings()).isEmpty();
      browser.screenshot(name("history-in-parts"));
    }
  }

  @Test
  void saysThatAVersionIsGoneThatTheSiteNoLongerHas() {
    without(
        "site/versions/" + ids().get(3) + ".json",
        () -> {
          open("?asOf=2020-10-03");
          assertThat(browser.text("#no-version"))
              .contains(
                  "No figures as they were on 3 October 2020",
                  "This page has the newest versions, and one of each month before them.");
        });
  }

  @Test
  void thePageDoesWithoutTheListOfVersions() {
    without(
        "site/versions/index.json",
        () -> {
          open("");
          assertThat(browser.text("#total-cases")).isEqualTo("4,400");
          assertThat(browser.elements("#past, #against, #revisions")).isEmpty();
          assertThat(browser.elements("#notes p")).isEmpty();
        });
  }

  /** While an object is away. */
  private static void without(String key, Runnable check) {
    copy(key, "aside");
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(key));
    browser.forgetFiles();
    try {
      check.run();
    } finally {
      copy("aside", key);
    }
  }

  private static void copy(String key, String other) {
    cloud
        .s3Client()
        .copyObject(
            copy ->
                copy.sourceBucket(cloud.bucket())
                    .sourceKey(key)
                    .destinationBucket(cloud.bucket())
                    .destinationKey(other));
  }
}
