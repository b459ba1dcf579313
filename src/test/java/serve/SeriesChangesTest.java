package serve;

import static org.assertj.core.api.Assertions.assertThat;

import covid.Day;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import routes.VersionPublisher;
import software.amazon.awssdk.services.s3.S3Client;
import versions.Version.PlaceSeries;

/** Of series that are too many to be kept in memory: none of them is. */
@ExtendWith(LocalCloudExtension.class)
class SeriesChangesTest {
  private static final String SET =
      """
      Date,Cases,Deaths,Country,Recovered
      2020-01-22,1,0,US,0
      2020-01-23,2,1,US,1
      2020-01-24,5,1,US,2
      """;

  private final LocalCloud cloud;
  private final S3Client s3;

  SeriesChangesTest(LocalCloud cloud) {
    this.cloud = cloud;
    s3 = cloud.watchedS3Client();
  }

  @AfterEach
  void close() {
    s3.close();
  }

  private SeriesChanges changes() {
    return new SeriesChanges(
        new SeriesObjects(
            new BucketObjects(s3, cloud.bucket(), ""),
            Clock.systemUTC(),
            new Failures(failure -> String.valueOf(failure.getMessage())),
            new ParallelReads(ForkJoinPool.commonPool()),
            0));
  }

  private List<String> seriesRead() {
    return cloud.requests().stream().filter(request -> request.contains("/series/")).toList();
  }

  @Test
  void theChangesOfAnotherDayNeedNoSeriesAgain() throws Exception {
    VersionPublisher publisher = new VersionPublisher(cloud, "", 2);
    PlaceSeries first = publisher.publish("2026-11-20T12:00:00Z", SET).series().get(0);
    PlaceSeries second =
        publisher.publish("2026-11-21T12:00:00Z", SET.replace("24,5,", "24,6,")).series().get(0);
    SeriesChanges changes = changes();
    cloud.forgetRequests();

    assertThat(changes.of(LocalDate.parse("2020-01-23"), first, second)).isEmpty();

    assertThat(seriesRead()).hasSize(2);
    cloud.forgetRequests();
    assertThat(changes.of(LocalDate.parse("2020-01-24"), first, second).orElseThrow().after())
        .isEqualTo(Day.of(LocalDate.parse("2020-01-24"), "US", 6, 1, 2));
    assertThat(seriesRead()).isEmpty();
  }
}
