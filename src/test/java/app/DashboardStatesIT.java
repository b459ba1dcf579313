package app;

import static local.Faults.always;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The dashboard before there are figures, and while something is away. */
@ExtendWith({Browser.Needed.class, LocalCloudExtension.class})
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
    assertThat(browser.text("#as-of-cases")).isEqualTo("24 January 2020, +3 on that day");
    assertThat(browser.text("#runs-table thead")).doesNotContain("Reason");
    browser.click("label:has(#mode-change)");
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
    assertThat(browser.text("footer"))
        .isEqualTo("The figures on this page are synthetic: they are invented and have no source.");
    assertThat(browser.text("body")).doesNotContain("Times", "Hopkins");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot("DashboardStatesIT-synthetic");
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
    assertThat(browser.elements("img")).isEmpty();
    assertThat(browser.driver().getTitle()).isEqualTo("COVID-19");
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
}
