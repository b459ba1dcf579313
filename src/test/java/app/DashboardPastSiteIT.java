package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import local.FeedServer;
import local.LocalCloud;
import local.SiteServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.VersionPublisher;

/** The past on the dashboard of plain files. */
@Tag("slow")
class DashboardPastSiteIT extends DashboardPastChecks {
  private static LocalCloud cloud;
  private static VersionPublisher versions;
  private static SiteServer site;

  @BeforeAll
  static void publishOnce() throws Exception {
    cloud = LocalCloud.inMemory();
    cloud.systemProperties().forEach(System::setProperty);
    versions = publish(cloud);
    try (FeedServer feeds = FeedServer.synthetic(0, 1);
        TestApplication application =
            TestApplication.start(
                cloud, feeds, "feed.synthetic", "false", "site.publish", "true")) {
      application.context().createProducerTemplate().sendBody("direct:publish-site", null);
    }
    site = SiteServer.of(cloud);
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
    if (cloud != null) {
      cloud.systemProperties().keySet().forEach(System::clearProperty);
      cloud.close();
    }
  }

  @Override
  URI page() {
    return site.uri();
  }

  @Override
  List<String> ids() {
    return versions.ids();
  }

  @Test
  void offersNoFileThatIsOnlyOfTheCurrentFiguresAndNoHistory() {
    open("?asOf=2020-10-05");
    browser.element("#chart");
    browser.click("#revisions-toggle");
    browser.element("#revisions-table");

    assertThat(browser.elements("#over-time a, #revisions a")).isEmpty();
  }

  @Test
  void everyLinkLeadsToAFile() {
    assertThat(browser.elements("main a"))
        .extracting(link -> URI.create(link.getDomProperty("href")))
        .hasSize(3)
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
  }

  private static int status(URI link) throws IOException {
    return ((HttpURLConnection) link.toURL().openConnection()).getResponseCode();
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
          browser.open(page());
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
