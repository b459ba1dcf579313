package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import routes.VersionPublisher;

/** What the dashboard must do with versions of a set, wherever it is served from. */
abstract class DashboardPastChecks extends DashboardTestBase {
  private static final LocalDate FIRST = LocalDate.of(2020, 9, 1);

  static VersionPublisher versions;

  /** The ids of the versions, newest first. */
  static List<String> ids() {
    return versions.ids();
  }

  /** Publishes four versions: each has more days, and all but the first have revised one. */
  static void publishFour() throws Exception {
    versions = new VersionPublisher(cloud, "", 2);
    versions.publish("2020-10-03T21:00:00Z", set(1));
    versions.publish("2020-10-04T21:00:00Z", set(2));
    versions.publish("2020-10-05T21:00:00Z", set(3));
    versions.publish("2020-10-07T09:30:00Z", set(4));
  }

  private static String set(int version) {
    StringBuilder set = new StringBuilder("Date,Cases,Deaths,Country,Recovered\n");
    for (int day = 0; day < 31 + version; day++) {
      LocalDate date = FIRST.plusDays(day);
      int cases = 1000 + 100 * day;
      int deaths = 10 + day;
      if (version > 1 && day == 9) {
        cases += 50;
      }
      if (version > 2 && day == 19) {
        cases -= 300;
        deaths *= 2;
      }
      if (version > 3 && day == 30) {
        cases += 7;
      }
      set.append("%s,%d,%d,US,%d\n".formatted(date, cases, deaths, 500 + 50 * day));
    }
    return set.toString();
  }

  static void choose(String select, String version) {
    browser.script(
        "const field = document.getElementById(arguments[0]); field.value = arguments[1];"
            + "field.dispatchEvent(new Event('change'))",
        select,
        version);
  }

  static void awaitRevised(String days) {
    awaitChart("revised", days);
  }

  @Test
  void beginsWithTheCurrentFigures() {
    open("");
    awaitText("#total-cases", "4,400");
    assertThat(browser.text("#as-it-was"))
        .isEqualTo("These are the current figures: the version of 7 October 2020, 09:30 UTC.");
    assertThat(browser.text("#which-version")).isEqualTo("Version 4 of 4");
    assertThat(browser.element("#later-version").isEnabled()).isFalse();
    assertThat(url()).doesNotContain("asOf");
    assertThat(browser.errors()).isEmpty();
    browser.screenshot(name("now"));
  }

  @Test
  void showsTheFiguresAsTheyWereOnADay() {
    open("");
    setDate("as-of", "2020-10-05", "change");

    awaitText("#total-cases", "4,300");
    assertThat(browser.text("#as-it-was"))
        .isEqualTo(
            "As it was on 5 October 2020 (version of 21:00 UTC), not the current figures."
                + " Back to now");
    assertThat(browser.text("#new-cases")).isEqualTo("100");
    assertThat(browser.text("#data-up-to")).isEqualTo("Data up to 4 October 2020");
    assertThat(browser.element("#chart").getAttribute("data-to")).isEqualTo("2020-10-04");
    assertThat(browser.text("#which-version")).isEqualTo("Version 3 of 4");
    assertThat(url()).endsWith("?asOf=2020-10-05");
    browser.click("label:has(#measure-total)");
    browser.click("#table-toggle");
    browser.element("#days-table");
    assertThat(rows("#days-table").get(0)).isEqualTo("4 Oct 2020|4,300|43|2,150");
    assertThat(browser.errors()).isEmpty();
    browser.screenshot(name("as-of"));

    browser.click("#back-to-now");
    awaitText("#total-cases", "4,400");
    assertThat(url()).doesNotContain("asOf");
    assertThat(browser.elements("#back-to-now")).isEmpty();
  }

  @Test
  void saysOfWhichDayTheVersionIsWhereThatIsAnother() {
    open("?asOf=2020-10-06");

    assertThat(browser.text("#as-it-was"))
        .startsWith("As it was on 6 October 2020 (version of 5 October 2020, 21:00 UTC), not the");
    assertThat(browser.element("#as-of").getAttribute("value")).isEqualTo("2020-10-06");
  }

  @Test
  void stepsThroughTheVersionsAndBackAndKeepsThemOnReload() {
    open("");
    browser.click("#earlier-version");
    awaitText("#which-version", "Version 3 of 4");
    browser.click("#earlier-version");
    awaitText("#which-version", "Version 2 of 4");
    awaitText("#total-cases", "4,200");
    assertThat(url()).endsWith("?asOf=" + ids().get(2));

    browser.driver().navigate().refresh();
    awaitText("#total-cases", "4,200");
    browser.driver().navigate().back();
    awaitText("#total-cases", "4,300");
    awaitText("#which-version", "Version 3 of 4");
    browser.driver().navigate().forward();
    awaitText("#total-cases", "4,200");

    browser.click("#earlier-version");
    awaitText("#which-version", "Version 1 of 4");
    assertThat(browser.element("#earlier-version").isEnabled()).isFalse();
    assertThat(browser.elements("#against")).isEmpty();
    for (int version = 2; version <= 4; version++) {
      browser.click("#later-version");
      awaitText("#which-version", "Version " + version + " of 4");
    }
    assertThat(url()).doesNotContain("asOf");
  }

