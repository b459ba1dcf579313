package app;

import covid.Interval;
import covid.KeySchema;
import feeds.FeedHeaders;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import management.Management;
import org.quartz.CronExpression;
import routes.ChunkQueue;

/**
 * Reads settings. An invalid text is noted, and reading continues: {@link #requireGood} then
 * reports all problems at once.
 */
final class SettingTexts {
  private static final String MIDNIGHT = "0 0 0 * * ?";

  private final Function<String, Optional<String>> lookup;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param lookup returns the text of a setting by its name
   */
  SettingTexts(Function<String, Optional<String>> lookup) {
    this.lookup = lookup;
  }

  /** Notes a problem of several settings. */
  void problem(String problem) {
    problems.add(problem);
  }

  /**
   * Reports the problems, if any.
   *
   * @throws SettingException with all problems
   */
  void requireGood() {
    if (!problems.isEmpty()) {
      throw new SettingException(problems);
    }
  }

  /** A text that may be empty. */
  String any(String name) {
    return line(name, "", (same, text) -> text);
  }

  String text(String name) {
    return filled(name, "", (same, text) -> text);
  }

  URI url(String name) {
    return filled(name, URI.create(""), SettingAddresses::url);
  }

  /** The only settings that may have several lines. */
  FeedHeaders headersIfAny(String name) {
    return lookup.apply(name).isEmpty()
        ? FeedHeaders.NONE
        : read(name, FeedHeaders.NONE, SettingKinds::headers);
  }

  /** A text that may be missing or empty. */
  <T> Optional<T> optional(String name, BiFunction<String, String, T> kind) {
    return lookup.apply(name).filter(text -> !text.isBlank()).isEmpty()
        ? Optional.empty()
        : line(name, Optional.empty(), (same, text) -> Optional.of(kind.apply(name, text)));
  }

  /**
   * A text that must not be empty.
   *
   * @param kind throws an {@link IllegalArgumentException} if the text is invalid
   * @return empty if it is missing or invalid
   */
  <T> Optional<T> valueIfGood(String name, Function<String, T> kind) {
    return filled(
        name,
        Optional.empty(),
        (same, text) -> {
          try {
            return Optional.of(kind.apply(text));
          } catch (IllegalArgumentException e) {
            throw new SettingException("%s: %s".formatted(name, e.getMessage()));
          }
        });
  }

  /** Words separated by commas, or by semicolons if there are any, at least one. */
  List<String> list(String name) {
    return words(text(name));
  }

  /** Words separated by commas; none if it is missing or empty. */
  List<String> optionalList(String name) {
    return words(optional(name, (same, text) -> text).orElse(""));
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(text.contains(";") ? ";" : ",", 0))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  KeySchema keySchema(String name) {
    return filled(name, KeySchema.DATE, SettingKinds::keySchema);
  }

  Interval interval(String name) {
    return filled(name, Interval.DAY, SettingKinds::interval);
  }

  /** How many problems were noted so far. */
  int problems() {
    return problems.size();
  }

  /** Whether no problem was noted so far. */
  boolean isGood() {
    return problems.isEmpty();
  }

  Duration duration(String name) {
    return filled(name, Duration.ZERO, SettingKinds::duration);
  }

  Optional<Duration> durationIfAny(String name) {
    return line(
        name,
        Optional.empty(),
        (same, text) ->
            text.isEmpty() ? Optional.empty() : Optional.of(SettingKinds.duration(name, text)));
  }

  /** A duration; empty for 0. */
  Optional<Duration> durationUnlessZero(String name) {
    return filled(
        name,
        Optional.empty(),
        (same, text) ->
            text.equals("0") ? Optional.empty() : Optional.of(SettingKinds.duration(name, text)));
  }

  long size(String name) {
    return filled(name, 0L, SettingKinds::size);
  }

  BigDecimal share(String name) {
    return filled(name, BigDecimal.ZERO, SettingKinds::share);
  }

  int number(String name, int least, int most) {
    return filled(name, 0, (same, text) -> SettingKinds.number(name, text, least, most));
  }

  /** A queue; empty if the days stay in the process. */
  Optional<ChunkQueue> queue(String name) {
    return filled(name, Optional.empty(), SettingAddresses::queue);
  }

  boolean flag(String name) {
    return filled(name, false, SettingKinds::flag);
  }

  boolean summary(String name) {
    return filled(name, true, SettingKinds::summary);
  }

  CronExpression cron(String name) {
    return filled(name, SettingKinds.cron(name, MIDNIGHT), SettingKinds::cron);
  }

  ZoneId zone(String name) {
    return filled(name, ZoneOffset.UTC, SettingKinds::zone);
  }

  String host(String name) {
    return filled(name, "", SettingAddresses::host);
  }

  String bucket(String name) {
    return filled(name, "", AwsNames::bucket);
  }

  String table(String name) {
    return filled(name, "", AwsNames::table);
  }

  String key(String name) {
    return filled(name, "", AwsNames::key);
  }

  String topicIfAny(String name) {
    return line(name, "", (same, text) -> text.isEmpty() ? "" : AwsNames.topic(name, text));
  }

  LogFormat logFormat(String name) {
    return filled(name, LogFormat.TEXT, SettingKinds::logFormat);
  }

  Optional<Management.Operator> operator(String user, String password) {
    Optional<String> name = line(user, Optional.empty(), (same, text) -> Optional.of(text));
    Optional<String> secret = line(password, Optional.empty(), (same, text) -> Optional.of(text));
    return name.flatMap(login -> secret.flatMap(word -> operator(user, login, password, word)));
  }

  private Optional<Management.Operator> operator(
      String user, String name, String password, String secret) {
    if (name.isEmpty() && secret.isEmpty()) {
      return Optional.empty();
    }
    if (name.isEmpty()) {
      problem(
          "%s is set and %s is empty, so no login would be required; set both, or neither"
              .formatted(password, user));
    } else if (secret.isEmpty()) {
      problem(empty(password));
    }
    return Optional.of(new Management.Operator(name, secret));
  }

  /** A text of one line that must not be empty. */
  private <T> T filled(String name, T ifWrong, BiFunction<String, String, T> kind) {
    return line(
        name,
        ifWrong,
        (same, text) -> {
          if (text.isEmpty()) {
            throw new SettingException(empty(name));
          }
          return kind.apply(name, text);
        });
  }

  private <T> T line(String name, T ifWrong, BiFunction<String, String, T> kind) {
    return read(
        name,
        ifWrong,
        (same, text) -> {
          if (text.chars().anyMatch(Character::isISOControl)) {
            throw new SettingException(
                "%s holds a line break, or another character that cannot be seen".formatted(name));
          }
          return kind.apply(name, text);
        });
  }

  private <T> T read(String name, T ifWrong, BiFunction<String, String, T> kind) {
    try {
      return kind.apply(
          name,
          lookup
              .apply(name)
              .map(String::strip)
              .orElseThrow(() -> new SettingException("%s is missing".formatted(name))));
    } catch (SettingException e) {
      problems.addAll(e.problems());
      return ifWrong;
    }
  }

  private static String empty(String name) {
    return "%s is empty; set it, or %s in the environment"
        .formatted(name, SettingNames.inEnvironment(name));
  }
}
