package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The dashboard of one country as plain files in the bucket. */
@Tag("slow")
class DashboardSiteIT extends DashboardChecks {
  @BeforeAll
  static void publishOnce() throws Exception {
    publish(Optional.empty(), () -> application.run(), "feed.stalled-after", STALLED_AFTER);
  }

  @Test
  void theRunThatPublishedItOpensAsAPage() throws IOException {
    open("");
    String id = read("runs").get("runs").get(0).get("id").asText();

    assertThat(browser.text("[data-run='" + id + "']")).contains("Succeeded").contains("816");
    assertThat(browser.elements("#api-link")).isEmpty();
    browser.click("[data-run='" + id + "'] th a");

    assertThat(browser.text("#run-outcome")).startsWith("✓ Succeeded: started by a ");
    assertThat(browser.text("#run-days")).startsWith("816 days had figures of every feed");
    assertThat(links("#report"))
        .contains(page.resolve("runs/" + id + ".json"))
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
    browser.screenshot(name("run"));
  }

  @Test
  void aRunThatTheSiteDoesNotHaveIsSaid() {
    browser.open(java.net.URI.create(page + "?run=2020-11-22T21-00-00Z-7f3a"));

    assertThat(browser.text("#report .note")).isEqualTo("This page has no report of that run.");
  }

  @Test
  void thePictureAloneIsAtAPathOfItsOwn() {
    open("embed.html?range=6m&metric=deaths");
    awaitChart("from", "2021-10-17");

    assertThat(browser.elements("[data-panel]")).hasSize(1);
    assertThat(browser.elements("button, .controls, #runs, #past")).isEmpty();
    assertThat(browser.element("footer a").getDomProperty("href"))
        .isEqualTo(page + "?range=6m&metric=deaths");
  }

  @Test
  void everyLinkLeadsToAFile() {
    open("");

    assertThat(links("main"))
        .hasSize(4)
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
  }
}
