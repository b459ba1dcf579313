package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import feeds.BodyCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** The bodies of feeds are kept, and a pull asks only for what has changed since the last one. */
class RawBodiesTest extends RawTestBase {
  RawBodiesTest(LocalCloud cloud) {
    super(cloud);
  }

  // --- Kept bodies

  @Test
  void keepsTheBodyOfEachFeedAsItCame() throws Exception {
    run();

    assertThat(cloud.keys("raw/"))
        .containsExactlyInAnyOrder(raw(TestApplication.NYT), raw(TestApplication.JHU));
    assertThat(kept(raw(TestApplication.NYT))).isEqualTo(TestApplication.NYT);
    assertThat(kept(raw(TestApplication.JHU))).isEqualTo(TestApplication.JHU);
    HeadObjectResponse head =
        cloud
            .s3Client()
            .headObject(get -> get.bucket(cloud.bucket()).key(raw(TestApplication.NYT)));
    assertThat(head.contentType()).isEqualTo("application/gzip");
  }

  @Test
  void asksNothingOfABodyThatTheLastPullHasKept() throws Exception {
    run();
    cloud.forgetRequests();
    run();

    assertThat(cloud.requests()).noneMatch(request -> request.contains("/raw/"));
  }

  @Test
  void keepsOnceWhatAFeedGoesBackTo() throws Exception {
    run();
    TestApplication.nyt(feeds, LATER_NYT);
    run();
    TestApplication.nyt(feeds, TestApplication.NYT);
    cloud.forgetRequests();
    RunReport report = run();

    assertThat(report.warnings()).isEmpty();
    assertThat(count("S3 PUT covid-data/raw/")).isEqualTo(1);
    assertThat(count("S3 HEAD covid-data/raw/")).isEqualTo(1);
    assertThat(pulls()).extracting(last -> last.sha256()).contains(sha256(TestApplication.NYT));
  }

  @Test
  void putsABodyAgainThatIsOlderThanHalfTheTimeThatItIsKept() throws Exception {
    serveBoth();
    run();
    // Older than half of two milliseconds, whenever the next run comes.
    application("raw.keep", "2ms");
    cloud.forgetRequests();
    RunReport report = run();

    assertThat(report.warnings()).isEmpty();
    assertThat(nytCondition()).isEmpty();
    // One that finds the object, and one that replaces it, of both feeds.
    assertThat(count("S3 PUT covid-data/raw/")).isEqualTo(4);
    assertThat(kept(raw(TestApplication.NYT))).isEqualTo(TestApplication.NYT);
  }

  @Test
  void keepsNoBodyAndAsksForTheWholeFeedIfToldSo() throws Exception {
    serveBoth();
    application("raw.keep", "0");
    run();
    run();

    assertThat(cloud.keys("raw/")).isEmpty();
    assertThat(pulls()).isEmpty();
    assertThat(nytCondition()).isEmpty();
  }

  @Test
  void keepsNoBodyOfAPreview() {
    serveBoth();
    assertThat(previewed()).isEqualTo(3);
    assertThat(cloud.keys("raw/")).isEmpty();
  }

