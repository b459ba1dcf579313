package app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Faults.always;
import static local.Faults.to;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import local.Browser;
import local.Fault;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Service;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.WebElement;
import routes.VersionPublisher;

/** The dashboard before there are figures, and while something is away. */
@ExtendWith({Browser.Needed.class, LocalCloudExtension.class})
@Tag("slow")
class DashboardStatesIT {
  private static Browser browser;

  private final LocalCloud cloud;
  private final String port = TestApplication.freePort();
  private final URI page = URI.create("http://127.0.0.1:" + port + "/");
  private FeedServer feeds;
  private TestApplication application;

  DashboardStatesIT(LocalCloud cloud) throws Exception {
    this.cloud = cloud;
  }

  @BeforeAll
  static void startBrowser() {
    browser = Browser.start();
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void serve() throws Exception {
    feeds = TestApplication.feeds();
    browser.onDesk();
    startApplication();
  }

  @AfterEach
  void stop() {
    application.close();
    feeds.close();
  }

  private void startApplication() throws Exception {
    startApplication("false");
  }

  private void startApplication(String synthetic) throws Exception {
    application =
        TestApplication.serve(
            cloud,
            feeds,
            "feed.synthetic",
            synthetic,
            "http.port",
            port,
            "http.refresh",
            "1ms",
            "management.port",
            TestApplication.freePort());
  }

  @Test
  void saysThatThereAreNoFiguresYetAndLooksAgainByItself() throws Exception {
    browser.open(page);
    assertThat(browser.text("#no-set-yet")).contains("No data has been archived so far.");
    assertThat(browser.text("#runs")).contains("There has been no run yet.");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot("DashboardStatesIT-empty");

    hurryTimers();
    browser.click("#look-again");
    application.run();

    assertThat(browser.text("#total-cases")).isEqualTo("5");
  }

  /** A minute of the page's goes by in a twentieth of a second. */
  private static void hurryTimers() {
    browser.script(
        "const late = setTimeout; setTimeout = (work, delay) => late(work, delay / 1000)");
  }

  @Test
  void showsThreeDaysToo() throws Exception {
    application.run();
    browser.open(page);

    assertThat(browser.text("#total-deaths")).isEqualTo("1");
    assertThat(browser.text("#as-of-cases")).isEqualTo("in total on 24 Jan 2020");
    assertThat(browser.text("#runs-table thead")).doesNotContain("Reason");
    browser.click("#table-toggle");
    assertThat(browser.text("#days-table")).contains("22 Jan 2020");
    assertThat(browser.errors()).isEmpty();
    browser.screenshot("DashboardStatesIT-three-days");
  }

  @Test
  void saysThatInventedFiguresAreSyntheticAndCreditsNoSource() throws Exception {
    application.close();
    startApplication("true");
    application.run();
    browser.open(page);

    assertThat(browser.text("#synthetic")).isEqualTo("Synthetic: these figures are invented.");
    assertThat(browser.driver().getTitle()).isEqualTo("Synthetic · COVID-19 · US");
    assertThat(browser.text("#sources"))
        .contains("Synthetic feed nyt has figures up to 24 January 2020");
    assertThat(browser.text("footer p"))
        .isEqualTo("The figures on this page are synthetic: they are invented and have no source.");
    assertThat(browser.text("body")).doesNotContain("Times", "Hopkins");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot("DashboardStatesIT-synthetic");
    browser.click("#about-link");
    assertThat(browser.text("#about"))
        .contains("they have no source")
        .doesNotContain("licences", "Times", "Hopkins");
    assertThat(browser.driver().getTitle()).isEqualTo("Synthetic · COVID-19 · US · About the data");
  }

  @Test
  void saysThatTheBucketIsAwayAndShowsTheFiguresOnTryAgain() throws Exception {
    application.run();
    application.close();
    cloud.intercept(always(to(Service.S3), Fault.dropBefore()));
    startApplication();

    browser.open(page);
    assertThat(browser.text("#trouble"))
        .contains("The figures cannot be shown")
        .contains("The server cannot read the archive at the moment.")
        .contains("The archive does not answer; try again in a little while.");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot("DashboardStatesIT-bucket-away");
    cloud.intercept(call -> Fault.none());
    browser.click("#try-again");

    assertThat(browser.text("#total-cases")).isEqualTo("5");
    assertThat(browser.elements("#trouble")).isEmpty();
    assertThat(browser.script("return document.activeElement.tagName")).isEqualTo("H1");
  }

  @Test
  void saysThatFiguresMayBeOutOfDateWhileTheBucketIsAway() throws Exception {
    application.run();
    browser.open(page);
    browser.text("#total-cases");
    cloud.intercept(always(to(Service.S3), Fault.dropBefore()));

    browser.click("#refresh");
    assertThat(browser.text("#out-of-date")).startsWith("These figures may be out of date");
    assertThat(browser.text("#total-cases")).isEqualTo("5");
    cloud.intercept(call -> Fault.none());

    browser.await(
        driver -> {
          browser.click("#refresh");
          return browser.elements("#out-of-date").isEmpty();
        });
  }

  @Test
  void saysOnlyThatTheServerIsAwayWhereTheBucketWasAwayBefore() throws Exception {
    application.run();
    browser.open(page);
    browser.text("#total-cases");
    cloud.intercept(always(to(Service.S3), Fault.dropBefore()));
    browser.click("#refresh");
    browser.text("#out-of-date");
    application.close();

    browser.click("#refresh");

    assertThat(browser.text("#trouble")).startsWith("The server does not answer.");
    assertThat(browser.elements("#notes p")).hasSize(1);
  }

  @Test
  void keepsTheFiguresWhileTheServerIsAway() throws Exception {
    application.run();
    browser.open(page);
    browser.text("#total-cases");
    application.close();

    browser.click("#refresh");
    assertThat(browser.text("#trouble")).startsWith("The server does not answer.");
    assertThat(browser.text("#total-cases")).isEqualTo("5");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot("DashboardStatesIT-server-away");
    startApplication();
    browser.click("#try-again");

    browser.await(driver -> browser.elements("#trouble").isEmpty());
    assertThat(browser.text("#total-cases")).isEqualTo("5");
  }

  @Test
  void showsMarkupInAReasonAsText() throws Exception {
    String markup = "<img src=x onerror=document.title=1>";
    TestApplication.nyt(feeds, TestApplication.NYT.replace("23,2,", "23," + markup + ","));
    application.run();

    browser.open(page);

    assertThat(browser.text("#runs-table thead")).contains("Reason");
    assertThat(browser.text("#runs-table .reason")).contains(markup);
    assertThat(browser.text("[data-status=refused] .status")).isEqualTo("⊘Refused");
    browser.click("[data-status=refused] th a");
    assertThat(browser.text("#run-reason")).contains(markup);
    assertThat(browser.text("#quarantine caption"))
        .isEqualTo("1 quarantined row: nothing of them is published");
    assertThat(browser.text("#quarantine tbody")).startsWith("New York Times 4 ").contains(markup);
    assertThat(browser.elements("img")).isEmpty();
    assertThat(browser.driver().getTitle()).startsWith("COVID-19 · Run ");
    browser.screenshot("DashboardStatesIT-run");
  }

  @Test
  void aReasonFitsOnAPhone() throws Exception {
    application.run();
    TestApplication.nyt(feeds, "nonsense");
    application.run();
    browser.onPhone(360);

    browser.open(page);

    assertThat(browser.text("#runs-table .reason")).contains("Feed nyt has no column");
    assertThat(browser.text("[data-status=succeeded]")).doesNotContain("–");
    assertThat(
            browser.script(
                "const region = document.getElementById('runs-region');"
                    + "return region.scrollWidth <= region.clientWidth"))
        .isEqualTo(true);
    assertThat(browser.findings()).isEmpty();
    browser.screenshot("DashboardStatesIT-reason-on-phone");
  }

  // --- Versions

  private void publishThree() throws Exception {
    VersionPublisher versions = new VersionPublisher(cloud, "", 2);
    String set = "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,0,US,0\n2020-01-23,%d,1,US,1\n";
    for (int i = 0; i < 3; i++) {
      versions.publish("2020-01-2%dT21:00:00Z".formatted(4 + i), set.formatted(10 + i));
    }
  }

  @Test
  void withoutVersionsNothingOfThePastIsShown() {
    new VersionPublisher(cloud, "", 2)
        .put(
            "CovidData.csv",
            "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,0,US,0\n".getBytes(UTF_8),
            Map.of());

    browser.open(page);

    assertThat(browser.text("#total-cases")).isEqualTo("1");
    assertThat(browser.elements("#past, #against, #revisions")).isEmpty();
    assertThat(browser.errors()).isEmpty();

    browser.open(page.resolve("?asOf=2020-01-22"));
    assertThat(browser.text("#no-version"))
        .contains("No figures as they were on 22 January 2020", "There are no versions yet");
    browser.click("#back-to-now");
    assertThat(browser.text("#total-cases")).isEqualTo("1");
  }

  @Test
  void theOnlyVersionHasNothingToBeComparedWith() throws Exception {
    application.run();
    browser.open(page);

    assertThat(browser.text("#which-version")).isEqualTo("Version 1 of 1");
    assertThat(browser.elements("#against, #revisions")).isEmpty();
  }

  @Test
  void saysThatTheVersionsCannotBeListed() throws Exception {
    publishThree();
    cloud.intercept(always(toS3("GET", "versions/index.json"), Fault.answer(500, Map.of(), "")));

    browser.open(page);

    assertThat(browser.text("#trouble-with-versions"))
        .startsWith("The versions of the figures cannot be listed. The server cannot read");
    assertThat(browser.text("#total-cases")).isEqualTo("12");
    assertThat(browser.findings()).isEmpty();
    cloud.intercept(call -> Fault.none());
    browser.await(
        driver -> {
          browser.click("#refresh");
          return !browser.elements("#past").isEmpty();
        });
    assertThat(browser.elements("#trouble-with-versions")).isEmpty();
  }

  @Test
  void keepsTheFiguresWhileAnotherVersionCannotBeRead() throws Exception {
    publishThree();
    browser.open(page.resolve("?measure=total"));
    browser.await(
        driver -> browser.text("#revised-days").startsWith("▼ 1 of these days was revised"));
    cloud.intercept(always(to(Service.S3), Fault.dropBefore()));

    browser.open(page.resolve("?asOf=2020-01-24"));
    assertThat(browser.text("#trouble")).startsWith("The figures cannot be shown");
    browser.open(page);
    browser.element("#as-of");
    browser.script(
        "const field = document.getElementById('as-of'); field.value = '2020-01-24';"
            + "field.dispatchEvent(new Event('change'))");

    assertThat(browser.text("#trouble")).startsWith("The server cannot read the archive");
    assertThat(browser.text("#total-cases")).isEqualTo("12");
    assertThat(browser.text("#as-it-was")).startsWith("These are the current figures");
    cloud.intercept(call -> Fault.none());
    browser.await(
        driver -> {
          browser.elements("#try-again").forEach(WebElement::click);
          return browser.text("#total-cases").equals("10");
        });
    assertThat(browser.text("#as-it-was")).startsWith("As it was on 24 January 2020");
  }

  @Test
  void saysThatTheVersionToCompareWithCannotBeRead() throws Exception {
    publishThree();
    cloud.intercept(always(toS3("GET", "series/"), Fault.answer(500, Map.of(), "")));

    browser.open(page);

    browser.await(
        driver -> browser.text("#revised-days").startsWith("That version cannot be read."));
    assertThat(browser.text("#total-cases")).isEqualTo("12");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot("DashboardStatesIT-no-earlier-version");
    cloud.intercept(call -> Fault.none());
    browser.await(
        driver -> {
          browser.elements("#read-earlier-again").forEach(WebElement::click);
          return browser.text("#revised-days").startsWith("▼ 1 of these days was revised");
        });
  }

  @Test
  void saysThatRevisionsAndHistoryCannotBeRead() throws Exception {
    publishThree();
    browser.open(page);
    browser.await(driver -> browser.text("#revised-days").startsWith("▼ 1"));
    cloud.intercept(always(to(Service.S3), Fault.dropBefore()));

    browser.click("#revisions-toggle");
    assertThat(browser.text("#revisions-place .note"))
        .startsWith("The server cannot read the archive at the moment.");
    cloud.intercept(call -> Fault.none());
    browser.await(
        driver -> {
          browser.elements("#revisions-place .note button").forEach(WebElement::click);
          return !browser.elements("#revisions-table").isEmpty();
        });

    application.close();
    browser.click("#revisions-table a");
    assertThat(browser.text("#history .note")).startsWith("The server does not answer.");
    startApplication();
    browser.click("#history .note button");
    assertThat(browser.text("#history-table")).contains("First figures");
  }
}
