package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import local.FeedServer;
import local.LocalCloud;
import local.SiteServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The dashboard as plain files in the bucket, put there by a run, after which no program is left.
 */
@Tag("slow")
class DashboardSiteIT extends DashboardChecks {
  private static LocalCloud cloud;
  private static SiteServer site;

  @BeforeAll
  static void publishOnce() throws Exception {
    cloud = LocalCloud.inMemory();
    cloud.systemProperties().forEach(System::setProperty);
    try (FeedServer feeds = FeedServer.synthetic(0, 1);
        TestApplication application = TestApplication.start(cloud, feeds, "site.publish", "true")) {
      application.run();
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
  URI figures(String name) {
    return site.uri().resolve(name + ".json");
  }

  @Test
  void listsTheRunThatPublishedItWithoutALinkThatNobodyWouldAnswer() throws IOException {
    String id = read("runs").get("runs").get(0).get("id").asText();

    assertThat(browser.text("[data-run='" + id + "']")).contains("Succeeded").contains("816");
    assertThat(browser.elements("[data-run] a")).isEmpty();
    assertThat(browser.elements("#api-link")).isEmpty();
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
}
