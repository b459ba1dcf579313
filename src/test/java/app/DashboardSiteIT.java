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
  void listsTheRunThatPublishedItWithoutALinkThatNobodyWouldAnswer() throws IOException {
    open("");
    String id = read("runs").get("runs").get(0).get("id").asText();

    assertThat(browser.text("[data-run='" + id + "']")).contains("Succeeded").contains("816");
    assertThat(browser.elements("[data-run] a")).isEmpty();
    assertThat(browser.elements("#api-link")).isEmpty();
  }

  @Test
  void everyLinkLeadsToAFile() {
    open("");

    assertThat(links("main"))
        .hasSize(3)
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
  }
}
