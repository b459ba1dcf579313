package feeds;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Headers that each request for a feed carries, such as {@code Authorization}. Their values are
 * secrets: they are never shown, and never sent to another origin than that of the feed.
 *
 * @param values by header name, case-insensitively
 */
public record FeedHeaders(Map<String, String> values) {
  /** None. */
  public static final FeedHeaders NONE = new FeedHeaders(Map.of());

  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]+");

  /**
   * Headers that the client sets or omits, or with which the answer would not be the whole feed.
   */
  private static final Set<String> OWN =
      Set.of(
          "accept-encoding",
          "cache-control",
          "connection",
          "content-length",
          "content-type",
          "date",
          "expect",
          "host",
          "if-match",
          "if-modified-since",
          "if-none-match",
          "if-range",
          "if-unmodified-since",
          "keep-alive",
          "pragma",
          "proxy-authorization",
          "range",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via",
          "warning");

  public FeedHeaders {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(values);
    values = Collections.unmodifiableMap(sorted);
  }

  /**
   * Reads headers from text: {@code Name: value}, separated by semicolons, or by line ends if there
   * are any. Empty for none.
   *
   * @throws IllegalArgumentException if it is anything else; the message does not repeat the text
   */
  public static FeedHeaders parse(String text) {
    Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String[] headers = text.strip().split(text.strip().contains("\n") ? "\\R" : ";", 0);
    for (int i = 0; i < headers.length; i++) {
      if (!headers[i].isBlank()) {
        add(headers[i], "header %d of %d".formatted(i + 1, headers.length), values);
      }
    }
    return new FeedHeaders(values);
  }

  private static void add(String header, String which, Map<String, String> values) {
    String[] pair = header.split(":", 2);
    String name = pair[0].strip();
    if (pair.length < 2 || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          which + " is not 'Name: value' (several are separated by ; or by line ends)");
    }
    String value = pair[1].strip();
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          which + " has no value, or one with characters other than those of ASCII");
    }
    if (OWN.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("%s may not be set".formatted(name));
    }
    if (values.put(name, value) != null) {
      throw new IllegalArgumentException("%s is there twice".formatted(name));
    }
  }

  /** The names without the values. */
  @Override
  public String toString() {
    return values.keySet().toString();
  }
}
