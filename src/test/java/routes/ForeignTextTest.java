package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import covid.RunReport;
import covid.RunStatus;
import java.util.regex.Pattern;
import local.LocalCloud;
import local.LogLines;
import local.RawFeed;
import org.junit.jupiter.api.Test;

/** Text of a feed must not become anything else where it is shown: no line, no formula. */
class ForeignTextTest extends IngestTestBase {
  /** Ends lines in every way, and would write a line of its own. */
  private static final String LINES =
      "1\r\n2\n3\r4\u00855\u20286\u20297\u000b8\f9\u001b[2J\u0007\u202ex";

  private static final String UNPRINTABLE = "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]";

  ForeignTextTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void keepsQuarantinedRowsFromBeingFormulas() throws Exception {
    application("gate.max-bad-rows", "100%");
    TestApplication.nyt(
        feeds,
        TestApplication.NYT
            + "=1+1,1,0\n"
            + "+1,1,0\n"
            + "-1,1,0\n"
            + "@SUM(A1),1,0\n"
            + " =1+1,1,0\n"
            + "\t=1+1,1,0\n"
            + "\uff1d1+1,1,0\n"
            + "\"=1+1\",1,0\n");

    RunReport report = run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(cloud.object("quarantine/" + report.id() + ".csv"))
        .contains(
            """
            Feed,Line,Reason,Raw
            nyt,6,date '=1+1' is not YYYY-MM-DD,"'=1+1,1,0"
            nyt,7,date '+1' is not YYYY-MM-DD,"'+1,1,0"
            nyt,8,date '-1' is not YYYY-MM-DD,"'-1,1,0"
            nyt,9,date '@SUM(A1)' is not YYYY-MM-DD,"'@SUM(A1),1,0"
            nyt,10,date ' =1+1' is not YYYY-MM-DD,"' =1+1,1,0"
            nyt,11,date '\\u0009=1+1' is not YYYY-MM-DD,"\\u0009=1+1,1,0"
            nyt,12,date '\uff1d1+1' is not YYYY-MM-DD,"'\uff1d1+1,1,0"
            nyt,13,date '=1+1' is not YYYY-MM-DD,""\"=1+1"",1,0"
            """);
  }

  @Test
  void keepsAQuarantinedRowOfManyLinesInOne() throws Exception {
    application("gate.max-bad-rows", "100%");
    TestApplication.nyt(
        feeds, TestApplication.NYT + "\"a\r\n=2+2\",1,0\n2020-01-25,\"\0\n=3\",0\n");

    RunReport report = run();

    assertThat(cloud.object("quarantine/" + report.id() + ".csv"))
        .contains(
            """
            Feed,Line,Reason,Raw
            nyt,6,date 'a\\u000d\\u000a=2+2' is not YYYY-MM-DD,""\"a\\u000d\\u000a=2+2"",1,0"
            nyt,8,cases '\\u0000\\u000a=3' is not a number,"2020-01-25,""\\u0000\\u000a=3"",0"
            """);
  }

  @Test
  void addsNoLineToTheLogAndTheMessage() throws Exception {
    String reason =
        "Feed nyt has 1 bad rows of 4, more than gate.max-bad-rows allows; the first is line 4:"
            + " cases '1 2 3 4 5 6 7 8 9 [2J x' is not a number.";
    TestApplication.nyt(feeds, TestApplication.NYT.replace("23,2,", "23,\"" + LINES + "\","));

    try (LogLines log = new LogLines()) {
      RunReport report = run();

      assertThat(report.reason()).isEqualTo(reason);
      assertThat(log.texts()).contains("Run %s is refused: %s".formatted(report.id(), reason));
      assertThat(log.lines()).noneMatch(ForeignTextTest::holdsMoreThanALine);
      assertThat(cloud.messages().get(0).text()).startsWith(reason + "\n\nRun ");
      assertThat(cloud.messages().get(0).text().lines())
          .noneMatch(line -> line.matches(".*" + UNPRINTABLE + ".*"));
    }
  }

  @Test
  void addsNoLineByWhatAServerAnswers() throws Exception {
    try (RawFeed feed =
            RawFeed.saying(
                "HTTP/1.1 404 Not\u001b[2J\u0085Found\u2028\rRun x ends: succeeded\r\n",
                "ETag: \"\u001b[2J\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        LogLines log = new LogLines()) {
      application("feed.nyt.url", feed.uri().toString(), "feed.retries", "0");

      RunReport report = run();

      assertThat(report.reason()).startsWith("Feed nyt: " + feed.uri() + " answered 404 Not");
      assertThat(report.reason()).doesNotContainPattern(UNPRINTABLE);
      assertThat(log.lines()).isNotEmpty().noneMatch(ForeignTextTest::holdsMoreThanALine);
      assertThat(cloud.messages().get(0).text()).startsWith(report.reason() + "\n\nRun ");
    }
  }

  private static boolean holdsMoreThanALine(String logged) {
    return !logged.endsWith("\n")
        || Pattern.compile(UNPRINTABLE).matcher(logged.substring(0, logged.length() - 1)).find();
  }
}