  @Test
  void saysInWordsThatADayIsBeforeTheFirstVersion() {
    open("");
    setDate("as-of", "2020-01-01", "change");

    assertThat(browser.text("#no-version"))
        .startsWith("No figures as they were on 1 January 2020")
        .contains(
            "The first version is of 3 October 2020, 21:00 UTC: what the figures were before is"
                + " not known.");
    assertThat(browser.elements("#total-cases, #chart")).isEmpty();
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("before-the-first"));
    browser.click("#to-first");
    awaitText("#total-cases", "4,100");
    awaitText("#which-version", "Version 1 of 4");
  }

  @Test
  void saysThatThereIsNoSuchVersion() {
    open("?asOf=2020-10-04T21-00-00Z-00000000");

    assertThat(browser.text("#no-version")).startsWith("There is no such version");
    browser.click("#back-to-now");
    awaitText("#total-cases", "4,400");
  }

  @Test
  void aDayThatIsInNoCalendarIsNoChoice() {
    open("?asOf=2020-13-45");
    assertThat(browser.text("#no-version")).startsWith("There is no such version");

    open("?day=x&from=2020-99-99&to=2020-02-30");
    awaitText("#total-cases", "4,400");
    awaitChart("from", "2020-09-01");
    awaitChart("to", "2020-10-05");
    assertThat(browser.elements("#history")).isEmpty();
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void marksTheDaysThatWereRevisedSinceTheVersionBefore() {
    open("?measure=total");
    awaitRevised("2020-10-01");
    awaitText("#revised-days", "▼ 1 of these days was revised; the table has the figures before.");

    browser.click("#earlier-version");
    awaitRevised("2020-09-20");
    browser.screenshot(name("marks"));
    choose("against", ids().get(3));
    awaitRevised("2020-09-10 2020-09-20");
    assertThat(url()).contains("against=" + ids().get(3));
    browser.click("#metric-cases");
    awaitChart("metrics", "deaths recovered");
    awaitRevised("2020-09-20");
  }

  @Test
  void tellsTheFiguresBeforeOfARevisedDay() {
    open("?measure=total&against=" + ids().get(3));
    awaitRevised("2020-09-10 2020-09-20 2020-10-01");
    browser.script("document.getElementById('chart').focus()");
    browser.press(Keys.HOME);
    for (int day = 0; day < 19; day++) {
      browser.press(Keys.ARROW_RIGHT);
    }
    awaitText(
        "#chart-reading",
        "20 September 2020: 2,600 cases (was 2,900), 58 deaths (was 29), 1,450 recovered");
    assertThat(chart("deaths", "chart.tooltip.body[0].lines[0]")).isEqualTo("Deaths: 58 (was 29)");
    browser.click("#table-toggle");
    assertThat(browser.text("tr[data-revised]:has([datetime='2020-09-20'])").replace("\n", " "))
        .isEqualTo("20 Sept 2020 2,600 ▼ revised, was 2,900 58 ▼ revised, was 29 1,450");
    assertThat(browser.elements("#days-table tr[data-revised]")).hasSize(3);
    browser.screenshot(name("table"));
  }

  @Test
  void listsTheLargestRevisions() {
    open("");
    assertThat(browser.elements("#revisions-table")).isEmpty();
    browser.click("#revisions-toggle");
    browser.element("#revisions-table");

    assertThat(rows("#revisions-table"))
        .containsExactly(
            "20 Sept 2020|Cases|2,900|2,600|−300−10.3%",
            "10 Sept 2020|Cases|1,900|1,950|+50+2.63%",
            "20 Sept 2020|Deaths|29|58|+29+100%",
            "1 Oct 2020|Cases|4,000|4,007|+7+0.175%");
    browser.click("#order-share");
    browser.await(driver -> rows("#revisions-table").get(0).contains("+100%"));
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("revisions"));

    choose("revised-from", ids().get(1));
    browser.await(driver -> rows("#revisions-table").size() == 1);
    browser.driver().navigate().refresh();
    browser.element("#revisions-table");
    assertThat(rows("#revisions-table")).containsExactly("1 Oct 2020|Cases|4,000|4,007|+7+0.175%");
    choose("revised-from", ids().get(0));
    awaitText("#no-revisions", "No figure of a day differs between these versions.");
    browser.click("#revisions-toggle");
    browser.await(driver -> browser.elements("#revised-from").isEmpty());
  }

  @Test
  void aRevisionLeadsToTheHistoryOfItsDay() {
    open("");
    browser.click("#revisions-toggle");
    browser.click("#revisions-table [data-day='2020-09-20'] a");

    assertThat(browser.text("#history-title")).isEqualTo("History of 20 September 2020");
    browser.element("#history-table");
    assertThat(rows("#history-table"))
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
}
