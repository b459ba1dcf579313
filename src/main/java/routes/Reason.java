package routes;

import covid.RunFailedException;
import feeds.FeedSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import serve.ForeignObjectException;
import web.ProblemException;
import webhooks.Webhook;

/**
 * Explains an error in one sentence for an operator: what went wrong, where, and what to do. Known
 * causes are in {@code causes.yaml}.
 */
public final class Reason {
  private static final int MOST_CHARACTERS = 500;

  /** Reports and messages have more readers than may know the account. */
  private static final Pattern ACCOUNT =
      Pattern.compile("\\barn:[\\w-]+:[^\\s,)\\]\"']+|\\b\\d{12}\\b");

  private Reason() {}

  /** The sentence for reports, messages and the terminal. */
  public static String of(Throwable error) {
    return shown(sentence(error, Map.of(), "Something", false));
  }

  /**
   * The sentence for reports, messages and the terminal.
   *
   * @param step the route that failed
   */
  static String of(Throwable error, String step) {
    return shown(sentence(error, Map.of(), "The step " + step, false));
  }

  /** The sentence about a feed that could not be pulled, for reports, messages and the terminal. */
  static String ofPull(Throwable error, FeedSource feed) {
    return shown(
        sentence(
            error,
            Map.of("feed", feed.name(), "address", feed.shownUrl()),
            "The pull of " + feed.shownUrl(),
            false));
  }

  /** The sentence about a webhook that did not take a message, for whomever. */
  public static String ofWebhook(Throwable error, Webhook webhook) {
    return shown(
        sentence(
            error,
            Map.of("webhook", webhook.toString(), "address", webhook.shown()),
            "The request to " + webhook.shown(),
            false));
  }

  /**
   * The sentence for the log, which may name the account and the class of an unexpected error.
   *
   * @param step the route that failed
   */
  static String forLog(Throwable error, String step) {
    return line(sentence(error, Map.of(), "The step " + step, true));
  }

  private static String sentence(
      Throwable error, Map<String, String> where, String subject, boolean withClass) {
    Throwable root = error;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      Optional<String> own = own(cause);
      if (own.isPresent()) {
        return own.get();
      }
      root = cause;
    }
    return Causes.explain(error, where).orElse(unexpected(root, subject, withClass)) + ".";
  }

  /** The message of an error that is meant for people. */
  private static Optional<String> own(Throwable error) {
    if (error instanceof ForeignObjectException foreign) {
      return Optional.of(foreign.object().forOperators());
    }
    // The problem for HTTP clients hides the details, which its cause has.
    return error instanceof RunFailedException
            || error instanceof ProblemException && error.getCause() == null
        ? Optional.ofNullable(error.getMessage())
        : Optional.empty();
  }

  private static String unexpected(Throwable root, String subject, boolean withClass) {
    String name = withClass ? root.getClass().getSimpleName() + ": " : "";
    String text = root.getMessage() == null ? "no message" : Cause.clean(root.getMessage());
    return "%s failed unexpectedly (%s%s); see the log".formatted(subject, name, text);
  }

  private static String shown(String sentence) {
    return line(
        ACCOUNT
            .matcher(sentence)
            .replaceAll(match -> match.group().startsWith("arn:") ? "arn:***" : "***"));
  }

  private static String line(String text) {
    String line = ForeignText.oneLine(text);
    return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + "...";
  }
}
