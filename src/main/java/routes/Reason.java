package routes;

import aws.AwsErrors;
import covid.RunFailedException;
import feeds.FeedSource;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.CircularRedirectException;
import org.apache.hc.client5.http.RedirectException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import web.ProblemException;

/** Puts what went wrong into one sentence for a person. */
public final class Reason {
  private Reason() {}

  /** The sentence; no stack trace, no secrets of an address, one line. */
  public static String of(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String known = known(cause);
      if (known != null) {
        return oneLine(known);
      }
    }
    Throwable root = root(error);
    String message = root.getMessage() == null ? "" : ": " + root.getMessage();
    return oneLine(root.getClass().getSimpleName() + message);
  }

  private static String known(Throwable cause) {
    if (cause instanceof RunFailedException || cause instanceof ProblemException) {
      return cause.getMessage();
    }
    if (cause instanceof feeds.PullException) {
      return cause.getMessage() + ".";
    }
    if (cause instanceof HttpOperationFailedException http) {
      String text = http.getStatusText() == null ? "" : " " + http.getStatusText();
      return "%s answered %s%s."
          .formatted(
              FeedSource.shown(URI.create(http.getUri())),
              http.getHttpResponseCode(),
              text.stripTrailing());
    }
    if (cause instanceof AwsServiceException aws && AwsErrors.saysOtherKey(aws)) {
      return "The table has another key: make one whose only key is Date, a string, or correct store.table (%s)."
          .formatted(aws.awsErrorDetails().errorMessage());
    }
    if (cause instanceof AwsServiceException aws && aws.awsErrorDetails() != null) {
      return "%s said %s: %s"
          .formatted(
              aws.awsErrorDetails().serviceName(),
              aws.awsErrorDetails().errorCode(),
              sentence(aws.awsErrorDetails().errorMessage()));
    }
    if (cause instanceof UnknownHostException) {
      // The resolver says why behind a colon: "host: Name or service not known".
      String host = String.valueOf(cause.getMessage()).split(": ", 2)[0];
      return "host %s is not known.".formatted(host);
    }
    if (cause instanceof CircularRedirectException || cause instanceof RedirectException) {
      return "it redirects in a circle, or too often.";
    }
    if (cause instanceof ConnectException || cause instanceof SocketTimeoutException) {
      return sentence(cause.getMessage());
    }
    return null;
  }

  private static Throwable root(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String sentence(String message) {
    String text = message == null || message.isBlank() ? "no message" : message.strip();
    return text.endsWith(".") ? text : text + ".";
  }

  private static String oneLine(String text) {
    String line = ForeignText.oneLine(text);
    return line.length() <= 500 ? line : line.substring(0, 500) + "...";
  }
}
