package app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/** What the dashboard must do with a long set of one country, wherever it is served from. */
abstract class DashboardChecks extends DashboardTestBase {
  static final String STALLED_AFTER = "7d";

  @Test
  void loadsWithoutAnErrorAndAsksNobodyButItsServer() {
    open("");
    awaitChart("measure", "change");

    assertThat(browser.errors()).isEmpty();
    assertThat(browser.urls())
        .isNotEmpty()
        // The browser has the pictures of its fields with it.
        .allSatisfy(url -> assertThat(url).matches("(http://127\\.0\\.0\\.1:.*|data:.*)"));
  }

  @Test
  void leadsWithTheDayOfTheFiguresAndWhatIsNewBesideTheWeekBefore() throws IOException {
    open("");
    JsonNode totals = read("totals");
    List<JsonNode> days = days();
    int last = days.size() - 1;

    assertThat(browser.text("h1")).isEqualTo("COVID-19 · " + totals.get("country").asText());
    assertThat(browser.driver().getTitle()).isEqualTo(browser.text("h1"));
    assertThat(browser.text("#data-up-to")).isEqualTo("Data up to 16 April 2022");
    assertThat(browser.element("#updated").getAttribute("datetime"))
        .isEqualTo(totals.get("updatedAt").asText());
    for (String metric : List.of("cases", "deaths")) {
      double week = total(days, metric, last) - total(days, metric, last - 7);
      double before = total(days, metric, last - 7) - total(days, metric, last - 14);
      assertThat(browser.text("#total-" + metric))
          .isEqualTo(number(totals.get(metric).get("value").asLong()));
      assertThat(browser.text("#new-" + metric)).isEqualTo(number(Math.round(week / 7)));
      assertThat(percent(browser.text("#change-" + metric)))
          .isEqualTo((week / before - 1) * 100, org.assertj.core.data.Offset.offset(0.5));
      assertThat(browser.text("#as-of-" + metric)).startsWith("7 days to 16 Apr 2022; ");
    }
    assertThat(browser.text("#total-recovered"))
        .isEqualTo(number(totals.get("recovered").get("value").asLong()));
  }

  @Test
  void withoutJavaScriptThereAreFiguresChartAndTheLastThirtyDays() throws IOException {
    openWithoutScripts("");
    JsonNode totals = read("totals");

    assertThat(browser.text("h1")).isEqualTo("COVID-19 · " + totals.get("country").asText());
    assertThat(browser.text("#remarks"))
        .isEqualTo("⚠ Both sources have stalled · 284 unmatched days · recovered ended");
    assertThat(browser.text("#total-cases"))
        .isEqualTo(number(totals.get("cases").get("value").asLong()));
    assertThat(browser.elements(".first-chart path.line")).hasSize(3);
    assertThat(rows("#last-days")).hasSize(30);
    assertThat(rows("#last-days").get(0)).startsWith("16 Apr 2022|+");
    assertThat(browser.elements(".waiting")).noneMatch(WebElement::isDisplayed);
    assertThat(browser.text("noscript, .noscript")).contains("JavaScript", "CSV");
    browser.screenshot(name("no-script"));
    browser.onPhone(390);
    assertFits(390);
    browser.screenshot(name("no-script-phone"));
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 1440})
  void theScriptTakesOverWithoutMovingWhatIsRead(int width) {
    browser.onScreen(width, 900);
    openBeforeScripts("");
    Object before = firstSight();
    browser.screenshot(name("before-script-" + width));
    browser.block();
    open("");
    awaitChart("measure", "change");

    assertThat(firstSight()).isEqualTo(before);
  }

  @Test
  void theChartsOfTheFirstPictureStayUntilAReaderPointsAtThem() {
    openBeforeScripts("");
    browser.block();
    open("");

    assertThat(browser.elements(".first-picture .first-chart")).hasSize(3);
    assertThat(browser.script("return typeof Chart")).isEqualTo("undefined");

    browser.point("[data-panel=cases] canvas", 0.3);
    browser.await(driver -> browser.elements(".first-picture").isEmpty());
    assertThat(chart("deaths", "chart.data.datasets.length")).isEqualTo(2L);
  }

  @Test
  void saysWithNumbersWhatIsWrongWithTheSources() throws IOException {
    open("");
    LocalDate lastRecovered = LocalDate.parse(read("totals").get("recovered").get("asOf").asText());

    assertThat(browser.text("#remarks"))
        .isEqualTo("⚠ Both sources have stalled · 284 unmatched days · recovered ended Details");
    assertThat(browser.text("#as-of-recovered"))
        .isEqualTo(
            "in total, last reported %s; the source no longer gives it"
                .formatted(said(lastRecovered, "d MMM yyyy")));
    assertThat(browser.text("#sources"))
        .contains("Recovered ends on " + said(lastRecovered, "d MMMM yyyy"))
        .containsPattern(
            "New York Times has figures up to 24 January 2023; it has stalled: nothing newer for"
                + " [\\d,]+ days; 284 of its days are unmatched")
        .containsPattern("Johns Hopkins CSSE has figures up to 16 April 2022; it has stalled");
  }

  @Test
  void aLinkShowsTheSamePictureAsTheChoicesThatMadeIt() {
    open("?measure=average&scale=log&metric=cases&metric=deaths&range=6m&table=days");
    awaitChart("measure", "average");
    awaitChart("scale", "log");
    awaitChart("metrics", "cases deaths");
    awaitChart("from", "2021-10-17");
    assertThat(rows("#days-table")).hasSize(182);
    Object linked = picture();

    open("");
    browser.click("label:has(#measure-average)");
    browser.click("[data-range='6m']");
    browser.click("#metric-recovered");
    browser.click("label:has(#scale-log)");
    awaitChart("scale", "log");
    assertThat(picture()).isEqualTo(linked);

    browser.driver().navigate().refresh();
    awaitChart("scale", "log");
    assertThat(picture()).isEqualTo(linked);
    browser.driver().navigate().back();
    awaitChart("scale", "linear");
    browser.driver().navigate().back();
    awaitChart("metrics", "cases deaths recovered");
    browser.driver().navigate().back();
    awaitChart("from", "2020-01-22");
    awaitChart("measure", "average");
    assertThat(browser.errors()).isEmpty();
  }

  static List<JsonNode> days() throws IOException {
    return StreamSupport.stream(read("days").get("periods").spliterator(), false).toList();
  }

  private static double total(List<JsonNode> days, String metric, int day) {
    return days.get(day).get(metric).asDouble();
  }

  private static double percent(String said) {
    assertThat(said).endsWith("% on the week before");
    return Double.parseDouble(said.substring(0, said.indexOf('%')).replace('−', '-'));
  }

  static String said(LocalDate date, String pattern) {
    return date.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
  }

  static String number(long value) {
    return String.format(Locale.ENGLISH, "%,d", value);
  }
}
