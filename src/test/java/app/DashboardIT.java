package app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import local.Browser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The dashboard of a server after a run over the synthetic feeds, and how it is used. */
@Tag("slow")
class DashboardIT extends DashboardChecks {
  @BeforeAll
  static void runOnce() throws Exception {
    serve(Optional.empty(), "feed.stalled-after", STALLED_AFTER);
    application.run();
  }

  // --- What is drawn

  @Test
  void opensWithAPanelOfNewFiguresForEachMetricOnItsOwnScale() {
    open("");
    awaitChart("metrics", "cases deaths recovered");

    for (String metric : List.of("cases", "deaths", "recovered")) {
      assertThat(chart(metric, "chart.data.datasets.map(({ type, label }) => `${type} ${label}`)"))
          .isEqualTo(List.of("line 7-day average", "bar By day"));
    }
    assertThat((Long) chart("cases", "chart.scales.y.max"))
        .isGreaterThan(20 * (Long) chart("deaths", "chart.scales.y.max"));
    assertThat(label())
        .isEqualTo(
            "Chart of New cases, New deaths and Newly recovered, a day, 22 January 2020 to 16 April"
                + " 2022.");
    browser.screenshot(name("light"));
  }

  @ParameterizedTest
  @CsvSource({"1440,900", "390,844"})
  void theFirstScreenHoldsHeadlineAndChart(int width, int height) {
    browser.onScreen(width, height);
    open("");
    awaitChart("measure", "change");

    assertThat(
            (Boolean)
                browser.script(
                    "return [...document.querySelectorAll('h1, #data-up-to, #remarks,"
                        + " [data-panel=cases] .value, [data-panel=cases] canvas')]"
                        + ".every((e) => e.getBoundingClientRect().bottom <= innerHeight)"))
        .isTrue();
    assertFits(width);
    browser.screenshot(name("first-screen-" + width));
  }

  @Test
  void stackedIsAChoice() {
    open("?measure=total");
    browser.click("label:has(#view-stacked)");
    awaitChart("view", "stacked");

    assertThat(chart("stack", "chart.data.datasets.map(({ label }) => label)"))
        .isEqualTo(List.of("Deaths", "Cases", "Recovered"));
    assertThat(browser.text("[data-panel=stack] h3"))
        .isEqualTo("Cases, Deaths and Recovered stacked, total so far");
    assertThat(browser.text("#chart-hint")).endsWith("each is as thick as its figure.");
    browser.screenshot(name("stacked"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"week", "month"})
  void weeksAndMonthsAreThoseOfTheApi(String interval) throws IOException {
    open("?interval=" + interval + "&table=days");
    awaitChart("interval", interval);
    assertThat(browser.elements("#measure-average")).isEmpty();
    List<Object> api =
        StreamSupport.stream(read("days?interval=" + interval).get("periods").spliterator(), false)
            .map(
                period ->
                    (Object)
                        List.of(
                            period.get("date").asText(),
                            period.get("newCases").asText(),
                            period.get("newRecovered").asText()))
            .toList();

    assertThat(
            browser.script(
                "return [...document.querySelectorAll('#days-table tbody tr')].reverse().map((row)"
                    + " => [row.querySelector('time').dateTime, 1, 3].map((of) => of.at ? of :"
                    + " row.cells[of].innerText.replace(/[,+]/g, '').replace('−', '-')"
                    + ".replace(/^–[^]*/, 'null')))"))
        .isEqualTo(api);
    browser.screenshot(name(interval));
  }

  @Test
  void rangeButtonsNarrowTheChart() {
    open("");
    awaitChart("measure", "change");
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
    open("");
    setDate("from", "2020-11-01", "input");
    setDate("to", "2020-12-31", "input");
    awaitChart("from", "2020-11-01");
    awaitChart("to", "2020-12-31");
    assertThat(browser.elements("[data-range][aria-pressed=true]")).isEmpty();
    assertThat(url()).contains("from=2020-11-01", "to=2020-12-31");

    setDate("from", "2021-01-01", "input");
    assertThat(browser.text("#wrong-dates")).isEqualTo("The first day is after the last one.");
    awaitChart("from", "2020-11-01");
    setDate("from", "2019-01-01", "input");
    assertThat(browser.text("#wrong-dates"))
        .isEqualTo("There are figures from 22 Jan 2020 to 16 Apr 2022.");

    browser.click("h1");
    browser.await(driver -> browser.element("#from").getAttribute("value").equals("2020-11-01"));
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1280})
  void aWrongDateMovesNothing(int width) {
    if (width < 1000) {
      browser.onPhone(width);
    }
    open("");
    browser.element("#from");
    awaitCharts();
    Object places = places();

    setDate("from", "2019-01-01", "input");
    assertThat(browser.text("#wrong-dates")).startsWith("There are figures from");

    assertThat(places()).isEqualTo(places);
  }

