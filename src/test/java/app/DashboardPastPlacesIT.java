package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import local.Browser;
import local.FeedServer;
import local.LocalCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import routes.VersionPublisher;

/** The past on the dashboard of a server whose set has many places. */
@ExtendWith(Browser.Needed.class)
@Tag("slow")
class DashboardPastPlacesIT {
  private static final LocalDate FIRST = LocalDate.of(2020, 9, 1);

  private static Browser browser;
  private static LocalCloud cloud;
  private static FeedServer feeds;
  private static TestApplication application;
  private static VersionPublisher versions;
  private static URI server;

  /** Two versions: the later one has Norway too, and has revised a day of France. */
  @BeforeAll
  static void serve() throws Exception {
    browser = Browser.start();
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
    versions =
        new VersionPublisher(
            cloud, application.context().resolvePropertyPlaceholders("{{archive.prefix}}"), 2);
    String head = "Place,Date,Cases,Deaths,Recovered\n";
    versions.publish(
        "2020-10-04T21:00:00Z", head + days("France", 0) + days("\"Korea, South\"", 0));
    versions.publish(
        "2020-10-05T21:00:00Z",
        head + days("France", 67) + days("\"Korea, South\"", 0) + days("Norway", 0));
  }

  private static String days(String place, int more) {
    StringBuilder days = new StringBuilder();
    for (int day = 0; day < 30; day++) {
      int cases = 6739 * (day + 1) + (day == 20 ? more : 0);
      days.append("%s,%s,%d,%d,\n".formatted(place, FIRST.plusDays(day), cases, day + 1));
    }
    return days.toString();
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
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

  @BeforeEach
  void onDesk() {
    browser.onDesk();
  }

  private static void open(String query) {
    browser.open(server.resolve(query));
    browser.element("#past");
  }

  private static void awaitRevised(String days) {
    browser.await(
        driver -> {
          List<WebElement> chart = driver.findElements(By.id("chart"));
          return !chart.isEmpty() && days.equals(chart.get(0).getAttribute("data-revised"));
        });
  }

  @Test
  void comparedPlacesAreMarkedWhereOneOfThemWasRevised() {
    open("?place=France&place=Norway");
    awaitRevised("2020-09-21");
    browser.click("#table-toggle");

    assertThat(browser.text("tr[data-revised]").replace("\n", " "))
        .isEqualTo("21 Sept 2020 141,586 ▼ revised, was 141,519 141,519");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot("DashboardPastPlacesIT-compared");
  }

  @Test
  void figuresPer100000AreComparedAsTheyAreShown() {
    open("?place=France&per=100k");
    awaitRevised("2020-09-21");
    browser.click("#table-toggle");

    assertThat(browser.text("tr[data-revised]").replace("\n", " "))
        .matches("21 Sept 2020 2\\d\\d\\.\\d+ ▼ revised, was 2\\d\\d\\.\\d+ .*");
  }

  @Test
  void theChoiceOfPlacesAndTheVersionAreInTheAddressTogether() {
    open("?place=France&place=Korea,+South");
    browser.await(driver -> browser.text("#which-version").equals("Version 2 of 2"));
    browser.click("#earlier-version");
    browser.await(driver -> browser.text("#which-version").equals("Version 1 of 2"));

    assertThat(browser.driver().getCurrentUrl())
        .contains("place=France", "place=Korea", "asOf=" + versions.ids().get(1));
    assertThat(browser.text("#place-hint")).isEqualTo("2 places to choose from.");
    assertThat(browser.element("#csv-link").getDomProperty("href"))
        .isEqualTo(server.resolve("CovidData.csv?asOf=" + versions.ids().get(1)).toString());
    assertThat(browser.element("#png-link").getDomProperty("href"))
        .contains("asOf=" + versions.ids().get(1), "place=France");
    browser.click("[aria-label='Remove South Korea']");
    browser.await(driver -> browser.text("h1").equals("COVID-19 · France"));
    browser.driver().navigate().refresh();
    browser.await(driver -> browser.text("#which-version").equals("Version 1 of 2"));
    assertThat(browser.text("h1")).isEqualTo("COVID-19 · France");
    browser.screenshot("DashboardPastPlacesIT-as-of");
  }

  @Test
  void saysThatAnEarlierVersionHasNoFiguresOfThePlace() {
    open("?place=Norway");
    browser.click("#earlier-version");

    assertThat(browser.text("#no-version"))
        .startsWith("No figures of this choice")
        .contains("That version has no figures of Norway.");
    browser.click("#back-to-now");
    browser.await(driver -> browser.text("h1").equals("COVID-19 · Norway"));
  }

  @Test
  void theLargestRevisionsAreOfAllPlacesAndLeadToTheHistoryOfADayThere() {
    open("?place=Korea,+South");
    browser.click("#revisions-toggle");

    assertThat(browser.text("#revisions-table tbody").replaceAll("\\s+", " "))
        .isEqualTo("History of 21 Sept 2020 France Cases 141,519 141,586 +67+0.0473%");
    browser.click("#revisions-table a");
    assertThat(browser.text("#history-title")).isEqualTo("History of 21 September 2020 · France");
    assertThat(browser.text("#history-table tbody").replaceAll("\\s+", " "))
        .startsWith("5 Oct 2020, 21:00 UTC 14 Revised 141,586 21");
    assertThat(browser.driver().getCurrentUrl()).contains("day=2020-09-21", "dayOf=France");
    assertThat(browser.errors()).isEmpty();
    browser.screenshot("DashboardPastPlacesIT-history");
  }

  @Test
  void aPhoneNeedsNoSidewaysScrolling() {
    browser.onPhone(390);
    open("?place=France&place=Norway");
    awaitRevised("2020-09-21");
    browser.click("#revisions-toggle");
    browser.click("#revisions-table a");
    browser.element("#history-table");

    assertThat(browser.script("return document.documentElement.scrollWidth")).isEqualTo(390L);
    assertThat(browser.findings()).isEmpty();
    browser.screenshot("DashboardPastPlacesIT-phone");
  }
}
