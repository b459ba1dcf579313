package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import routes.VersionPublisher;

/** What the dashboard of many places must do with versions, wherever it is served from. */
abstract class DashboardPastPlacesChecks extends DashboardTestBase {
  private static final LocalDate FIRST = LocalDate.of(2020, 9, 1);

  private static VersionPublisher versions;

  /** The ids of the versions, newest first. */
  static List<String> ids() {
    return versions.ids();
  }

  /** Publishes two versions: the later one has Norway too, and has revised a day of France. */
  static void publishTwo() throws Exception {
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

  @Test
  void comparedPlacesAreMarkedWhereOneOfThemWasRevised() {
    open("?place=France&place=Norway&measure=total&metric=cases");
    awaitChart("revised", "2020-09-21");
    browser.click("#table-toggle");

    assertThat(browser.text("tr[data-revised]").replace("\n", " "))
        .isEqualTo("21 Sept 2020 141,586 ▼ revised, was 141,519 141,519");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("compared"));
  }

  @Test
  void figuresPer100000AreComparedAsTheyAreShown() {
    open("?place=France&per=100k&measure=total");
    awaitChart("revised", "2020-09-21");
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
        .contains("place=France", "place=Korea", "asOf=" + ids().get(1));
    assertThat(browser.text("#place-hint")).isEqualTo("2 places to choose from.");
    browser.click("[aria-label='Remove South Korea']");
    browser.await(driver -> browser.text("h1").equals("COVID-19 · France"));
    browser.driver().navigate().refresh();
    browser.await(driver -> browser.text("#which-version").equals("Version 1 of 2"));
    assertThat(browser.text("h1")).isEqualTo("COVID-19 · France");
    browser.screenshot(name("as-of"));
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
    browser.screenshot(name("history"));
  }
}
