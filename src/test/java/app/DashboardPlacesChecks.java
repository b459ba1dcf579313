package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import software.amazon.awssdk.core.sync.RequestBody;

/** What the dashboard must do with a set of many places, wherever it is served from. */
abstract class DashboardPlacesChecks extends DashboardTestBase {
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

  /**
   * Publishes a set of {@value DAYS} days of each place. Japan gives no recovered persons, Norway
   * none for ten days; it lacks ten others and the last two.
   */
  static void put() {
    StringBuilder set = new StringBuilder("Place,Date,Cases,Deaths,Recovered\n");
    GROWTH.keySet().stream()
        .sorted(Comparator.comparing(place -> place.replace("\"", "")))
        .forEach(
            place ->
                IntStream.range(0, DAYS)
                    .filter(day -> !(place.equals("Norway") && lacks(day)))
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
                                      reportsRecovered(place, day) ? cases / 2 : ""));
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

  private static boolean lacks(int day) {
    return day / 10 == 20 || day >= DAYS - 2;
  }

  private static boolean reportsRecovered(String place, int day) {
    return !place.equals("Japan") && !(place.equals("Norway") && day / 10 == 10);
  }

  static void add(String text) {
    browser.click("#place-search");
    browser.press(text);
    browser.await(driver -> !browser.elements("#place-options li").isEmpty());
    browser.press(Keys.ENTER);
  }

  static List<String> chosen() {
    return browser.elements("#chosen-places li").stream()
        .map(place -> place.getAttribute("data-place"))
        .toList();
  }

  @Test
  void beginsWithThePlaceThatHasTheMostCasesAsTheOnlyPlaceIsShown() {
    open("");
    assertThat(browser.text("h1")).isEqualTo("COVID-19 · United States");
    assertThat(browser.text("#total-cases")).isEqualTo("40,365,000");
    assertThat(browser.text("#new-cases")).isEqualTo("266,400");
    assertThat(browser.text("#change-cases")).isEqualTo("+2.42% on the week before");
    awaitChart("metrics", "cases deaths recovered");
    assertThat(label())
        .isEqualTo(
            "Chart of New cases, New deaths and Newly recovered, a day, 1 June 2020 to 27 March"
                + " 2021.");
    assertThat(browser.text("footer"))
        .contains("Johns Hopkins", "Names and populations of places (about 2020)");
    assertThat(browser.errors()).isEmpty();
    browser.screenshot(name("one"));
  }

  @Test
  void withoutJavaScriptThePageHasTheLargestPlace() {
    openWithoutScripts("");

    assertThat(browser.text("h1")).isEqualTo("COVID-19 · United States");
    assertThat(browser.text("#new-cases")).isEqualTo("266,400");
    assertThat(rows("#last-days")).hasSize(30);
    browser.screenshot(name("no-script"));
  }

  @Test
  void thePictureOfOtherPlacesIsNotShown() {
    openBeforeScripts("?place=France&place=Norway");

    assertThat(browser.driver().findElement(By.cssSelector(".first h1")).getText())
        .isIn("", "COVID-19 · France and Norway");
  }

  @Test
  void comparesPlacesThatAreFoundByNameOrCodeWithTheKeyboard() {
    open("");
    add("deu");
    awaitChart("places", "US | Germany");
    add("south korea");
    awaitChart("places", "US | Germany | Korea, South");

    assertThat(browser.text("h1")).isEqualTo("COVID-19 · United States, Germany and South Korea");
    assertThat(url()).contains("?place=US&place=Germany&place=Korea%2C+South");
    assertThat(browser.text("[data-place='Korea, South'] td").replaceAll("\\s+", " "))
        .isEqualTo("4,485,00027 Mar 2021 +29,600 a day, +2.42%");
    assertThat(label())
        .startsWith(
            "Chart of New cases, New deaths and Newly recovered of United States, Germany and South"
                + " Korea, a day, 7-day average, ");
    assertThat(chart("deaths", "chart.data.datasets.map(({ label }) => label).join()"))
        .isEqualTo("United States,Germany,South Korea");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("three"));

