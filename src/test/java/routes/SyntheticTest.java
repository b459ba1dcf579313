package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.util.Map;
import local.LocalCloud;
import org.junit.jupiter.api.Test;

/** Invented figures, which no source is credited with. */
class SyntheticTest extends ApiTestBase {
  private static final String TRUE = "\"synthetic\":true";

  SyntheticTest(LocalCloud cloud) {
    super(cloud, "http.refresh", "1ms", "feed.synthetic", "true", "site.publish", "true");
  }

  @Test
  void areCalledSoWhereverTheyAreShown() throws Exception {
    api.application().run();

    assertThat(api.get("/totals").body()).contains(TRUE);
    assertThat(api.get("/days").body()).contains(TRUE);
    assertThat(api.get("/chart.svg").body())
        .contains("SYNTHETIC", "Synthetic: these figures are invented")
        .doesNotContain("Times", "Hopkins");
    assertThat(cloud.object("site/totals.json").orElseThrow()).contains(TRUE);
    assertThat(cloud.object("site/days.json").orElseThrow()).contains(TRUE);
    assertThat(cloud.object("site/chart.svg").orElseThrow())
        .contains("Synthetic: these figures are invented")
        .doesNotContain("Times", "Hopkins");
  }

  /** The metadata of the set says so. */
  @Test
  void areCalledSoByAReaderWithoutTheSetting() throws Exception {
    api.application().run();

    try (Api other = another("http.refresh", "1ms")) {
      assertThat(other.get("/totals").body()).contains(TRUE);
      assertThat(other.get("/chart.svg").body()).doesNotContain("Times", "Hopkins");
    }
  }

  @Test
  void areNotThoseOfASetThatSaysSo() throws Exception {
    TestApplication.nyt(feeds, TestApplication.NYT.replace("24,5,", "24,6,"));
    try (Api real = another("http.refresh", "1ms")) {
      real.application().run();
    }

    assertThat(metadata()).containsEntry("synthetic", "false");
    assertThat(api.get("/totals").body()).doesNotContain("synthetic");
    assertThat(api.get("/chart.svg").body())
        .contains("Sources: New York Times; Johns Hopkins CSSE");
  }

  /** Version 0.1 noted nothing with it. */
  @Test
  void areWhatTheSettingSaysWhereTheSetSaysNothing() throws Exception {
    put("CovidData.csv", SET);

    assertThat(api.get("/totals").body()).contains(TRUE);
    try (Api real = another("http.refresh", "1ms")) {
      assertThat(real.get("/totals").body()).doesNotContain("synthetic");
    }
  }

  @Test
  void areNotMixedWithCountedOnes() throws Exception {
    api.application().run();
    String before = cloud.object("CovidData.csv").orElseThrow();
    TestApplication.nyt(feeds, TestApplication.NYT + "2020-01-25,9,1\n");
    TestApplication.jhu(feeds, TestApplication.JHU + "2020-01-25,US,,9,2,9\n");

    try (Api real = another("http.refresh", "1ms")) {
      RunReport report = real.application().run();

      assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
      assertThat(report.reason())
          .isEqualTo(
              "The published set is synthetic and these feeds are not (feed.synthetic): begin anew"
                  + " with another table and another archive.key.");
    }
    assertThat(cloud.object("CovidData.csv")).contains(before);
    assertThat(cloud.items()).hasSize(3);
  }

  private Map<String, String> metadata() {
    return cloud
        .s3Client()
        .headObject(head -> head.bucket(cloud.bucket()).key("CovidData.csv"))
        .metadata();
  }
}
