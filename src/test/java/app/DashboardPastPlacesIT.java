package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import local.FeedServer;
import local.LocalCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.VersionPublisher;

/** The past on the dashboard of a server whose set has many places. */
@Tag("slow")
class DashboardPastPlacesIT extends DashboardPastPlacesChecks {
  private static LocalCloud cloud;
  private static FeedServer feeds;
  private static TestApplication application;
  private static VersionPublisher versions;
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
            "http.refresh",
            "1ms",
            "management.port",
            TestApplication.freePort());
    versions = publish(cloud, application);
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

  @Override
  List<String> ids() {
    return versions.ids();
  }

  @Test
  void linksLeadToFilesOfTheVersionThatIsShown() {
    open("?place=France&asOf=" + ids().get(1));
    browser.element("#chart");

    assertThat(browser.element("#csv-link").getDomProperty("href"))
        .isEqualTo(server.resolve("CovidData.csv?asOf=" + ids().get(1)).toString());
    assertThat(browser.element("#png-link").getDomProperty("href"))
        .contains("asOf=" + ids().get(1), "place=France");
  }
}
