package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The past on the dashboard of a server whose set has many places. */
@Tag("slow")
class DashboardPastPlacesIT extends DashboardPastPlacesChecks {
  @BeforeAll
  static void serveTwo() throws Exception {
    serve(Optional.of("world"), "http.refresh", "1ms");
    publishTwo();
  }

  @Test
  void linksLeadToFilesOfTheVersionThatIsShown() {
    open("?place=France&asOf=" + ids().get(1));
    browser.element("#chart");

    assertThat(browser.element("#csv-link").getDomProperty("href"))
        .isEqualTo(page.resolve("CovidData.csv?asOf=" + ids().get(1)).toString());
    assertThat(browser.element("#png-link").getDomProperty("href"))
        .contains("asOf=" + ids().get(1), "place=France");
  }

  @Test
  void aPhoneNeedsNoSidewaysScrolling() {
    browser.onPhone(390);
    open("?place=France&place=Norway&measure=total");
    awaitChart("revised", "2020-09-21");
    browser.click("#revisions-toggle");
    browser.click("#revisions-table a");
    browser.element("#history-table");

    assertFits(390);
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("phone"));
  }
}