  /** Where everything of the section is but what is wrong. */
  private static Object places() {
    return browser.script(
        "const section = document.getElementById('over-time').getBoundingClientRect();"
            + "return [...document.querySelectorAll('#over-time :not(#wrong-dates, .said)')]"
            + ".filter((e) => e.getClientRects().length > 0).map((e) => {"
            + "  const { left, top, width, height } = e.getBoundingClientRect();"
            + "  return [e.id, left, top - section.top, width, height].join(' ') })");
  }

  @Test
  void metricsCanBeTakenOutOfTheChart() {
    open("");
    browser.click("#metric-cases");
    awaitChart("metrics", "deaths recovered");
    assertThat(browser.elements("[data-panel]")).hasSize(2);
    browser.click("#metric-recovered");
    browser.click("#metric-deaths");
    awaitChart("metrics", "");
    assertThat(browser.text(".plot-empty")).isEqualTo("No metric is chosen.");
    assertThat(browser.elements(".downloads button")).noneMatch(WebElement::isEnabled);
    assertThat(label()).isEqualTo("Empty chart. No metric is chosen.");
    browser.click("#metric-deaths");
    awaitChart("metrics", "deaths");
  }

  @Test
  void saysThatThereIsNothingToShowOfAMetricThatEndedBeforeTheRange() {
    open("?range=1y");

    assertThat(browser.text("[data-panel=recovered] .plot-empty"))
        .isEqualTo("Recovered: not reported for these days.");
    assertThat(chart("recovered", "chart.scales.y.width")).isEqualTo(0L);
    browser.screenshot(name("ended"));
  }

  // --- Reading a day

  @Test
  void drawingOverAChartZoomsAllPanelsAndGoesBack() {
    open("");
    awaitChart("measure", "change");
    browser.drag("[data-panel=deaths] canvas", 0.5, 0.75);

    browser.await(driver -> url().contains("from=20"));
    String from = browser.element("#chart").getAttribute("data-from");
    String to = browser.element("#chart").getAttribute("data-to");
    assertThat(from).isBetween("2020-12-01", "2021-05-01");
    assertThat(to).isBetween("2021-07-01", "2021-12-01");
    assertThat(chart("cases", "new Date(Math.ceil(chart.scales.x.min) * 864e5).toISOString()"))
        .isEqualTo(from + "T00:00:00.000Z");

    browser.driver().navigate().back();
    awaitChart("from", "2020-01-22");
    browser.script(
        "document.querySelector('[data-panel=cases] canvas').dispatchEvent(new WheelEvent('wheel',"
            + " { ctrlKey: true, deltaY: -100, clientX: 300, bubbles: true, cancelable: true }))");
    browser.await(driver -> url().contains("from=20"));
  }

  @Test
  void twoFingersZoomOnAPhone() {
    browser.onPhone(390);
    open("");
    awaitChart("measure", "change");

    browser.pinch("[data-panel=cases] canvas");

    browser.await(driver -> url().contains("from=20"));
    assertThat(browser.element("#chart").getAttribute("data-from"))
        .isBetween("2020-09-15", "2021-01-31");
    assertThat(browser.element("#chart").getAttribute("data-to"))
        .isBetween("2021-04-01", "2021-08-01");
  }

