package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import feeds.ArchiveRecords;
import java.util.Map;
import java.util.stream.Stream;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest extends IngestTestBase {
  RefusalTest(LocalCloud cloud) {
    super(cloud);
  }

  static Stream<Arguments> badPulls() {
    return Stream.of(
        Arguments.of(
            "<!DOCTYPE html>\n<html><body>Sorry</body></html>\n",
            TestApplication.JHU,
            "Feed nyt has no column 'date', 'cases', 'deaths': "),
        Arguments.of("", TestApplication.JHU, "Feed nyt has no column 'date', 'cases', 'deaths': "),
        Arguments.of(
            TestApplication.NYT,
            "version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 12\n",
            "Feed jhu has no column 'Date', 'Country/Region', 'Recovered': "),
        Arguments.of(
            TestApplication.NYT,
            TestApplication.JHU.replace("US", "Utopia"),
            "Feed jhu has no rows of country 'US': "),
        Arguments.of(
            "date,cases,deaths\n2021-01-01,1,1\n",
            TestApplication.JHU,
            "No day is in every feed: "),
        Arguments.of(
            TestApplication.NYT.replace("2,1\n", "x,1\n"),
            TestApplication.JHU,
            "Feed nyt has 1 bad rows of 4, more than gate.max-bad-rows allows; "),
        Arguments.of(
            "date,cases,deaths\n2020-01-24,5,1\n",
            TestApplication.JHU,
            "2 of the 3 days archived last are gone (2020-01-22, 2020-01-23), "));
  }

  @ParameterizedTest
  @MethodSource("badPulls")
  void refusesABadPullAndLeavesEverythingAsItWas(String nyt, String jhu, String reason)
      throws Exception {
    run();
    TestApplication.nyt(feeds, nyt);
    TestApplication.jhu(feeds, jhu);
    cloud.forgetRequests();

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.REFUSED);
    assertThat(report.reason()).startsWith(reason);
    assertThat(cloud.object("CovidData.csv")).contains(SET);
    assertThat(cloud.items()).hasSize(3);
    assertThat(count("DynamoDB")).isZero();
    assertThat(cloud.object("runs/" + report.id() + ".json").orElseThrow())
        .contains("\"status\" : \"refused\"");
    assertThat(cloud.messages()).hasSize(2);
    assertThat(cloud.messages().get(1).subject()).isEqualTo("Covid Table Update FAILED");
    assertThat(cloud.messages().get(1).text()).startsWith(reason);
    assertThat(cloud.messages().get(1).attributes()).containsEntry("status", "refused");
  }

  @Test
  void keepsTheQuarantineOfARefusedRun() throws Exception {
    TestApplication.nyt(feeds, TestApplication.NYT.replace("2,1\n", "x,1\n"));

    RunReport report = run();

    assertThat(cloud.object("quarantine/" + report.id() + ".csv"))
        .contains(
            """
            Feed,Line,Reason,Raw
            nyt,4,cases 'x' is not a number,"2020-01-23,x,1"
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"something else | it begins with \"something else\"", "'' | it is empty"})
  void failsOnAnArchiveThatIsNoneOfItsOwn(String text, String why) throws Exception {
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key("CovidData.csv"),
            software.amazon.awssdk.core.sync.RequestBody.fromString(text));

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo(
            "The object CovidData.csv in the bucket covid-data is not a set of this program (%s)"
                    .formatted(why)
                + ": restore it from a copy that has its metadata, too, such as an earlier version of"
                + " the object; if you put it back without them, remove it, or choose another key"
                + " by the setting archive.key, the history of versions begins anew.");
    assertThat(cloud.object("CovidData.csv")).contains(text);
  }

  @Test
  void aSetThatIsCutAtTheEndOfALineIsNotTakenForThePublishedOne() throws Exception {
    run();
    String cut = SET.substring(0, SET.indexOf("2020-01-23"));
    Map<String, String> metadata =
        cloud
            .s3Client()
            .headObject(head -> head.bucket(cloud.bucket()).key("CovidData.csv"))
            .metadata();
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key("CovidData.csv").metadata(metadata),
            software.amazon.awssdk.core.sync.RequestBody.fromString(cut));
    // With a feed as short as that, which the gate would pass.
    TestApplication.nyt(feeds, "date,cases,deaths\n2020-01-22,1,0\n");

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.FAILED);
    assertThat(report.reason())
        .isEqualTo(
            "The object CovidData.csv in the bucket covid-data is damaged (it has 1 rows to"
                + " 2020-01-22; its metadata say 3 rows to 2020-01-24): "
                + ArchiveRecords.REMEDY
                + ".");
    assertThat(cloud.object("CovidData.csv")).contains(cut);
  }
}
