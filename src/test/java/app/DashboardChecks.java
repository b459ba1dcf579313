package app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import local.Browser;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What the dashboard must do with a long set, wherever it is served from. */
@ExtendWith(Browser.Needed.class)
abstract class DashboardChecks {
  private static final DateTimeFormatter LONG_DAY =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  static Browser browser;

  /** Where the page is. */
  abstract URI page();

  /** Where the page has the figures from. */
  abstract URI figures(String name);

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
  void openPage() {
    browser.onDesk();
    browser.open(page());
    awaitChart("mode", "cumulative");
  }

  @Test
  void loadsWithoutAnErrorAndAsksNobodyButItsServer() {
    assertThat(browser.errors()).isEmpty();
    assertThat(browser.urls())
        .isNotEmpty()
        // The browser has the pictures of its fields with it.
        .allSatisfy(url -> assertThat(url).matches("(http://127\\.0\\.0\\.1:.*|data:.*)"));
  }

  @Test
  void showsTheTotalsOfTheSet() throws IOException {
    JsonNode totals = read("totals");

    assertThat(browser.text("h1")).isEqualTo("COVID-19 · " + totals.get("country").asText());
    assertThat(browser.driver().getTitle()).isEqualTo(browser.text("h1"));
    assertThat(browser.element("#updated").getAttribute("datetime"))
        .isEqualTo(totals.get("updatedAt").asText());
    for (String metric : List.of("cases", "deaths", "recovered")) {
      assertThat(browser.text("#total-" + metric))
          .isEqualTo(number(totals.get(metric).get("value").asLong()));
      assertThat(browser.text("#as-of-" + metric))
          .contains(day(totals.get(metric).get("asOf").asText()));
    }
  }

  @Test
  void saysWhichMetricEndedAndHowFarEachSourceReaches() throws IOException {
    String lastRecovered = day(read("totals").get("recovered").get("asOf").asText());

    assertThat(browser.text("#as-of-recovered"))
        .isEqualTo("Last reported " + lastRecovered + "; the source no longer gives it");
    assertThat(browser.text("#sources"))
        .contains("Recovered ends on " + lastRecovered)
        .contains("New York Times has figures up to 24 January 2023")
        .contains("Johns Hopkins CSSE has figures up to 16 April 2022");
  }

  @Test
  void rangeButtonsNarrowTheChart() {
    Set<Object> pictures = new HashSet<>(Set.of(picture()));
    Map<String, String> firstDays =
        Map.of("1y", "2021-04-17", "6m", "2021-10-17", "3m", "2022-01-17", "1m", "2022-03-17");

    firstDays.forEach(
        (range, from) -> {
          browser.click("[data-range='" + range + "']");
          awaitChart("from", from);
          awaitChart("to", "2022-04-16");
          assertThat(pictures.add(picture())).as(range).isTrue();
          assertThat(browser.element("#from").getAttribute("value")).isEqualTo(from);
          assertThat(browser.elements("[data-range][aria-pressed=true]"))
              .extracting(button -> button.getAttribute("data-range"))
              .containsExactly(range);
        });

    browser.click("[data-range=all]");
    awaitChart("from", "2020-01-22");
  }

  @Test
  void datesNarrowTheChartUnlessTheyAreWrong() {
    setDate("from", "2020-11-01");
    setDate("to", "2020-12-31");
    awaitChart("from", "2020-11-01");
    awaitChart("to", "2020-12-31");
    assertThat(browser.elements("[aria-pressed=true]")).isEmpty();

    setDate("from", "2021-01-01");
    assertThat(browser.text("#wrong-dates")).isEqualTo("The first day is after the last one.");
    awaitChart("from", "2020-11-01");
    setDate("from", "2019-01-01");
    assertThat(browser.text("#wrong-dates"))
        .isEqualTo("There are figures from 22 Jan 2020 to 16 Apr 2022.");

    browser.click("h1");
    browser.await(driver -> browser.element("#from").getAttribute("value").equals("2020-11-01"));
  }

