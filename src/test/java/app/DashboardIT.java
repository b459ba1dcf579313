package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import local.FeedServer;
import local.LocalCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;

/** The dashboard of a server after a run over the synthetic feeds. */
@Tag("slow")
class DashboardIT extends DashboardChecks {
  private static LocalCloud cloud;
  private static FeedServer feeds;
  private static TestApplication application;
  private static URI server;

  /** One run for all tests: they only look. */
  @BeforeAll
  static void runOnce() throws Exception {
    cloud = LocalCloud.inMemory();
    cloud.systemProperties().forEach(System::setProperty);
    feeds = FeedServer.synthetic(0, 1);
    String port = TestApplication.freePort();
    server = URI.create("http://127.0.0.1:" + port + "/");
    application =
        TestApplication.serve(
            cloud, feeds, "http.port", port, "management.port", TestApplication.freePort());
    application.run();
  }

  @AfterAll
  static void stop() {
    if (application != null) {
      application.close();
    }
    if (feeds != null) {
      feeds.close();
    }
    if (cloud != null) {
      cloud.systemProperties().keySet().forEach(System::clearProperty);
      cloud.close();
    }
  }

  @Override
  URI page() {
    return server;
  }

  @Override
  URI figures(String name) {
    return server.resolve(name);
  }

  @Test
  void listsTheRunAndLinksToItsReport() throws IOException {
    String id = read("runs").get("runs").get(0).get("id").asText();

    WebElement run = browser.element("[data-run='" + id + "']");

    assertThat(run.getText()).contains("Succeeded").contains("816").contains("a command");
    assertThat(run.getAttribute("data-status")).isEqualTo("succeeded");
    assertThat(run.findElement(By.cssSelector("th a")).getDomProperty("href"))
        .isEqualTo(server.resolve("runs/" + id).toString());
    assertThat(read("runs/" + id).get("id").asText()).isEqualTo(id);
  }

  @Test
  void everyLinkLeadsSomewhere() {
    assertThat(browser.elements("main a"))
        .extracting(link -> URI.create(link.getDomProperty("href")))
        .hasSize(5)
        .allSatisfy(link -> assertThat(status(link)).as(link.toString()).isEqualTo(200));
  }

  private static int status(URI link) throws IOException {
    return ((HttpURLConnection) link.toURL().openConnection()).getResponseCode();
  }
}
