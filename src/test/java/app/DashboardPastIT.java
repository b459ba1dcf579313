package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The past on the dashboard of a server. */
@Tag("slow")
class DashboardPastIT extends DashboardPastChecks {
  @BeforeAll
  static void serveFour() throws Exception {
    serve(Optional.empty(), "http.refresh", "1ms");
    publishFour();
  }

  @Test
  void linksLeadToFilesOfTheVersionThatIsShown() {
    open("?asOf=2020-10-05");
    browser.element("#chart");

    assertThat(links("#over-time"))
        .startsWith(
            page.resolve("CovidData.csv?asOf=2020-10-05"),
            page.resolve("chart.png?asOf=2020-10-05"),
            page.resolve("chart.svg?asOf=2020-10-05"))
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
  }

  @Test
  void nothingMovesWhenTheReaderStepsThroughTheVersions() {
    open("?measure=total");
    browser.click("#earlier-version");
    awaitText("#which-version", "Version 3 of 4");
    awaitRevised("2020-09-20");
    Object places = places();

    browser.click("#earlier-version");
    awaitText("#which-version", "Version 2 of 4");
    awaitRevised("2020-09-10");

    assertThat(places()).isEqualTo(places);
  }

  @Test
  void aPhoneNeedsNoSidewaysScrolling() {
    browser.onPhone(360);
    open("?measure=total&asOf=2020-10-05&against=" + ids().get(3));
    awaitRevised("2020-09-10 2020-09-20");
    browser.click("#revisions-toggle");
    browser.element("#revisions-table");
    browser.click("#table-toggle");

    assertFits(360);
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("phone"));
  }

  @Test
  void darkColoursAreReadableToo() {
    browser.colourScheme("dark");
    open("?measure=total&asOf=2020-10-05");
    awaitRevised("2020-09-20");
    browser.click("#revisions-toggle");
    browser.element("#revisions-table");
    browser.click("#table-toggle");

    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("dark"));
  }

  @Test
  void changesByDayAreMarkedAsTheyAreShown() {
    open("");

    // Each revised total is part of two changes.
    awaitRevised("2020-10-01 2020-10-02");
  }

  @Test
  void saysThatTheVersionOfADayIsStillTheCurrentOne() {
    open("?asOf=2020-10-08");

    assertThat(browser.text("#as-it-was"))
        .isEqualTo(
            "As it was on 8 October 2020 (version of 7 October 2020, 09:30 UTC),"
                + " which is still the current one. Back to now");
  }

  private static Object places() {
    return browser.script(
        "return [...document.querySelectorAll('main > section')].map((e) => {"
            + "  const { left, top, width, height } = e.getBoundingClientRect();"
            + "  return [e.id, left, top + scrollY, width, height].join(' ') })");
  }
}