  @Test
  void pointerTellsTheFiguresOfTheDayInAllPanels() throws IOException {
    open("?measure=total");
    browser.point("[data-panel=cases] canvas", 0.3);
    String title =
        browser.await(
            driver ->
                (String)
                    chart("deaths", "chart.tooltip.opacity === 1 ? chart.tooltip.title[0] : null"));

    JsonNode period =
        days().stream()
            .filter(
                day ->
                    said(java.time.LocalDate.parse(day.get("date").asText()), "d MMM yyyy")
                        .equals(title.replace("Sept", "Sep")))
            .findFirst()
            .orElseThrow();
    for (String metric : List.of("cases", "deaths", "recovered")) {
      assertThat(chart(metric, "chart.tooltip.body.map((item) => item.lines[0]).join()"))
          .isEqualTo(
              metric.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                  + metric.substring(1)
                  + ": "
                  + number(period.get(metric).asLong()));
    }
  }

  @Test
  void arrowKeysTellTheFiguresOfTheDay() throws IOException {
    open("?measure=total");
    awaitChart("measure", "total");
    tabTo("chart");
    browser.press(Keys.ARROW_LEFT);
    awaitReading("16 April 2022");
    JsonNode last = days().get(days().size() - 1);
    assertThat(reading())
        .isEqualTo(
            "16 April 2022: %s cases, %s deaths, recovered not reported"
                .formatted(
                    number(last.get("cases").asLong()), number(last.get("deaths").asLong())));
    assertThat(chart("deaths", "chart.getActiveElements().length")).isEqualTo(1L);
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
    browser.press(Keys.ESCAPE);
    browser.await(driver -> reading().isEmpty());
    assertThat(chart("deaths", "chart.getActiveElements().length")).isEqualTo(0L);
  }

  @Test
  void tableHasTheDaysOfTheChart() throws IOException {
    open("?measure=total");
    assertThat(browser.elements("#days-table")).isEmpty();
    browser.click("[data-range='3m']");
    browser.click("#table-toggle");
    browser.element("#days-table");

    List<String> rows = rows("#days-table");
    JsonNode last = days().get(days().size() - 1);
    assertThat(rows).hasSize(90);
    assertThat(rows.get(0))
        .isEqualTo(
            "16 Apr 2022|%s|%s|–\nnot reported"
                .formatted(
                    number(last.get("cases").asLong()), number(last.get("deaths").asLong())));
    assertThat(rows.get(89)).startsWith("17 Jan 2022|");
    assertThat(browser.text("#days-table caption"))
        .isEqualTo("Total, 17 January 2022 to 16 April 2022, newest first");
    browser.screenshot(name("table"));

    browser.click("label:has(#measure-change)");
    awaitChart("measure", "change");
    assertThat(browser.text("#days-table tbody tr"))
        .startsWith("16 Apr 2022 +" + number(last.get("newCases").asLong()) + " ");
    browser.click("#table-toggle");
    browser.await(driver -> browser.elements("#days-table").isEmpty());
  }

  @Test
  void everythingCanBeDoneWithTheKeyboard() {
    open("");
    tabTo("measure-change");
    browser.press(Keys.ARROW_RIGHT);
    awaitChart("measure", "average");
    tabTo("6m");
    assertThat(focusIsVisible()).isTrue();
    browser.press(Keys.ENTER);
    awaitChart("from", "2021-10-17");
    tabTo("chart");
    assertThat(focusIsVisible()).isTrue();
    browser.press(Keys.HOME);
    awaitReading("17 October 2021");
    tabTo("metric-deaths");
    browser.press(Keys.SPACE);
    awaitChart("metrics", "cases recovered");
    tabTo("from");
    // Whether the day or the month goes first.
    browser.press("11112021");
    awaitChart("from", "2021-11-11");
    tabTo("table-toggle");
    browser.press(Keys.SPACE);
    browser.element("#days-table");
    tabTo("csv-link");
    tabTo("days-region");
    assertThat(focusIsVisible()).isTrue();
    tabTo("runs-region");
  }

