package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;
import local.FeedServer;
import local.LocalCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The dashboard of a server whose set has many places. */
@Tag("slow")
class DashboardPlacesIT extends DashboardPlacesChecks {
  private static LocalCloud cloud;
  private static FeedServer feeds;
  private static TestApplication application;
  private static URI server;

  @BeforeAll
  static void serve() throws Exception {
    cloud = LocalCloud.inMemory();
    cloud.systemProperties().forEach(System::setProperty);
    feeds = FeedServer.synthetic(0, 1);
    String port = TestApplication.freePort();
    server = URI.create("http://127.0.0.1:" + port + "/");
    application =
        TestApplication.serve(
            Optional.of("world"),
            cloud,
            feeds,
            "feed.synthetic",
            "false",
            "http.port",
            port,
            "management.port",
            TestApplication.freePort());
    publish(cloud, application);
  }

  @AfterAll
  static void stop() {
    if (application != null) {
      application.close();
    }
    if (feeds != null) {
      feeds.close();
    }
    if (cloud != null) {
      cloud.systemProperties().keySet().forEach(System::clearProperty);
      cloud.close();
    }
  }

  @Override
  URI page() {
    return server;
  }

  @Test
  void everyLinkLeadsToWhatIsShown() {
    browser.open(
        server.resolve("?place=Atlantis&place=France&place=Korea,+South&per=100k&measure=change"));
    browser.element("#chart");

    assertThat(browser.elements("main a"))
        .extracting(link -> URI.create(link.getDomProperty("href")))
        .contains(
            server.resolve("chart.svg?place=France&place=Korea%2C+South&per=100k&measure=change"))
        .hasSize(5)
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
  }

  private static int status(URI link) throws IOException {
    return ((HttpURLConnection) link.toURL().openConnection()).getResponseCode();
  }
}
