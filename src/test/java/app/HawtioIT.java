package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import local.Browser;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

/** The routes of the running program in Hawtio. */
@Tag("slow")
@ExtendWith({LocalCloudExtension.class, Browser.Needed.class})
// Hawtio loads for half a minute on a busy machine.
@Timeout(180)
class HawtioIT {
  @Test
  void showsTheRoutesWithTheirCounts(LocalCloud cloud) throws Exception {
    String port = TestApplication.freePort();
    try (FeedServer feeds = TestApplication.feeds();
        TestApplication application =
            TestApplication.serve(
                cloud,
                feeds,
                "http.port",
                TestApplication.freePort(),
                "management.port",
                port,
                "camel.main.jmx-enabled",
                "true");
        Browser browser = Browser.start()) {
      application.run();

      browser.onDesk();
      browser.open(URI.create("http://127.0.0.1:%s/hawtio/camel".formatted(port)));
      // There are hundreds of them: it would take long to ask of each whether it is visible.
      browser.await(driver -> driver.findElement(By.cssSelector(".react-flow__node")));
      browser.screenshot("HawtioIT-diagram");
      assertThat(browser.texts(".pf-v6-c-page__sidebar", "a")).containsExactly(List.of("Camel"));
      assertThat(browser.texts("nav[aria-label='Camel Nav']", "a"))
          .as("no page whose operations are refused")
          .containsExactly(List.of("Route Diagram", "Routes", "Source"));
      browser.await(driver -> driver.findElement(By.linkText("Routes"))).click();

      assertThat(row(browser, "do-run"))
          .startsWith("", "do-run", "Started")
          .element(4)
          .isEqualTo("1");
      assertThat(row(browser, "read-dead-letter")).element(4).isEqualTo("0");
      browser.screenshot("HawtioIT-routes");
      assertThat(browser.errors()).isEmpty();
    }
  }

  /** What the table says of a route: its name, state, uptime, exchanges completed, failed ... */
  private static List<String> row(Browser browser, String route) {
    return browser.await(
        driver ->
            browser.texts("tr", "td").stream()
                .filter(cells -> cells.contains(route))
                .findFirst()
                .orElse(null));
  }
}
