package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import local.Browser;
import local.LocalCloud;
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
import software.amazon.awssdk.core.sync.RequestBody;

/** What the dashboard must do with a set of many places, wherever it is served from. */
@ExtendWith(Browser.Needed.class)
abstract class DashboardPlacesChecks {
  private static final LocalDate FIRST = LocalDate.of(2020, 6, 1);
  private static final int DAYS = 300;

  /** Places by how fast their cases grow; Atlantis is in no list. */
  private static final Map<String, Integer> GROWTH =
      Map.of(
          "Atlantis", 1,
          "France", 500,
          "Germany", 400,
          "Italy", 300,
          "Japan", 200,
          "\"Korea, South\"", 100,
          "Norway", 50,
          "US", 900);

  static Browser browser;

  /** Where the page is. */
  abstract URI page();

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

  /** Publishes a set of {@value DAYS} days of each place; Japan gives no recovered persons. */
  static void publish(LocalCloud cloud, TestApplication application) {
    StringBuilder set = new StringBuilder("Place,Date,Cases,Deaths,Recovered\n");
    GROWTH.keySet().stream()
        .sorted(Comparator.comparing(place -> place.replace("\"", "")))
        .forEach(
            place ->
                IntStream.range(0, DAYS)
                    .forEach(
                        day -> {
                          long cases = (long) GROWTH.get(place) * day * (day + 1) / 2;
                          set.append(
                              "%s,%s,%d,%d,%s\n"
                                  .formatted(
                                      place,
                                      FIRST.plusDays(day),
                                      cases,
                                      cases / 50,
                                      place.equals("Japan") ? "" : cases / 2));
                        }));
    cloud
        .s3Client()
        .putObject(
            put ->
                put.bucket(cloud.bucket())
                    .key(
                        application
                            .context()
                            .resolvePropertyPlaceholders("{{archive.prefix}}{{archive.key}}")),
            RequestBody.fromString(set.toString()));
  }

  @BeforeEach
  void openPage() {
    browser.onDesk();
    open("");
  }

  private void open(String query) {
    browser.open(URI.create(page() + query));
    browser.element("#chart");
  }

  private static void awaitChart(String what, String value) {
    browser.await(
        driver -> value.equals(driver.findElement(By.id("chart")).getAttribute("data-" + what)));
  }

  private static void add(String text) {
    browser.click("#place-search");
    browser.press(text);
    browser.await(driver -> !browser.elements("#place-options li").isEmpty());
    browser.press(Keys.ENTER);
  }

  private static List<String> chosen() {
    return browser.elements("#chosen-places li").stream()
        .map(place -> place.getAttribute("data-place"))
        .toList();
  }

  private static String url() {
    return browser.driver().getCurrentUrl();
  }

  private String name(String what) {
    return getClass().getSimpleName() + "-" + what;
  }

  @Test
  void beginsWithThePlaceThatHasTheMostCasesAsTheOnlyPlaceIsShown() {
    assertThat(browser.text("h1")).isEqualTo("COVID-19 · United States");
    assertThat(browser.text("#total-cases")).isEqualTo("40,365,000");
    assertThat(browser.text("#as-of-cases")).isEqualTo("27 March 2021, +269,100 on that day");
    awaitChart("metrics", "deaths cases recovered");
    assertThat(browser.element("#chart").getAttribute("aria-label"))
        .isEqualTo("Chart of Cases, Deaths and Recovered, stacked, 1 June 2020 to 27 March 2021.");
    assertThat(browser.text("footer"))
        .contains("Johns Hopkins", "Names and populations of places (about 2020)");
    assertThat(browser.errors()).isEmpty();
    browser.screenshot(name("one"));
  }

  @Test
  void comparesPlacesThatAreFoundByNameOrCodeWithTheKeyboard() {
    add("deu");
    awaitChart("metrics", "US Germany");
    add("south korea");
    awaitChart("metrics", "US Germany Korea, South");

    assertThat(browser.text("h1")).isEqualTo("COVID-19 · United States, Germany and South Korea");
    assertThat(url()).contains("?place=US&place=Germany&place=Korea%2C+South");
    assertThat(browser.text("[data-place='Korea, South'] td")).startsWith("4,485,000");
    assertThat(browser.element("#chart").getAttribute("aria-label"))
        .startsWith("Chart of Cases of United States, Germany and South Korea, total so far, ");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("three"));

