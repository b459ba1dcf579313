package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import local.FeedServer;
import local.LocalCloud;
import local.SiteServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The dashboard of many places as plain files in the bucket. */
@Tag("slow")
class DashboardPlacesSiteIT extends DashboardPlacesChecks {
  private static LocalCloud cloud;
  private static SiteServer site;

  @BeforeAll
  static void publishOnce() throws Exception {
    cloud = LocalCloud.inMemory();
    cloud.systemProperties().forEach(System::setProperty);
    try (FeedServer feeds = FeedServer.synthetic(0, 1);
        TestApplication application =
            TestApplication.serve(
                Optional.of("world"),
                cloud,
                feeds,
                "feed.synthetic",
                "false",
                "site.publish",
                "true",
                "http.port",
                TestApplication.freePort(),
                "management.port",
                TestApplication.freePort())) {
      publish(cloud, application);
      application.context().createProducerTemplate().sendBody("direct:publish-site", null);
    }
    site = SiteServer.of(cloud, "world/site");
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
    if (cloud != null) {
      cloud.systemProperties().keySet().forEach(System::clearProperty);
      cloud.close();
    }
  }

  @Override
  URI page() {
    return site.uri();
  }

  @Test
  void readsOneFileForEachPlaceThatIsShown() {
    browser.open(URI.create(page() + "?place=France&place=Korea,+South"));
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
