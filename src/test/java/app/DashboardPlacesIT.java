package app;

import static org.assertj.core.api.Assertions.assertThat;

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
    open("?place=Atlantis&place=France&place=Korea,+South&per=100k&measure=change");
    browser.element("#chart");

    assertThat(links("main"))
        .contains(
            page.resolve("chart.svg?place=France&place=Korea%2C+South&per=100k&measure=change"))
        .hasSize(5)
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
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
    browser.click("label:has(#measure-change)");
    awaitChart("measure", "change");
    browser.screenshot(name("six"));
  }
}