    browser.click("label:has(#compared-deaths)");
    browser.await(driver -> url().contains("metric=deaths"));
    browser.click("[aria-label='Remove Germany']");
    awaitChart("metrics", "US Korea, South");
    assertThat(browser.driver().switchTo().activeElement().getAttribute("id"))
        .isEqualTo("place-search");
    browser.click("[aria-label='Remove United States']");
    awaitChart("metrics", "deaths cases recovered");
    assertThat(browser.text("h1")).isEqualTo("COVID-19 · South Korea");
    assertThat(browser.elements(".remove")).isEmpty();
  }

  @Test
  void theListOfPlacesIsUsedWithArrowsAndEscape() {
    browser.click("#place-search");
    browser.press("a");
    browser.await(driver -> browser.elements("#place-options li").size() > 2);
    browser.press(Keys.ARROW_DOWN);
    browser.press(Keys.ARROW_DOWN);
    WebElement third = browser.elements("#place-options li").get(2);
    assertThat(browser.element("#place-search").getAttribute("aria-activedescendant"))
        .isEqualTo(third.getAttribute("id"));
    browser.screenshot(name("search"));
    browser.press(Keys.ESCAPE);
    browser.await(driver -> browser.elements("#place-options li").isEmpty());
    browser.press("lilliput");
    browser.await(
        driver -> browser.text("#place-hint").equals("No other place has this name or code."));
    browser.press(Keys.ENTER);
    assertThat(chosen()).containsExactly("US");
  }

  @Test
  void theChoiceIsInTheAddress() {
    open("?place=France,Korea,+South&per=100k&measure=average&place=Japan");
    assertThat(chosen()).containsExactly("France", "Japan");
    assertThat(browser.text("#unknown-places"))
        .isEqualTo("There are no figures of Korea and South here.");

    open("?place=France&place=Korea,+South&per=100k&measure=average&metric=deaths");

    assertThat(chosen()).containsExactly("France", "Korea, South");
    awaitChart("mode", "average");
    assertThat(browser.elements("#per-100k:checked, #compared-deaths:checked")).hasSize(2);
    assertThat(browser.text("#comparison-caption"))
        .isEqualTo("Latest figures, per 100,000 persons");
    assertThat(axis()).isEqualTo("Persons by day, average of 7 days, per 100,000");
    browser.screenshot(name("address"));
  }

  private static Object axis() {
    return browser.script("return Chart.getChart('chart').scales.y.options.title.text");
  }

  @Test
  void figuresOfOnePlaceArePer100000PersonsAndAveraged() {
    open("?place=Japan");
    browser.await(driver -> browser.text("h1").equals("COVID-19 · Japan"));
    assertThat(browser.elements("#total-recovered")).isEmpty();
    browser.click("#per-100k");
    browser.await(driver -> browser.text("#total-cases").equals("7,092.229"));
    browser.click("label:has(#mode-average)");
    awaitChart("mode", "average");
    browser.click("[data-range='1m']");
    browser.click("#table-toggle");

    assertThat(browser.text("#days-table tbody tr")).startsWith("27 Mar 2021 46.807 0.936 –");
    assertThat(url()).contains("per=100k", "measure=average");
  }

  @Test
  void aPlaceWithoutPopulationHasNoFiguresPer100000() {
    open("?place=France&place=Atlantis&place=Japan");
    awaitChart("metrics", "France Atlantis Japan");
    Object colour = colourOf("Japan");

    browser.click("#per-100k");

    awaitChart("metrics", "France Japan");
    assertThat(colourOf("Japan")).isEqualTo(colour);
    assertThat(browser.text("#no-population"))
        .isEqualTo("The population of Atlantis is not known: no figures per 100,000.");

    open("?place=Atlantis&per=100k");
    assertThat(browser.text("#no-population"))
        .isEqualTo("The population of Atlantis is not known: no figures per 100,000.");
    assertThat(browser.text("#total-cases")).isEqualTo("44,850");
    assertThat(browser.elements("#per-100k:checked")).isEmpty();
  }

  private static Object colourOf(String place) {
    return browser.script(
        "return Chart.getChart('chart').data.datasets"
            + ".find(({ metric }) => metric === arguments[0]).borderColor",
        place);
  }

  @Test
  void sixPlacesAreTheMost() {
    open(
        "?place=France&place=Germany&place=Italy&place=Japan&place=Norway&place=US&place=Atlantis");

    assertThat(chosen()).hasSize(6);
    assertThat(browser.element("#place-search").isEnabled()).isFalse();
    assertThat(browser.text("#place-hint")).isEqualTo("6 places are the most to compare.");
    browser.click("label:has(#mode-change)");
    awaitChart("mode", "change");
    browser.screenshot(name("six"));
  }

  @ParameterizedTest
  @ValueSource(ints = {360, 390})
  void aPhoneComparesPlacesWithoutSidewaysScrolling(int width) {
    browser.onPhone(width);
    open("?place=France&place=Korea,+South");
    browser.click("#place-search");
    browser.press("ger");
    browser.click("#place-options [data-code=Germany]");
    awaitChart("metrics", "France Korea, South Germany");

    assertThat(browser.script("return document.documentElement.scrollWidth"))
        .isEqualTo((long) width);
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("phone-" + width));
  }

  @Test
  void darkColoursAreReadableToo() {
    browser.colourScheme("dark");
    open("?place=France&place=Korea,+South&place=Japan&place=Norway&place=US&place=Italy");

    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("dark"));
  }
}
