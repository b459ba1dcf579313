package routes;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * One entry of {@code causes.yaml}, whose head explains its parts.
 *
 * @param codes empty for any
 * @param service null for any
 * @param status null for any
 * @param errors empty for any
 * @param message null for any
 * @param sentence what went wrong and what to do, with placeholders
 * @param detailed whether the error's own message follows
 */
record Cause(
    List<String> codes,
    @Nullable String service,
    @Nullable Pattern status,
    List<Class<?>> errors,
    @Nullable Pattern message,
    String sentence,
    boolean detailed) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
  private static final Pattern GROUP = Pattern.compile("\\(\\?<(\\w+)>");

  /** The parts of messages that are about classes and the SDK rather than the failure. */
  private static final Pattern NOISE =
      Pattern.compile(
          "\\b(\\w+\\.)+\\w+(Exception|Error): |^Unable to execute HTTP request: "
              + "| \\(SDK Attempt Count: \\d+\\)|[.\\s]+$");

  private static final Pattern USER = Pattern.compile("(?<=://)[^/\\s@]+@");
  private static final Pattern QUERY = Pattern.compile("(://[^\\s?)]*)\\?[^\\s)]*");

  /** Reads an entry of the YAML. */
  static Cause of(Map<String, Object> entry) {
    return new Cause(
        texts(entry.get("code")),
        (String) entry.get("service"),
        pattern(entry.get("status")),
        texts(entry.get("error")).stream().<Class<?>>map(Cause::type).toList(),
        pattern(entry.get("message")),
        entry.get("says") + (entry.containsKey("cure") ? ": " + entry.get("cure") : ""),
        !Boolean.FALSE.equals(entry.get("detail")));
  }

  /**
   * The sentence, if an error is of this cause.
   *
   * @param facts the values of the placeholders, and the {@code code} and {@code status}
   */
  Optional<String> explain(Throwable error, Map<String, String> facts) {
    if (!codes.isEmpty() && !codes.contains(facts.get("code"))
        || service != null && !service.equals(facts.get("service"))
        || status != null && !status.matcher(facts.getOrDefault("status", "")).matches()
        || !errors.isEmpty() && errors.stream().noneMatch(type -> type.isInstance(error))) {
      return Optional.empty();
    }
    Map<String, String> known = new HashMap<>(facts);
    known.put("detail", said(error));
    if (message != null) {
      Matcher matcher = message.matcher(String.valueOf(error.getMessage()));
      if (!matcher.find()) {
        return Optional.empty();
      }
      GROUP
          .matcher(message.pattern())
          .results()
          .map(group -> group.group(1))
          .forEach(name -> known.put(name, matcher.group(name)));
    }
    String detail = detailed ? clean(known.getOrDefault("detail", "")) : "";
    return Optional.of(filled(known) + (detail.isEmpty() ? "" : " (" + detail + ")"));
  }

  private String filled(Map<String, String> known) {
    return PLACEHOLDER
        .matcher(sentence)
        .replaceAll(
            match -> Matcher.quoteReplacement(known.getOrDefault(match.group(1), "(unknown)")));
  }

  /** The error's own message, for AWS after its code, which can be looked up. */
  private static String said(Throwable error) {
    Throwable root = error;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof AwsServiceException refused && refused.awsErrorDetails() != null) {
        AwsErrorDetails details = refused.awsErrorDetails();
        return Stream.of(details.errorCode(), details.errorMessage())
            .filter(text -> text != null && !text.isBlank())
            .map(text -> text.replaceFirst("^(\\w+)Exception$", "$1"))
            .collect(joining(": "));
      }
      root = cause;
    }
    return root.getMessage() == null ? "" : root.getMessage();
  }

  /** The text without class names, and without secrets in addresses. */
  static String clean(String text) {
    String known = USER.matcher(NOISE.matcher(text).replaceAll("")).replaceAll("");
    return QUERY.matcher(known).replaceAll("$1");
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("causes.yaml names an exception that there is not", e);
    }
  }

  private static @Nullable Pattern pattern(@Nullable Object text) {
    return text == null ? null : Pattern.compile(text.toString(), Pattern.CASE_INSENSITIVE);
  }

  @SuppressWarnings("unchecked")
  private static List<String> texts(@Nullable Object list) {
    return list == null ? List.of() : (List<String>) list;
  }
}
