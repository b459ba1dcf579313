package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import local.Fault;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Polling;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** Holds the numbers of docs/operations.md, "What a day costs", against counted calls. */
@ExtendWith(LocalCloudExtension.class)
@Tag("slow")
class CostDocTest {
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| `(?<request>[^`]+)` \\| (?<first>[\\d.]+) \\| (?<later>[\\d.]+) \\|");

  private final LocalCloud cloud;

  CostDocTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void saysHowManyRequestsAFirstAndALaterRunMake() throws Exception {
    try (FeedServer feeds = FeedServer.synthetic(0, 1);
        TestApplication application = TestApplication.start(cloud, feeds, "site.publish", "true")) {
      double empty = units();
      CountDownLatch chart = new CountDownLatch(1);
      cloud.intercept(
          call -> {
            if (call.operation().equals("PUT covid-data/comparison.png")) {
              chart.countDown();
            }
            return Fault.none();
          });
      application.run();
      // The run does not wait for the chart.
      chart.await();
      Map<String, Double> first = counted();
      first.put("DynamoDB Scan, read units", empty);
      // The time of the set, which is on the site, is in seconds.
      Instant second =
          cloud
              .s3Client()
              .headObject(head -> head.bucket(cloud.bucket()).key("CovidData.csv"))
              .lastModified()
              .plusSeconds(1);
      Polling.until(() -> Instant.now().isAfter(second));
      cloud.forgetRequests();
      application.run();
      Map<String, Double> later = counted();
      later.put("DynamoDB Scan, read units", units());

      assertThat(documented("first")).as("the first run").isEqualTo(first);
      assertThat(documented("later")).as("a later run").isEqualTo(withZeros(later, first));
    }
  }

  private static Map<String, Double> withZeros(Map<String, Double> some, Map<String, Double> all) {
    Map<String, Double> zeros = new TreeMap<>(all);
    zeros.replaceAll((request, count) -> some.getOrDefault(request, 0.0));
    return zeros;
  }

  /** By what AWS counts and charges. */
  private Map<String, Double> counted() {
    return cloud.requests().stream()
        .map(CostDocTest::kind)
        .collect(Collectors.toMap(kind -> kind, kind -> 1.0, Double::sum, TreeMap::new));
  }

  private static String kind(String request) {
    Matcher list = Pattern.compile("S3 GET [^/?]+/?\\?.*").matcher(request);
    if (list.matches()) {
      return "S3 LIST";
    }
    String[] words = request.split(" ");
    return words[0] + " " + words[1];
  }

  /** What a scan of the table takes as it is now. */
  private double units() {
    ConsumedCapacity capacity =
        cloud
            .dynamoDbClient()
            .scan(
                scan ->
                    scan.tableName(cloud.table())
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
            .consumedCapacity();
    return capacity.capacityUnits();
  }

  private static Map<String, Double> documented(String run) throws IOException {
    List<String> lines = Files.readAllLines(Path.of("docs", "operations.md"));
    return ROW.matcher(String.join("\n", lines))
        .results()
        .collect(
            Collectors.toMap(
                row -> row.group(1),
                row -> Double.valueOf(row.group(run.equals("first") ? 2 : 3)),
                Double::sum,
                TreeMap::new));
  }
}