  private int previewed() {
    try {
      return application().preview().joined().days().size();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keepsTheBodyOfARefusedPull() throws Exception {
    TestApplication.nyt(feeds, "date,cases,deaths\n");

    assertThat(run().status()).isEqualTo(RunStatus.REFUSED);
    assertThat(cloud.keys("raw/")).contains(raw("date,cases,deaths\n"));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 404})
  void leavesNoTemporaryFile(int status) throws Exception {
    if (status != 200) {
      feeds.answer("/us.csv", exchange -> exchange.sendResponseHeaders(status, -1));
    }
    run();

    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith(BodyCopy.PREFIX)))
          .isEmpty();
    }
  }

  // --- Conditional pulls

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"v1\" | | If-None-Match: \"v1\"",
        "W/\"v1\" | | If-None-Match: W/\"v1\"",
        "\"a,b c%/+é\" | | ",
        "\"a,b%/+é\" | | If-None-Match: \"a,b%/+é\"",
        "\"\" | | If-None-Match: \"\"",
        "\"v1\" | Sat, 25 Jan 2020 05:00:00 GMT | If-None-Match: \"v1\"",
        " | Sat, 25 Jan 2020 05:00:00 GMT | If-Modified-Since: Sat, 25 Jan 2020 05:00:00 GMT",
        "* | | ",
        "v1 | | ",
        "\"a\"b\" | | ",
        "v1 | Sat, 25 Jan 2020 05:00:00 GMT | If-Modified-Since: Sat, 25 Jan 2020 05:00:00 GMT",
        " | yesterday | ",
        " | Sat, 25 Jan 2070 05:00:00 GMT | ",
      })
  void asksWithTheValidatorOfTheLastPull(String etag, String modified, String condition)
      throws Exception {
    feeds.answer(
        "/us.csv", TestApplication.NYT, etag == null ? "" : etag, modified == null ? "" : modified);
    run();
    assertThat(nytCondition()).isEmpty();
    RunReport second = run();

    assertThat(second.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(nytCondition()).isEqualTo(condition == null ? "" : condition);
    assertThat(nyt(second).unchangedSince() != null).isEqualTo(condition != null);
    assertThat(cloud.object("CovidData.csv")).contains(SET);
  }

  @Test
  void asksLittleWhenNothingIsNew() throws Exception {
    serveBoth();
    Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    RunReport first = run();
    cloud.forgetRequests();
    RunReport report = run();

    assertThat(cloud.requests()).hasSizeLessThanOrEqualTo(9);
    assertThat(cloud.requests()).noneMatch(request -> request.contains("/raw/"));
    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 0, 3, 0, 0));
    assertThat(report.archive()).isEqualTo(first.archive());
    assertThat(report.feeds())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("unchangedSince")
        .isEqualTo(first.feeds());
    assertThat(nyt(report).unchangedSince()).isBetween(begin, Instant.now());
    assertThat(cloud.messages().get(1).text())
        .contains("1 days only here, unchanged since " + nyt(report).unchangedSince());
  }

  @Test
  void areNotReadAgainThoughAWebhookDidNotGetTheMessageOfTheRunBefore() throws Exception {
    serveBoth();
    Posts posts = new Posts(feeds);
    posts.answer("/hook", 404);
    application("announce.webhook", posts.at("/hook").toString());
    run();
    cloud.forgetRequests();
    RunReport second = run();

    assertThat(second.unfinishedRuns()).hasSize(1);
    assertThat(nyt(second).unchangedSince()).isNotNull();
    assertThat(count("S3 GET covid-data/raw/")).isZero();
  }

  @Test
  void saysSinceWhenAFeedIsTheSameHoweverManyRunsHaveAsked() throws Exception {
    serveBoth();
    run();
    Instant since = nyt(run()).unchangedSince();
    serveJhu(LATER_JHU);
    RunReport third = run();

    assertThat(nyt(third).unchangedSince()).isEqualTo(since);
    assertThat(jhu(third).unchangedSince()).isNull();
  }

  @Test
  void fillsATableAgainAlthoughNothingIsNew() throws Exception {
    serveBoth();
    run();
    cloud
        .dynamoDbClient()
        .deleteItem(
            delete ->
                delete
                    .tableName(cloud.table())
                    .key(Map.of("Date", AttributeValue.fromS("2020-01-23"))));
    RunReport report = run();

    assertThat(report.added()).isEqualTo(1);
    assertThat(cloud.items()).contains(item(DAY_23));
  }

  @Test
  void readsTheKeptBodyOfAFeedWhenTheOtherHasChanged() throws Exception {
    serveBoth();
    run();
    serveNyt(LATER_NYT.replace("2020-01-22,1,0", "2020-01-22,2,0"));
    cloud.forgetRequests();
    RunReport report = run();

    assertThat(cloud.requests()).hasSizeLessThanOrEqualTo(13);
    assertThat(count("S3 GET covid-data/" + raw(TestApplication.JHU))).isEqualTo(1);
    assertThat(jhu(report).rows()).isEqualTo(3);
    assertThat(jhu(report).etag()).isEqualTo(etag(TestApplication.JHU));
    assertThat(jhu(report).unchangedSince()).isNotNull();
    assertThat(nyt(report).onlyHere()).isEqualTo(2);
    assertThat(cloud.object("CovidData.csv").orElseThrow()).contains("2020-01-22,2,0");
    assertThat(pulls()).extracting(last -> last.feed()).containsExactly("jhu", "nyt");
  }

  @Test
  void quarantinesTheRowsOfAFeedAgainThatHasNotChanged() throws Exception {
    application("gate.max-bad-rows", "50%");
    serveBoth();
    serveNyt(TestApplication.NYT + "2020-01-25,x,0\n");
    run();
    RunReport second = run();

    assertThat(nyt(second).quarantined()).isEqualTo(1);
    assertThat(nyt(second).unchangedSince()).isNotNull();
    assertThat(cloud.object("quarantine/" + second.id() + ".csv")).isPresent();
  }

  @Test
  void namesTheIncompleteDaysOfAFeedAgainThatHasNotChanged() throws Exception {
    serveBoth();
    serveJhu(
        """
        Date,Country/Region,Province/State,Confirmed,Recovered,Deaths
        2020-01-22,US,A,9,0,9
        2020-01-22,US,B,9,0,9
        2020-01-23,US,A,9,1,9
        """);
    run();
    RunReport second = run();

    assertThat(jhu(second).incomplete()).hasSize(1);
    assertThat(jhu(second).unchangedSince()).isNotNull();
  }

  @Test
  void reportsAStalledFeedOnceAlthoughItHasNotChanged() throws Exception {
    application("feed.stalled-after", "7d");
    serveBoth();
    assertThat(run().warnings()).hasSize(2);
    RunReport second = run();

    assertThat(second.feeds()).allMatch(feed -> feed.stalled() && feed.unchangedSince() != null);
    assertThat(second.warnings()).isEmpty();
  }

  @Test
  void reportsAFeedThatStallsWhileItDoesNotChange() throws Exception {
    serveBoth();
    run();
    application("feed.stalled-after", "7d");
    RunReport second = run();

    assertThat(nyt(second).unchangedSince()).isNotNull();
    assertThat(second.warnings())
        .hasSize(2)
        .first()
        .asString()
        .contains("jhu has stalled: its newest day is 2020-01-24");
  }

  @ParameterizedTest
  @CsvSource({
    "feed.jhu.columns, 'date=Date, place=Country/Region, part=Province/State, recovered=Deaths'",
    "feed.jhu.encoding, ISO-8859-1",
  })
  void asksForTheWholeFeedWhenItIsReadInAnotherWay(String setting, String value) throws Exception {
    serveBoth();
    run();
    application(setting, value, "gate.max-changed-days", "100%");
    run();

    assertThat(jhuCondition()).isEmpty();
  }

  // --- What it costs

  private static final Pattern REQUEST = Pattern.compile("(?m)^\\| \\d+ \\| `([^`]+)` \\|");

  @Test
  void aRunOnTwoChangedFeedsMakesTheRequestsThatTheGuideListsOneByOne() throws Exception {
    serveBoth();
    run();
    serveNyt(LATER_NYT);
    serveJhu(LATER_JHU);
    cloud.forgetRequests();

    assertThat(run().added()).isEqualTo(1);

    String guide = Files.readString(Path.of("docs", "operations.md"));
    assertThat(cloud.requests().stream().map(RawBodiesTest::withoutNames))
        .containsExactlyElementsOf(
            REQUEST.matcher(guide).results().map(row -> row.group(1)).toList());
  }

  private static String withoutNames(String request) {
    return request
        .replaceFirst("S3 GET covid-data/?\\?.*prefix=([^&]+).*", "S3 LIST $1")
        .replace("%2F", "/")
        .replace("covid-data/", "")
        .replaceFirst("[0-9a-f]{64}", "SHA256")
        .replaceFirst("(runs|versions)/[-\\dTZa-f]+[.]", "$1/ID.");
  }
}