    browser.click("[aria-label='Remove Germany']");
    awaitChart("places", "US | Korea, South");
    assertThat(browser.driver().switchTo().activeElement().getAttribute("id"))
        .isEqualTo("place-search");
    browser.click("[aria-label='Remove United States']");
    awaitChart("places", "Korea, South");
    assertThat(browser.text("h1")).isEqualTo("COVID-19 · South Korea");
    assertThat(browser.elements(".remove")).isEmpty();
    browser.driver().navigate().back();
    awaitChart("places", "US | Korea, South");
  }

  @Test
  void untilOtherPlacesHaveBeenReadThoseBeforeAreShown() {
    open("?place=US");
    awaitChart("places", "US");
    browser.script("window.answers = fetch; window.fetch = () => new Promise(() => {})");
    add("france");
    browser.click("[aria-label='Remove United States']");
    assertThat(chosen()).containsExactly("France");
    assertThat(browser.text("h1")).isEqualTo("COVID-19 · United States");

    browser.script("window.fetch = window.answers");
    add("nor");
    awaitChart("places", "France | Norway");
    assertThat(browser.errors()).isEmpty();
  }

  @Test
  void aLineGoesOverDaysThatThePlaceLacksButNotOverDaysWithoutAFigure() {
    open("?place=France&place=Norway&measure=total&metric=recovered");
    awaitChart("places", "France | Norway");

    assertThat(
            chart(
                "recovered",
                "[0, 1].map((i) => chart.getDatasetMeta(i).dataset.segments.filter(({ style }) =>"
                    + " style.borderColor === 'transparent').map(({ start, end }) =>"
                    + " `${start} to ${end}`).join())"))
        .isEqualTo(List.of("", "99 to 110"));
    String norway =
        downloaded("svg")
            .lines()
            .filter(line -> line.startsWith("<path"))
            .findFirst()
            .orElseThrow();
    assertThat(norway.split("M")).hasSize(3);
  }

  @Test
  void aWeekIsOneRowWhereverItsLastDayIs() {
    open("?place=France&place=Norway&interval=week&metric=cases&table=days");
    awaitChart("interval", "week");

    assertThat(rows("#days-table"))
        .hasSize(43)
        .startsWith("27 Mar 2021, so far|+889,500|+59,100", "21 Mar 2021|+1,015,000|+101,500");
  }

  @Test
  void theChoiceIsInTheAddress() {
    open("?place=France,Korea,+South&per=100k&measure=average&place=Japan");
    assertThat(chosen()).containsExactly("France", "Japan");
    assertThat(browser.text("#unknown-places"))
        .isEqualTo("There are no figures of Korea and South here.");

    open("?place=France&place=Korea,+South&per=100k&measure=total&metric=deaths&interval=week");

    assertThat(chosen()).containsExactly("France", "Korea, South");
    awaitChart("measure", "total");
    awaitChart("interval", "week");
    assertThat(browser.elements("#per-100k:checked, #metric-deaths:checked")).hasSize(2);
    assertThat(browser.elements("[data-panel]")).hasSize(1);
    assertThat(browser.text("#comparison-caption"))
        .startsWith("Latest figures, per 100,000 persons");
    assertThat(browser.text("[data-panel=deaths] h3"))
        .isEqualTo("Deaths total so far, per 100,000");
    browser.screenshot(name("address"));
  }

  @Test
  void figuresOfOnePlaceArePer100000PersonsAndAveraged() {
    open("?place=Japan");
    browser.await(driver -> browser.text("h1").equals("COVID-19 · Japan"));
    assertThat(browser.elements("#total-recovered")).isEmpty();
    browser.click("#per-100k");
    browser.await(driver -> browser.text("#total-cases").equals("7,092"));
    browser.click("label:has(#measure-average)");
    awaitChart("measure", "average");
    browser.click("[data-range='1m']");
    browser.click("#table-toggle");

    assertThat(browser.text("#days-table tbody tr")).isEqualTo("27 Mar 2021 46.807 0.936");
    assertThat(url()).contains("per=100k", "measure=average");
  }

  @Test
  void aPlaceWithoutPopulationHasNoFiguresPer100000() {
    open("?place=France&place=Atlantis&place=Japan");
    awaitChart("places", "France | Atlantis | Japan");
    Object colour = colourOfLast();

    browser.click("#per-100k");

    awaitChart("places", "France | Japan");
    assertThat(colourOfLast()).isEqualTo(colour);
    assertThat(browser.text("#no-population"))
        .isEqualTo("The population of Atlantis is not known: no figures per 100,000.");

    open("?place=Atlantis&per=100k");
    assertThat(browser.text("#no-population"))
        .isEqualTo("The population of Atlantis is not known: no figures per 100,000.");
    assertThat(browser.text("#total-cases")).isEqualTo("44,850");
    assertThat(browser.elements("#per-100k:checked")).isEmpty();
  }

  private static Object colourOfLast() {
    return chart("cases", "chart.data.datasets.at(-1).borderColor");
  }
}
