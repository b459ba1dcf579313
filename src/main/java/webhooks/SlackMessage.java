package webhooks;

import java.util.List;
import java.util.Map;

/**
 * A message as the incoming webhooks of Slack take it: a heading, and the lines as they are, in a
 * font of one width. Nothing in the lines is markup: no link, no mention of a channel.
 */
final class SlackMessage {
  /** Slack refuses a heading of more than 150 characters. */
  private static final int LONGEST_HEADING = 150;

  /** Slack refuses a section of more than 3,000 characters, quotes included. */
  private static final int LONGEST_SECTION = 2_900;

  private SlackMessage() {}

  /** The body of a request. */
  static Map<String, Object> of(String subject, String text) {
    return Map.of(
        // For notifications, and where blocks are not shown.
        "text",
        escaped(subject + "\n" + text.lines().findFirst().orElse(""), LONGEST_SECTION),
        "blocks",
        List.of(
            Map.of(
                "type",
                "header",
                "text",
                Map.of(
                    "type",
                    "plain_text",
                    "emoji",
                    false,
                    "text",
                    Shortened.to(LONGEST_HEADING, subject))),
            Map.of(
                "type",
                "section",
                "text",
                Map.of("type", "mrkdwn", "verbatim", true, "text", quoted(text)))));
  }

  private static String quoted(String text) {
    // A quote ends with three of these.
    return "```\n" + escaped(text.replace('`', '\''), LONGEST_SECTION).stripTrailing() + "\n```";
  }

  /** The text with the three characters escaped by which Slack knows links and mentions. */
  private static String escaped(String text, int longest) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      String next =
          switch (character) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            default -> Character.toString(character);
          };
      if (escaped.length() + next.length() > longest) {
        return escaped.append(Shortened.MORE).toString();
      }
      escaped.append(next);
      i += Character.charCount(character);
    }
    return escaped.toString();
  }
}
