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
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
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

  @Test
  void aRevisionLeadsToTheHistoryOfItsDay() {
    browser.click("#revisions-toggle");
    browser.click("#revisions-table [data-day='2020-09-20'] a");

    assertThat(browser.text("#history-title")).isEqualTo("History of 20 September 2020");
    browser.element("#history-table");
    assertThat(history())
        .containsExactly(
            "5 Oct 2020, 21:00 UTC|15|Revised|2,600|58|1,450",
            "3 Oct 2020, 21:00 UTC|13|First figures|2,900|29|1,450");
    assertThat(url()).contains("day=2020-09-20");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("history"));

    browser.driver().navigate().refresh();
    browser.element("#history-table");
    browser.driver().navigate().back();
    browser.await(driver -> browser.elements("#history").isEmpty());
    browser.element("#revisions-table");
    browser.driver().navigate().forward();
    browser.element("#history-table");
    browser.click("#close-history");
    browser.await(driver -> browser.elements("#history").isEmpty());
  }

  private static List<String> history() {
    return browser.elements("#history-table tbody tr").stream()
        .map(row -> row.findElements(By.cssSelector("th, td")))
        .map(cells -> String.join("|", cells.stream().map(WebElement::getText).toList()))
        .toList();
  }
}
