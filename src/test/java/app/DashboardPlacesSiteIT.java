package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The dashboard of many places as plain files in the bucket. */
@Tag("slow")
class DashboardPlacesSiteIT extends DashboardPlacesChecks {
  @BeforeAll
  static void publishOnce() throws Exception {
    publish(Optional.of("world"), DashboardPlacesChecks::put);
  }

  @Test
  void readsOneFileForEachPlaceThatIsShown() {
    open("?place=France&place=Korea,+South");
    browser.element("#chart");

    assertThat(browser.urls())
        .extracting(url -> url.substring(url.lastIndexOf('/') + 1))
        .contains("places.json", "France.json", "Korea_2c_20South.json")
        .doesNotContain("Japan.json", "totals.json", "days.json");
    assertThat(browser.element("#csv-link").getDomProperty("href")).endsWith("/CovidData.csv");
    assertThat(
            browser.script(
                "return fetch('CovidData.csv').then((answer) => answer.text())"
                    + ".then((text) => text.slice(0, 33))"))
        .isEqualTo("Place,Date,Cases,Deaths,Recovered");
    assertThat(browser.elements("#png-link, #api-link, #places-csv-link")).isEmpty();
    assertThat(browser.elements("#past, #against, #revisions")).isEmpty();
  }
}
