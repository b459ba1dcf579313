package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The dashboard of a server whose set has many places. */
@Tag("slow")
class DashboardPlacesIT extends DashboardPlacesChecks {
  @BeforeAll
  static void servePlaces() throws Exception {
    serve(Optional.of("world"));
    put();
  }

  @Test
  void everyLinkLeadsToWhatIsShown() {
    open(
        "?place=Atlantis&place=France&place=Korea,+South&per=100k&measure=change&interval=week&from=2021-03-10");
    awaitChart("from", "2021-03-10");

    assertThat(links("main"))
        .contains(
            page.resolve("chart.svg?place=France&place=Korea%2C+South&per=100k&measure=change"),
            page.resolve(
                "days?place=France&place=Korea%2C+South&per=100k&measure=change"
                    + "&from=2021-03-08&to=2021-03-27&interval=week&format=csv"))
        .hasSize(5)
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
  }

  @Test
  void theScriptTakesOverWithoutMovingTheComparedPlaces() {
    openBeforeScripts("?place=France&place=Norway");
    Object before = firstSight();
    browser.block();
    open("?place=France&place=Norway");
    awaitChart("places", "France | Norway");

    assertThat(firstSight()).isEqualTo(before);
  }

  @Test
  void theListOfPlacesIsUsedWithArrowsAndEscape() {
    open("");
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
  void aPhoneComparesPlacesWithoutSidewaysScrolling() {
    browser.onPhone(360);
    open("?place=France&place=Korea,+South");
    browser.click("#place-search");
    browser.press("ger");
    browser.click("#place-options [data-code=Germany]");
    awaitChart("places", "France | Korea, South | Germany");

    assertFits(360);
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("phone"));
  }

  @Test
  void aNarrowWindowWithScrollBarsComparesPlacesWithoutSidewaysScrolling() {
    browser.inNarrowWindow(390);
    open("?place=France&place=Korea,+South");
    awaitChart("places", "France | Korea, South");

    browser.await(
        driver ->
            browser.script(
                "const { scrollWidth, clientWidth } = document.documentElement;"
                    + "return clientWidth < 390 && scrollWidth <= clientWidth"
                    + " && [...document.querySelectorAll('#chart canvas')].every((canvas) =>"
                    + " canvas.getBoundingClientRect().right <= clientWidth)"));
    browser.screenshot(name("narrow"));
  }

  @Test
  void aFigureAfterDaysWithoutOneIsDrawnByTheDayAndToldWhole() {
    open("?place=Norway&place=France&measure=change&metric=cases&table=days");
    awaitChart("measure", "change");

    // Norway has no days 200 to 209: what is new on day 210 is of eleven days.
    assertThat(browser.text("#spans")).contains("it is drawn by the day, and told whole");
    assertThat(rows("#days-table"))
        .anySatisfy(row -> assertThat(row).matches("28 Dec 2020\\|\\+112,750\\n ?in 11 days\\|.*"));
    assertThat(
            chart(
                "cases",
                "chart.data.datasets[0].data.find(({ x }) => x === Date.parse('2020-12-28') / 864e5).y"))
        .isEqualTo(10250L);
    browser.screenshot(name("spans"));
  }

  @Test
  void darkColoursAreReadableToo() {
    browser.colourScheme("dark");
    open("?place=France&place=Korea,+South&place=Japan&place=Norway&place=US&place=Italy");
    browser.element("#chart");

    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("dark"));
  }

  @Test
  void sixPlacesAreTheMost() {
    open(
        "?place=France&place=Germany&place=Italy&place=Japan&place=Norway&place=US&place=Atlantis");

    assertThat(chosen()).hasSize(6);
    assertThat(browser.element("#place-search").isEnabled()).isFalse();
    assertThat(browser.text("#place-hint")).isEqualTo("6 places are the most to compare.");
    assertThat(browser.text("#left-out-places"))
        .isEqualTo("More than 6 places are too many: Atlantis is left out.");
    browser.click("label:has(#measure-change)");
    awaitChart("measure", "change");
    browser.screenshot(name("six"));
  }

  @Test
  void aNarrowSheetHasRoomForTheLegendAndTheCredit() {
    browser.onPhone(360);
    open("?place=France&place=Germany&place=Italy&place=Japan&place=US&place=Norway&metric=cases");
    awaitChart("metrics", "cases");

    String svg = downloaded("svg");

    assertThat(
            browser.script(
                "const sheet = new DOMParser().parseFromString(arguments[0], 'image/svg+xml')"
                    + ".documentElement; document.body.append(sheet);"
                    + "const { width, height } = sheet.viewBox.baseVal;"
                    + "const outside = [...sheet.querySelectorAll('text')].filter((text) => {"
                    + "  const at = text.getBBox();"
                    + "  return text.parentNode === sheet && (at.x + at.width > width ||"
                    + "    at.y + at.height > height) }).map((text) => text.textContent);"
                    + "const rows = new Set([...sheet.querySelectorAll('rect[width=\"11\"]')]"
                    + ".map((swatch) => swatch.getAttribute('y')));"
                    + "sheet.remove(); return [width < 400, outside.join(), rows.size > 1]",
                svg))
        .isEqualTo(List.of(true, "", true));
  }

  @Test
  void inAnotherPageComparedPlacesAreNamedAndTheSourceIsCredited() {
    open("?embed&place=France&place=Norway");
    awaitChart("places", "France | Norway");

    assertThat(browser.elements(".legend li"))
        .extracting(WebElement::getText)
        .containsExactly("France", "Norway");
    assertThat(browser.text("footer")).contains("Johns Hopkins");
    assertThat(browser.findings()).isEmpty();
    browser.screenshot(name("embedded"));
  }
}
