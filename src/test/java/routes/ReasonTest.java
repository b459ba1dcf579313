package routes;

import static org.assertj.core.api.Assertions.assertThat;

import covid.FeedLayout;
import covid.Metric;
import covid.PullRefusedException;
import covid.RunFailedException;
import feeds.FeedSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.core5.http.ProtocolException;
import org.junit.jupiter.api.Test;
import web.Problem;
import web.ProblemException;

/** What is true of every reason; the sentences themselves are in {@link CausesTest}. */
class ReasonTest {
  private static final FeedSource FEED =
      new FeedSource(
          "nyt",
          URI.create("https://me:secret@feeds.test/us.csv?key=secret"),
          FeedLayout.parse("date=date, cases=cases", Metric.PUBLISHED));

  @Test
  void isTheSentenceOfAnErrorThatIsThrownForPeopleHoweverDeepItLies() {
    Throwable error = new RunFailedException("The set is gone.");
    assertThat(Reason.of(error)).isEqualTo("The set is gone.");
    assertThat(Reason.of(new IllegalStateException("around", error))).isEqualTo("The set is gone.");
    assertThat(Reason.of(new PullRefusedException("No such column."))).isEqualTo("No such column.");
  }

  @Test
  void saysToOperatorsWhatReadersAreNotTold() {
    Problem away = Problem.away("The archive does not answer; try again in a little while.");

    assertThat(Reason.of(new ProblemException(away, new RunFailedException("Bucket b is gone."))))
        .isEqualTo("Bucket b is gone.");
    assertThat(Reason.of(new ProblemException(away))).isEqualTo(away.detail());
  }

  @Test
  void namesTheStepThatFailedUnexpectedlyAndItsClassOnlyInTheLog() {
    Throwable error = new RuntimeException("around", new IllegalStateException("no days"));

    assertThat(Reason.of(error, "store-days"))
        .isEqualTo("The step store-days failed unexpectedly (no days); see the log.");
    assertThat(Reason.of(error)).isEqualTo("Something failed unexpectedly (no days); see the log.");
    assertThat(Reason.forLog(error, "store-days"))
        .isEqualTo(
            "The step store-days failed unexpectedly (IllegalStateException: no days); see the log.");
    assertThat(Reason.of(new IllegalStateException(), "store-days"))
        .isEqualTo("The step store-days failed unexpectedly (no message); see the log.");
  }

  @Test
  void showsNoAccountExceptInTheLog() {
    Throwable error =
        new IllegalStateException(
            "User: arn:aws:iam::123456789012:user/bob of 123456789012 may not");

    assertThat(Reason.of(error, "store-days"))
        .isEqualTo(
            "The step store-days failed unexpectedly (User: arn:*** of *** may not); see the log.");
    assertThat(Reason.forLog(error, "store-days"))
        .isEqualTo(
            "The step store-days failed unexpectedly (IllegalStateException: User:"
                + " arn:aws:iam::123456789012:user/bob of 123456789012 may not); see the log.");
  }

  @Test
  void showsNoSecretOfAnAddress() {
    Throwable refused = new ConnectException("Connect to " + FEED.url() + " failed");
    Throwable gone =
        new HttpOperationFailedException(FEED.url().toString(), 404, "Not Found", null, null, "");
    Throwable redirect =
        new ProtocolException("Redirect URI is wrong: https://me:secret@feeds.test/b?key=secret");

    assertThat(Reason.ofPull(refused, FEED)).contains("https://feeds.test/us.csv");
    assertThat(Reason.ofPull(gone, FEED)).contains("https://feeds.test/us.csv");
    assertThat(Reason.ofPull(redirect, FEED))
        .contains("(Redirect URI is wrong: https://feeds.test/b)");
    for (Throwable error : new Throwable[] {refused, gone, redirect}) {
      assertThat(Reason.ofPull(error, FEED)).doesNotContain("secret");
    }
  }

  @Test
  void namesNoClassThatAnErrorNames() {
    Throwable error = new RuntimeException("java.io.IOException: java.util.zip.ZipException: cut");

    assertThat(Reason.of(error)).isEqualTo("Something failed unexpectedly (cut); see the log.");
    assertThat(Reason.ofPull(new IOException("java.io.EOFException: cut"), FEED))
        .isEqualTo(
            "The connection to https://feeds.test/us.csv broke: the next run tries again; if it"
                + " lasts, check the network (cut).");
  }

  @Test
  void isOneLineOfAReasonableLength() {
    assertThat(Reason.of(new RunFailedException("one\r\n\ttwo\n"))).isEqualTo("one two");
    assertThat(Reason.of(new RunFailedException("x".repeat(501))))
        .isEqualTo("x".repeat(500) + "...");
  }
}