  @Test
  void metricsCanBeTakenOutOfTheChart() {
    Object all = picture();
    awaitChart("metrics", "deaths cases recovered");

    browser.click("#metric-cases");
    awaitChart("metrics", "deaths recovered");
    assertThat(picture()).isNotEqualTo(all);
    browser.click("#metric-recovered");
    browser.click("#metric-deaths");
    awaitChart("metrics", "");
    assertThat(browser.text(".plot-empty")).isEqualTo("No metric is chosen.");
    browser.click("#metric-deaths");
    browser.click("#metric-recovered");
    browser.click("#metric-cases");
    awaitChart("metrics", "deaths cases recovered");
  }

  @Test
  void leavesOutAMetricThatEndedBeforeTheRange() {
    browser.click("[data-range='1y']");
    awaitChart("metrics", "deaths cases");
    assertThat(label())
        .isEqualTo(
            "Chart of Cases and Deaths, stacked, 17 April 2021 to 16 April 2022."
                + " Recovered: not reported for these days.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cumulative", "change"})
  void saysThatThereIsNothingToShowOfAMetricThatEndedBeforeTheRange(String mode) {
    browser.click("label:has(#mode-" + mode + ")");
    browser.click("[data-range='1y']");
    browser.click("#metric-cases");
    browser.click("#metric-deaths");
    awaitChart("metrics", "");

    assertThat(browser.text(".plot-empty")).isEqualTo("Recovered: not reported for these days.");
    assertThat(label()).isEqualTo("Empty chart. Recovered: not reported for these days.");
    assertThat(browser.script("return Chart.getChart('chart').scales.y.width")).isEqualTo(0L);
    browser.screenshot(name("nothing-" + mode));
    browser.click("#metric-recovered");
    browser.await(driver -> browser.text(".plot-empty").equals("No metric is chosen."));
    assertThat(label()).isEqualTo("Empty chart. No metric is chosen.");
    browser.click("[data-range=all]");
    browser.click("#metric-recovered");
    browser.await(driver -> browser.elements(".plot-empty").isEmpty());
  }

  @Test
  void theAxisSaysWhatItCounts() {
    assertThat(axis()).isEqualTo("Persons since the start, stacked");
    browser.click("label:has(#mode-change)");
    awaitChart("mode", "change");
    assertThat(axis()).isEqualTo("Persons, change by day");
  }

