package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import aws.ItemLayout;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import covid.Day;
import covid.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import local.Fault;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Message;
import local.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Two processes at the same moment against one table, one bucket and one topic. */
@ExtendWith(LocalCloudExtension.class)
class TwoProcessesIT {
  private static final List<Day> DAYS =
      IntStream.range(0, 40)
          .mapToObj(i -> Day.of(LocalDate.parse("2020-01-22").plusDays(i), "US", 10 * i, i, i))
          .toList();

  private final LocalCloud cloud;
  @TempDir private Path folder;

  TwoProcessesIT(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void addEachDayExactlyOnceBetweenThemAndNeitherTakesTheOtherForDead() throws Exception {
    CountDownLatch oneIsThere = new CountDownLatch(1);
    CyclicBarrier bothAreThere = new CyclicBarrier(2);
    cloud.intercept(
        call -> {
          if (call.is(Service.DYNAMODB, "Scan")) {
            oneIsThere.countDown();
            assertThatCode(bothAreThere::await).doesNotThrowAnyException();
          }
          return Fault.none();
        });

    try (FeedServer feeds = feeds()) {
      Jar one = Jar.in(Files.createDirectory(folder.resolve("one")), cloud, feeds);
      Jar other = Jar.in(Files.createDirectory(folder.resolve("other")), cloud, feeds);
      Process first = one.start("run");
      // The second finds the mark of the first when it begins.
      oneIsThere.await();
      Process second = other.start("run");

      assertThat(one.end(first).exitCode()).isZero();
      assertThat(other.end(second).exitCode()).isZero();
    }

    assertThat(cloud.items())
        .containsExactlyInAnyOrderElementsOf(
            DAYS.stream().map(day -> ItemLayout.OF_ONE_PLACE.item(day, "")).toList());
    assertThat(cloud.object("CovidData.csv")).contains(set());
    assertThat(cloud.keys("dead-letter")).isEmpty();
    assertThat(cloud.keys("open-runs/")).isEmpty();
    assertThat(cloud.messages().stream().map(Message::subject))
        .containsExactly("Covid Table Update", "Covid Table Update");
    int added = 0;
    for (JsonNode report : reports()) {
      assertThat(report.get("days").get("joined").intValue()).isEqualTo(DAYS.size());
      assertThat(report.get("days").get("added").intValue())
          .isEqualTo(DAYS.size() - report.get("days").get("present").intValue());
      assertThat(report.get("unfinishedRuns")).isEmpty();
      assertThat(report.get("warnings")).isEmpty();
      added += report.get("days").get("added").intValue();
    }
    assertThat(added).isEqualTo(DAYS.size());
  }

  private List<JsonNode> reports() throws Exception {
    List<JsonNode> reports = new ArrayList<>();
    for (String key : cloud.keys("runs/")) {
      reports.add(new ObjectMapper().readTree(cloud.object(key).orElseThrow()));
    }
    assertThat(reports).hasSize(2);
    return reports;
  }

  private static FeedServer feeds() {
    StringBuilder nyt = new StringBuilder("date,cases,deaths\n");
    StringBuilder jhu = new StringBuilder("Date,Country/Region,Province/State,Recovered\n");
    for (Day day : DAYS) {
      nyt.append(
          "%s,%d,%d\n"
              .formatted(
                  day.date(), day.figures().get(Metric.CASES), day.figures().get(Metric.DEATHS)));
      jhu.append("%s,US,,%d\n".formatted(day.date(), day.figures().get(Metric.RECOVERED)));
    }
    FeedServer feeds = TestApplication.feeds();
    TestApplication.nyt(feeds, nyt.toString());
    TestApplication.jhu(feeds, jhu.toString());
    return feeds;
  }

  private static String set() {
    StringBuilder set = new StringBuilder("Date,Cases,Deaths,Country,Recovered\n");
    for (Day day : DAYS) {
      set.append(
          "%s,%d,%d,US,%d\n"
              .formatted(
                  day.date(),
                  day.figures().get(Metric.CASES),
                  day.figures().get(Metric.DEATHS),
                  day.figures().get(Metric.RECOVERED)));
    }
    return set.toString();
  }
}
