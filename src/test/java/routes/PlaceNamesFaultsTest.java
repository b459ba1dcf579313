package routes;

import static local.Faults.DENIED;
import static local.Faults.always;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.util.Optional;
import local.Fault;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The names that a feed gives for places, from the feed to its readers, and what may be in the way.
 */
@ExtendWith(LocalCloudExtension.class)
class PlaceNamesFaultsTest {
  private static final String NAMES = "who/places.csv";
  private static final String SHIP = "/totals?place=XXF";
  private static final String NAMED = "\"name\":\"Ship at sea\"";
  private static final String NAMELESS = "\"name\":\"XXF\"";

  private final LocalCloud cloud;
  private FeedServer feeds;
  private Api who;

  PlaceNamesFaultsTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @BeforeEach
  void start() throws IOException {
    feeds = TestApplication.feeds();
    who =
        Api.open(
            Optional.of("who"),
            cloud,
            feeds,
            "feed.who.url",
            feeds.nyt().toString(),
            "feed.stalled-after",
            "90000d",
            "store.table",
            cloud.tableOfPlaces(),
            "http.refresh",
            "1ms");
  }

  @AfterEach
  void stop() {
    who.close();
    feeds.close();
  }

  /** A run of a feed with a day more than the one before. */
  private RunReport run(int days) throws Exception {
    StringBuilder csv =
        new StringBuilder(
            "Date_reported,Country_code,Country,Cumulative_cases,Cumulative_deaths\n");
    for (int day = 1; day <= days; day++) {
      csv.append("2021-01-0%1$d,XXF,Ship at sea,%1$d,0\n".formatted(day));
    }
    TestApplication.nyt(feeds, csv.toString());
    return who.application().run();
  }

  @Test
  void publishesTheSetWithoutNamesThatCannotBeWritten() throws Exception {
    cloud.intercept(always(toS3("PUT", NAMES), DENIED));
    RunReport report = run(1);

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.warnings())
        .singleElement()
        .asString()
        .startsWith("The step archive-names failed: ");
    assertThat(cloud.object(NAMES)).isEmpty();
    assertThat(who.get(SHIP).body()).contains(NAMELESS);

    cloud.intercept(call -> Fault.none());
    assertThat(run(2).warnings()).isEmpty();
    assertThat(who.get(SHIP).body()).contains(NAMED);
  }

  @Test
  void servesFiguresWithoutNamesThatTheBucketDoesNotGive() throws Exception {
    cloud.intercept(always(toS3("GET", NAMES), DENIED));
    run(1);
    try (LogLines log = new LogLines()) {
      assertThat(who.get(SHIP).body()).contains(NAMELESS);
      assertThat(log.texts())
          .anyMatch(line -> line.startsWith("The names of places cannot be read: "));
    }

    cloud.intercept(call -> Fault.none());
    run(2);
    assertThat(who.get(SHIP).body()).contains(NAMED);
  }
}