  private static Object axis() {
    return browser.script(
        "const { title } = Chart.getChart('chart').scales.y.options;"
            + "return title.display && title.text");
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 390, 1280})
  void aWrongDateMovesNothing(int width) {
    if (width < 1000) {
      browser.onPhone(width);
      browser.open(page());
      awaitChart("mode", "cumulative");
    }
    Object places = places();

    setDate("from", "2019-01-01");
    assertThat(browser.text("#wrong-dates")).startsWith("There are figures from");

    assertThat(places()).isEqualTo(places);
    browser.screenshot(name("wrong-date-" + width));
  }

  /** Where everything of the section is but what is wrong. */
  private static Object places() {
    return browser.script(
        "const section = document.getElementById('over-time').getBoundingClientRect();"
            + "return [...document.querySelectorAll('#over-time :not(#wrong-dates)')]"
            + ".filter((e) => e.getClientRects().length > 0).map((e) => {"
            + "  const { left, top, width, height } = e.getBoundingClientRect();"
            + "  return [e.id, left, top - section.top, width, height].join(' ') })");
  }

  @Test
  void dailyChangeIsAnotherChart() {
    Object total = picture();

    browser.click("label:has(#mode-change)");
    awaitChart("mode", "change");

    assertThat(picture()).isNotEqualTo(total);
    browser.screenshot(name("change"));
  }

  @Test
  void pointerTellsTheFiguresOfTheDay() throws IOException {
    browser.point("#chart", 0.3);
    String title =
        browser.await(driver -> (String) tooltip("opacity === 1 ? tooltip.title[0] : null"));

    JsonNode period = period(title);
    assertThat(tooltip("body.map((item) => item.lines[0])"))
        .isEqualTo(
            List.of(
                "Cases: " + number(period.get("cases").asLong()),
                "Deaths: " + number(period.get("deaths").asLong()),
                "Recovered: " + number(period.get("recovered").asLong())));
  }

  @Test
  void arrowKeysTellTheFiguresOfTheDay() throws IOException {
    Object before = picture();
    tabTo("chart");

    browser.press(Keys.ARROW_LEFT);
    awaitReading("16 April 2022");
    JsonNode last = period("16 April 2022");
    assertThat(reading())
        .isEqualTo(
            "16 April 2022: %s cases, %s deaths, recovered not reported"
                .formatted(
                    number(last.get("cases").asLong()), number(last.get("deaths").asLong())));
    assertThat(picture()).isNotEqualTo(before);
    assertThat(isMarked()).isTrue();
    browser.press(Keys.ARROW_LEFT);
    awaitReading("15 April 2022");
    browser.press(Keys.HOME);
    awaitReading("22 January 2020");
    browser.press(Keys.ARROW_RIGHT);
    awaitReading("23 January 2020");
    browser.press(Keys.PAGE_DOWN);
    awaitReading("22 February 2020");
    browser.press(Keys.END);
    awaitReading("16 April 2022");

    assertThat(browser.element("#chart-reading").getAttribute("aria-live")).isEqualTo("polite");
    browser.screenshot(name("keyboard"));
    Object marked = picture();
    browser.press(Keys.ESCAPE);
    browser.await(driver -> reading().isEmpty());
    assertThat(isMarked()).isFalse();
    assertThat(picture()).isNotEqualTo(marked);
  }

  @Test
  void tableHasTheDaysOfTheChart() throws IOException {
    assertThat(browser.elements("#days-table")).isEmpty();
    browser.click("[data-range='3m']");
    browser.click("#table-toggle");

    List<String> rows = rows();
    JsonNode last = period("16 April 2022");
    assertThat(rows).hasSize(90);
    assertThat(rows.get(0))
        .isEqualTo(
            "16 Apr 2022|%s|%s|–"
                .formatted(
                    number(last.get("cases").asLong()), number(last.get("deaths").asLong())));
    assertThat(rows.get(89)).startsWith("17 Jan 2022|");
    assertThat(browser.text("#days-table caption"))
        .isEqualTo("Total so far, 17 January 2022 to 16 April 2022, newest first");
    browser.screenshot(name("table"));

    browser.click("label:has(#mode-change)");
    browser.await(driver -> rows().get(0).contains("+"));
    assertThat(rows().get(0))
        .startsWith("16 Apr 2022|+" + number(last.get("newCases").asLong()) + "|");
    browser.click("#table-toggle");
    browser.await(driver -> browser.elements("#days-table").isEmpty());
  }

  @Test
  void everythingCanBeDoneWithTheKeyboard() {
    tabTo("mode-cumulative");
    browser.press(Keys.ARROW_RIGHT);
    awaitChart("mode", "change");
    tabTo("metric-deaths");
    browser.press(Keys.SPACE);
    awaitChart("metrics", "cases recovered");
    tabTo("6m");
    assertThat(focusIsVisible()).isTrue();
    browser.press(Keys.ENTER);
    awaitChart("from", "2021-10-17");
    tabTo("from");
    // Whether the day or the month goes first.
    browser.press("11112021");
    awaitChart("from", "2021-11-11");
    tabTo("chart");
    assertThat(focusIsVisible()).isTrue();
    browser.press(Keys.HOME);
    awaitReading("11 November 2021");
    tabTo("table-toggle");
    browser.press(Keys.SPACE);
    browser.element("#days-table");
    tabTo("csv-link");
    tabTo("days-region");
    assertThat(focusIsVisible()).isTrue();
    tabTo("runs-region");
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 390})
  void aPhoneNeedsNoSidewaysScrolling(int width) {
    browser.onPhone(width);
    browser.open(page());
    browser.click("#table-toggle");

    assertThat(browser.script("return document.documentElement.scrollWidth"))
        .isEqualTo((long) width);
    for (String region : List.of("days-region", "runs-region")) {
      assertThat((Long) size(region, "scrollWidth"))
          .as(region)
          .isLessThanOrEqualTo((Long) size(region, "clientWidth"));
    }
    browser.click("[data-range='1m']");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("phone-" + width));
  }

  private static Object size(String id, String what) {
    return browser.script("return document.getElementById(arguments[0])[arguments[1]]", id, what);
  }

  @Test
  void tellsWhoCanPointToPointAndWhoCanTouchToTouch() {
    assertThat(browser.text("#chart-hint")).startsWith("Point at the chart").contains("arrow keys");

    browser.onPhone(360);

    browser.await(driver -> browser.text("#chart-hint").startsWith("Touch the chart"));
    assertThat(browser.text("#chart-hint")).doesNotContain("Point", "keys");
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void hasNoSeriousAccessibilityFindings(String scheme) {
    browser.colourScheme(scheme);
    openShortTable();
    assertThat(browser.findings()).isEmpty();
    browser.click("label:has(#mode-change)");
    awaitChart("mode", "change");
    assertThat(browser.findings()).isEmpty();
  }

  @Test
  void darkHasOtherColoursThanLight() {
    browser.screenshot(name("light"));
    String light = background();
    Object lightPicture = picture();

    browser.colourScheme("dark");
    browser.await(driver -> !background().equals(light));
    browser.await(driver -> !picture().equals(lightPicture));

    browser.screenshot(name("dark"));
  }

  // --- The page

  private String name(String what) {
    return getClass().getSimpleName() + "-" + what;
  }

  /** Hundreds of rows are no other than thirty, and take axe long. */
  private static void openShortTable() {
    browser.click("[data-range='1m']");
    browser.click("#table-toggle");
    browser.element("#days-table");
  }

  private static void awaitChart(String what, String value) {
    browser.await(
        driver -> {
          WebElement chart = driver.findElement(By.id("chart"));
          return value.equals(chart.getAttribute("data-" + what));
        });
  }

  /**
   * Names what is drawn; the pixels themselves would fill the report of a failed test. Pictures
   * that differ show different things, but the same thing need not be drawn to the same pixels
   * twice: a browser may go over to drawing a canvas in another way.
   */
  private static Object picture() {
    return DigestUtils.sha1Hex(
        browser.script("return document.getElementById('chart').toDataURL()").toString());
  }

  private static Object tooltip(String expression) {
    return browser.script(
        "const { tooltip } = Chart.getChart('chart'); return tooltip." + expression);
  }

  /** Whether a day is marked in the chart, by a line and its figures. */
  private static boolean isMarked() {
    return (Boolean) tooltip("opacity > 0 && tooltip.chart.getActiveElements().length > 0");
  }

  private static String label() {
    return browser.element("#chart").getAttribute("aria-label");
  }

  private static String reading() {
    return browser.elements("#chart-reading").get(0).getText();
  }

  private static void awaitReading(String day) {
    browser.await(driver -> reading().startsWith(day + ": "));
  }

  private static String background() {
    return browser.element("body").getCssValue("background-color");
  }

  private static void setDate(String id, String date) {
    browser.script(
        "const input = document.getElementById(arguments[0]); input.focus();"
            + "input.value = arguments[1]; input.dispatchEvent(new Event('input'))",
        id,
        date);
  }

  /** The rows of the table, with a line between the cells. */
  private static List<String> rows() {
    Object rows =
        browser.script(
            "return [...document.querySelectorAll('#days-table tbody tr')].map((row) =>"
                + " [...row.cells].map((cell) =>"
                + " cell.firstElementChild?.textContent ?? cell.textContent).join('|'))");
    return ((List<?>) rows).stream().map(Object::toString).toList();
  }

  /** Presses Tab until the focus is on what has this id, or is for this range. */
  private static void tabTo(String name) {
    for (int i = 0; i < 50; i++) {
      browser.press(Keys.TAB);
      Object focused =
          browser.script(
              "const { activeElement: e } = document; return e.id || e.dataset.range || ''");
      if (name.equals(focused)) {
        return;
      }
    }
    throw new AssertionError("Tab does not lead to " + name + ".");
  }

  private static boolean focusIsVisible() {
    return (boolean)
        browser.script(
            "const style = getComputedStyle(document.activeElement);"
                + "return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2");
  }

  // --- The figures

  JsonNode read(String name) throws IOException {
    return new ObjectMapper().readTree(figures(name).toURL());
  }

  private JsonNode period(String longDay) throws IOException {
    String date = LocalDate.parse(longDay, LONG_DAY).toString();
    return StreamSupport.stream(read("days").get("periods").spliterator(), false)
        .filter(period -> period.get("date").asText().equals(date))
        .findFirst()
        .orElseThrow();
  }

  private static String day(String date) {
    return LocalDate.parse(date).format(LONG_DAY);
  }

  private static String number(long value) {
    return String.format(Locale.ENGLISH, "%,d", value);
  }
}
