package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import covid.RunSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import web.Json;

/**
 * What version 0.1 has left in table and bucket is taken up, and what is written it can read. The
 * files under {@code v0.1/} were written by its jar, in runs on days that failed and on a topic
 * that was denied; only host and address are others.
 */
class Version01Test extends IngestTestBase {
  /** What reports have had since. */
  private static final String ADDED = ",\n    \"incomplete\" : [ ]";

  private final Json json = new Json();

  Version01Test(LocalCloud cloud) {
    super(cloud);
  }

  /** The text of a file that version 0.1 has written. */
  static String file(String name) {
    try (InputStream file = Version01Test.class.getResourceAsStream("/v0.1/" + name)) {
      return new String(requireNonNull(file).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RunReport report() throws IOException {
    return json.read(file("report.json").getBytes(UTF_8), RunReport.class).orElseThrow();
  }

  private void leave(String key, String name) {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(file(name), UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "report.json, covid.RunReport",
    "dead-letter.json, covid.DeadLetter",
    "open-run.json, covid.RunMarker",
    "unannounced-run.json, covid.RunMarker"
  })
  void readsADocumentAndWritesItToTheByteButForWhatWasAdded(String name, Class<?> type)
      throws Exception {
    Object document = json.read(file(name).getBytes(UTF_8), type).orElseThrow();

    String written = json.of(type).getObjectMapper().writeValueAsString(document);

    assertThat(written.replace(ADDED, "")).isEqualTo(file(name));
  }

  @Test
  void tellsOfTheSameRunInTheSameWords() throws Exception {
    assertThat(RunSummary.of(report()))
        .isEqualTo(new RunSummary("Covid Table Update", file("message.txt")));
  }

  @Test
  void replaysItsDeadLetterAndNamesItsRunsAndPublishesTheSameSet() throws Exception {
    TestApplication.nyt(
        feeds,
        TestApplication.NYT.replace("2020-01-22,1,0", "2020-01-22,2,0") + "2020-01-25,7,2\n");
    TestApplication.jhu(feeds, TestApplication.JHU + "2020-01-25,US,,9,3,9\n");
    store(DAY_22);
    leave("CovidData.csv", "CovidData.csv");
    leave("dead-letter/2020-01-23.json", "dead-letter.json");
    leave("open-runs/2026-11-28T21-53-26Z-d98c.json", "unannounced-run.json");
    leave("open-runs/2026-11-28T21-54-09Z-9967.json", "open-run.json");

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(4, 3, 1, 1, 0));
    assertThat(report.replay().added()).containsExactly(DAY_23.key());
    assertThat(report.unfinishedRuns()).isEqualTo(report().unfinishedRuns());
    assertThat(report.archive())
        .usingRecursiveComparison()
        .ignoringFields("version")
        .isEqualTo(report().archive());
    assertThat(cloud.object("CovidData.csv")).contains(file("CovidData.csv"));
    assertThat(cloud.items())
        .contains(
            Map.of(
                "Date", AttributeValue.fromS("2020-01-23"),
                "Country", AttributeValue.fromS("US"),
                "Cases", AttributeValue.fromN("2"),
                "Deaths", AttributeValue.fromN("1"),
                "Recovered", AttributeValue.fromN("1")));
    assertThat(cloud.keys("dead-letter/")).isEmpty();
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }
}