  @Test
  void aPhoneNeedsNoSidewaysScrolling() {
    browser.onPhone(360);
    open("?range=1m&table=days");
    browser.element("#days-table");

    assertFits(360);
    for (String region : List.of("days-region", "runs-region")) {
      assertThat((Long) size(region, "scrollWidth"))
          .as(region)
          .isLessThanOrEqualTo((Long) size(region, "clientWidth"));
    }
    assertThat(browser.text("#chart-hint")).startsWith("Touch a chart").doesNotContain("keys");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("phone"));
  }

  private static Object size(String id, String what) {
    return browser.script("return document.getElementById(arguments[0])[arguments[1]]", id, what);
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void hasNoSeriousAccessibilityFindings(String scheme) {
    browser.colourScheme(scheme);
    // Hundreds of rows are no other than thirty, and take axe long.
    open("?range=1m&table=days");
    browser.element("#days-table");

    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name(scheme));
  }

  @Test
  void darkHasOtherColoursThanLight() {
    open("");
    awaitChart("measure", "change");
    String light = background();
    Object lightPicture = picture();

    browser.colourScheme("dark");

    browser.await(driver -> !background().equals(light));
    browser.await(driver -> !picture().equals(lightPicture));
  }

  @Test
  void onPaperDarkIsPrintedDarkOnWhiteWithoutControlsAndFitsA4() {
    browser.colourScheme("dark");
    open("?range=1m");
    awaitChart("measure", "change");
    Object dark = picture();

    browser.onPaper();

    browser.await(driver -> !picture().equals(dark));
    assertThat(background()).isEqualTo("rgba(255, 255, 255, 1)");
    assertThat(
            browser.elements("button, .controls, .links").stream().filter(WebElement::isDisplayed))
        .isEmpty();
    assertFits(Browser.A4_WIDTH);
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("paper"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?view=stacked"})
  void isPrintedOnAtMostTwoSheetsOfA4(String query) {
    open(query);
    awaitChart("measure", "change");

    String pdf = browser.print(name("printed" + query.replaceAll("\\W", "-")));

    assertThat(pdf.split("/Type /Page\\b(?!s)", -1).length - 1).isBetween(1, 2);
    assertThat(pdf).containsPattern("/MediaBox \\[0 0 59[45][.\\d]* 84[12]");
  }

  @Test
  void withForcedColoursSwatchesAndChosenButtonsAreSeen() {
    browser.forcedColours();
    open("?range=1m");
    awaitChart("measure", "change");

    assertThat(
            browser.script(
                "const colour = (css) => getComputedStyle(document.querySelector(css));"
                    + "return colour('.segments label:has(:checked)').backgroundColor !=="
                    + " colour('.segments label:not(:has(:checked))').backgroundColor"
                    + " && colour('.head.cases').borderTopColor !== colour('.head.deaths').borderTopColor"))
        .isEqualTo(true);
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("forced-colours"));
  }

  @Test
  void targetsAreAtLeast24PixelsWideAndHigh() {
    open("?table=days&range=1m");
    browser.element("#days-table");

    assertThat(
            browser.script(
                "return [...document.querySelectorAll('button, a[href]:not(.skip), select,"
                    + " input:not([type=radio], [type=checkbox]), label:has(input)')].filter((e) =>"
                    + " e.getClientRects().length > 0).map((e) => [e.id || e.innerText,"
                    + " e.getBoundingClientRect()]).filter(([, { width, height }]) =>"
                    + " width < 24 || height < 24).map(([name]) => name)"))
        .isEqualTo(List.of());
  }

  // --- Files and other pages

  @Test
  void whatIsShownIsDownloadedAsCsvPngAndSvg() throws IOException {
    open("?range=1m&metric=cases&metric=deaths");
    awaitChart("metrics", "cases deaths");
    JsonNode last = days().get(days().size() - 1);

    String csv = downloaded("csv");
    assertThat(csv.lines()).hasSize(32);
    assertThat(csv.lines().findFirst())
        .hasValue("Date,NewCases,NewDeaths,AverageCases,AverageDeaths");
    assertThat(csv.lines().skip(31).findFirst().orElseThrow())
        .startsWith("2022-04-16,%s,%s,".formatted(last.get("newCases"), last.get("newDeaths")));
    String svg = downloaded("svg");
    assertThat(svg)
        .startsWith("<svg xmlns=")
        .contains("COVID-19 · US", "17 March 2022 to 16 April 2022", "New deaths")
        .doesNotContain("NaN", "undefined", "Newly recovered");
    assertThat(downloaded("png")).startsWith("\u0089PNG");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void inAnotherPageIsThePictureAlone() {
    open("?embed&range=6m&metric=deaths");
    awaitChart("from", "2021-10-17");

    assertThat(browser.elements("[data-panel]")).hasSize(1);
    assertThat(browser.elements("button, .controls, #runs, #past, #remarks a")).isEmpty();
    assertThat(browser.element("footer a").getDomProperty("href"))
        .isEqualTo(page + "?range=6m&metric=deaths");
    assertThat(browser.text("footer")).contains("The New York Times", "Johns Hopkins");
    browser.screenshot(name("embedded"));
  }

  @Test
  void whatIsCopiedIsSaidUntilTheAddressIsAnother() {
    open("");
    browser.element("#copy-link");
    browser.script(
        "window.setTimeout = () => 0;"
            + "navigator.clipboard.writeText = async (text) => { window.copied = text }");
    browser.click("#copy-link");
    awaitText("#copy-link", "Copied");
    assertThat(browser.script("return window.copied")).isEqualTo(url());
    browser.click("[data-range='6m']");
    awaitText("#copy-link", "Copy link");
  }

  @Test
  void aBrowserThatKeepsNothingShowsThePageToo() {
    String id =
        browser.onEachPage(
            "Object.defineProperty(window, 'localStorage',"
                + " { get() { throw new DOMException('blocked', 'SecurityError') } })");
    try {
      open("");
      browser.click("#theme-dark");
      browser.await(driver -> background().equals("rgba(17, 22, 29, 1)"));
      assertThat(browser.errors()).isEmpty();
    } finally {
      browser.onNoPage(id);
    }
  }

  @Test
  void theReaderChoosesLightOrDarkForGood() {
    open("");
    browser.click("#theme-dark");
    browser.await(driver -> background().equals("rgba(17, 22, 29, 1)"));
    open("");
    assertThat(background()).isEqualTo("rgba(17, 22, 29, 1)");
    browser.click("#theme-system");
    browser.await(driver -> !background().equals("rgba(17, 22, 29, 1)"));
  }

  @Test
  void knownBreaksAreMarkedInTheChartNamedUnderItAndInItsFile() {
    open("?metric=deaths");
    awaitChart("metrics", "deaths");

    assertThat(browser.elements("#over-time .known-breaks li")).hasSize(3);
    assertThat(browser.text("#over-time .known-breaks"))
        .startsWith("14 April 2020: The C.D.C. begins to report probable cases too");
    assertThat(chart("deaths", "chart.options.plugins.turns.list.map(({ text }) => text)"))
        .isEqualTo(List.of("1", "2", "3"));
    assertThat(downloaded("svg").split("stroke-dasharray", -1)).hasSize(4);
    browser.screenshot(name("known-breaks"));

    open("?metric=deaths&from=2020-07-01&page=data");
    assertThat(browser.elements("#about .known-breaks li")).hasSize(3);
    browser.click("#to-figures");
    awaitChart("from", "2020-07-01");
    assertThat(browser.elements("#over-time .known-breaks li")).hasSize(1);
  }

  @Test
  void aPageSaysWhatTheFiguresAreAndWhat0InRecoveredMeans() {
    open("");
    browser.click("#about-link");

    assertThat(browser.text("#about"))
        .contains("Average…", "CC BY 4.0", "Recovered of US: not reported since", "gives 0 since");
    assertThat(browser.findings()).isEmpty();
    browser.click("#to-figures");
    awaitChart("measure", "change");
  }

  // --- Beside the chart

  @Test
  void aRunOpensAsAPageThatTellsWhatHappened() throws IOException {
    open("");
    String id = read("runs").get("runs").get(0).get("id").asText();
    WebElement run = browser.element("[data-run='" + id + "']");
    assertThat(run.getText()).contains("Succeeded").contains("816").contains("a command");

    // As if it were still running when the page asks first.
    browser.script(
        "const late = setTimeout; setTimeout = (work, delay) => late(work, delay / 100);"
            + "const ask = fetch; window.fetch = async (address, ...more) => {"
            + "  if (!address.startsWith('runs/')) { return ask(address, ...more) }"
            + "  window.fetch = ask; const run = await (await ask(address)).json();"
            + "  return Response.json({ ...run, status: 'running' }) }");
    run.findElement(By.cssSelector("th a")).click();

    browser.await(driver -> browser.text("#run-outcome").startsWith("✓ Succeeded: started by a "));
    assertThat(browser.driver().getTitle()).isEqualTo("COVID-19 · Run " + id);
    assertThat(browser.script("return [document.activeElement.tagName, scrollY]"))
        .isEqualTo(List.of("H1", 0L));
    assertThat(browser.text("#report [data-feed=nyt]"))
        .isEqualTo(
            "New York Times gave 1,100 rows, the newest day with figures is 24 January 2023. 284"
                + " days are unmatched: another feed lacks them. The feed has stalled.");
    assertThat(browser.text("#run-days"))
        .isEqualTo(
            "816 days had figures of every feed: 816 were added to the table and 0 were there"
                + " already.");
    assertThat(browser.text("#run-published")).startsWith("816 days were published, up to 16 Apr");
    assertThat(url()).endsWith("?run=" + id);
    assertThat(links("#report"))
        .contains(page.resolve("runs/" + id))
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("run"));
    browser.driver().navigate().back();
    awaitChart("measure", "change");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "days: undefined",
        "finishedAt: undefined",
        "duration: null",
        "warnings: [null]",
        "status: 'failed', reason: null",
      })
  void theReportOfARunThatIsDamagedIsNamed(String damage) throws IOException {
    open("");
    String id = read("runs").get("runs").get(0).get("id").asText();
    browser.script(
        "const ask = fetch; window.fetch = async (address, ...more) => {"
            + "  if (!address.startsWith('runs/')) { return ask(address, ...more) }"
            + "  return Response.json({ ...await (await ask(address)).json(), %s }) }"
                .formatted(damage));
    browser.element("[data-run='" + id + "'] th a").click();

    browser.await(driver -> !browser.elements("#report [role=alert]").isEmpty());
    assertThat(browser.text("#report [role=alert]"))
        .isEqualTo(
            "The report of this run is damaged: its operator has to remove it; runs %s says where it"
                    .formatted(id)
                + " is.");
    assertThat(browser.elements("#run-outcome")).isEmpty();
  }

  @Test
  void everyLinkLeadsSomewhere() {
    open("");

    assertThat(links("main"))
        .hasSize(5)
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
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

  /** Presses Tab until the focus is on what has this id, or is for this range. */
  private static void tabTo(String name) {
    boolean found =
        IntStream.range(0, 50)
            .anyMatch(
                i -> {
                  browser.press(Keys.TAB);
                  return name.equals(
                      browser.script(
                          "const { activeElement: e } = document;"
                              + " return e.id || e.dataset.range || ''"));
                });
    assertThat(found).as("Tab leads to " + name).isTrue();
  }

  private static boolean focusIsVisible() {
    return (boolean)
        browser.script(
            "const style = getComputedStyle(document.activeElement);"
                + "return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2");
  }
}
