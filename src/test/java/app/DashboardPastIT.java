package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import local.Fault;
import local.FeedServer;
import local.LocalCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import routes.VersionPublisher;

/** The past on the dashboard of a server. */
@Tag("slow")
class DashboardPastIT extends DashboardPastChecks {
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
    versions = publish(cloud);
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

  @AfterEach
  void repair() {
    cloud.intercept(call -> Fault.none());
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
    open("?asOf=2020-10-05");
    browser.element("#chart");

    List<URI> links =
        browser.elements("#over-time a").stream()
            .map(link -> URI.create(link.getDomProperty("href")))
            .toList();
    assertThat(links)
        .startsWith(
            server.resolve("CovidData.csv?asOf=2020-10-05"),
            server.resolve("chart.png?asOf=2020-10-05"),
            server.resolve("chart.svg?asOf=2020-10-05"))
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
  }

  private static int status(URI link) throws IOException {
    return ((HttpURLConnection) link.toURL().openConnection()).getResponseCode();
  }
}
