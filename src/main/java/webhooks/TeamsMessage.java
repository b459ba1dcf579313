package webhooks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A message as the Workflows of Teams take it: an Adaptive Card with a heading, and a line for each
 * line of the text, in a font of one width. They are runs of text, in which nothing is markup.
 */
final class TeamsMessage {
  /** Teams refuses a message of more than 28 KB. */
  private static final int MOST_LINES = 60;

  private static final int LONGEST_TEXT = 4_000;
  private static final int LONGEST_HEADING = 200;

  private TeamsMessage() {}

  /** The body of a request. */
  static Map<String, Object> of(String subject, String text) {
    List<Object> body = new ArrayList<>();
    body.add(
        line(Map.of("size", "Large", "weight", "Bolder"), Shortened.to(LONGEST_HEADING, subject)));
    lines(text).map(line -> line(Map.of("fontType", "Monospace"), line)).forEach(body::add);
    Map<String, Object> card =
        Map.of(
            "$schema",
            "http://adaptivecards.io/schemas/adaptive-card.json",
            "type",
            "AdaptiveCard",
            "version",
            "1.4",
            "msteams",
            Map.of("width", "Full"),
            "body",
            body);
    return Map.of(
        "type",
        "message",
        "attachments",
        List.of(Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card)));
  }

  private static Stream<String> lines(String text) {
    List<String> lines = Shortened.to(LONGEST_TEXT, text).lines().toList();
    return lines.size() <= MOST_LINES
        ? lines.stream()
        : Stream.concat(lines.stream().limit(MOST_LINES), Stream.of(Shortened.MORE));
  }

  private static Map<String, Object> line(Map<String, Object> look, String text) {
    Map<String, Object> run = new TreeMap<>(look);
    run.put("type", "TextRun");
    // An empty run is refused.
    run.put("text", text.isEmpty() ? " " : text);
    return Map.of("type", "RichTextBlock", "spacing", "None", "inlines", List.of(run));
  }
}
