package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.util.List;
import java.util.stream.IntStream;
import local.LocalCloud;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long {@code errors.camel.yaml} waits between the tries; delays in milliseconds. */
class RetriesTest extends IngestTestBase {
  RetriesTest(LocalCloud cloud) {
    super(cloud);
  }

  @ParameterizedTest
  @CsvSource({
    "feedRetries, 700, 1300, 32308, 60000",
    "awsRetries, 250, 750, 6667, 20000",
    "catchUpRetries, 3500, 6500, 161538, 300000"
  })
  void writersThatFailTogetherDoNotComeBackTogetherHoweverLongTheyWait(
      String policy, long shortest, long longest, long shortestAtTheCap, long cap) {
    List<List<Long>> writers;
    try (TestApplication application = TestApplication.startWithDelays(cloud, feeds)) {
      writers = IntStream.range(0, 8).mapToObj(writer -> delays(application, policy)).toList();
    }

    assertThat(writers.stream().map(delays -> delays.get(0)).toList())
        .allSatisfy(delay -> assertThat(delay).isBetween(shortest, longest));
    assertThat(writers.stream().map(delays -> delays.get(19)).toList())
        .allSatisfy(delay -> assertThat(delay).isBetween(shortestAtTheCap, cap))
        .matches(delays -> delays.stream().distinct().count() > 4, "differ");
  }

  /** What one writer waits before each of 20 more tries. */
  private static List<Long> delays(TestApplication application, String name) {
    RedeliveryPolicy policy =
        application.context().getRegistry().lookupByNameAndType(name, RedeliveryPolicy.class);
    Long[] delays = new Long[20];
    for (int i = 0; i < delays.length; i++) {
      delays[i] = policy.calculateRedeliveryDelay(i == 0 ? 0 : delays[i - 1], i + 1);
    }
    return List.of(delays);
  }
}
