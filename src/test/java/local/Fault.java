package local;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/** What happens to a call on its way to a service of the local cloud and back. */
public sealed interface Fault {
  /** Nothing goes wrong. */
  static Fault none() {
    return new None();
  }

  /** The service is not asked; this is answered in its place. */
  static Fault answer(int status, Map<String, String> headers, String body) {
    return new Answer(status, Map.copyOf(headers), body);
  }

  /** The same, but the connection is cut before the Content-Length that the headers say. */
  static Fault answerCut(Map<String, String> headers, String body) {
    return new AnswerCut(Map.copyOf(headers), body);
  }

  /** The connection is cut before the service has heard of the call. */
  static Fault dropBefore() {
    return new DropBefore();
  }

  /** The service does as it is asked, but its answer is lost: the connection is cut instead. */
  static Fault dropAfter() {
    return new DropAfter();
  }

  /** The call reaches the service late. */
  static Fault delay(Duration delay) {
    return delay(delay, none());
  }

  /** The call waits this long, then meets another fault. */
  static Fault delay(Duration delay, Fault then) {
    return new Delay(delay, then);
  }

  /**
   * Of a BatchExecuteStatement some statements fail before DynamoDB has seen them; the others are
   * done.
   *
   * @param which by the JSON of the statement
   * @param code what their answers say, such as {@code ThrottlingError}
   */
  static Fault statementsRefused(Predicate<String> which, String code) {
    return new Statements(which, code, false);
  }

  /**
   * Of a BatchExecuteStatement all statements are done, but the answers of some say that they
   * failed.
   *
   * @param which by the JSON of the statement
   * @param code what their answers say, such as {@code InternalServerError}
   */
  static Fault statementsDoneAndDenied(Predicate<String> which, String code) {
    return new Statements(which, code, true);
  }

  /** See {@link #none()}. */
  record None() implements Fault {}

  /** See {@link #answer(int, Map, String)}. */
  record Answer(int status, Map<String, String> headers, String body) implements Fault {}

  /** See {@link #answerCut(Map, String)}. */
  record AnswerCut(Map<String, String> headers, String body) implements Fault {}

  /** See {@link #dropBefore()}. */
  record DropBefore() implements Fault {}

  /** See {@link #dropAfter()}. */
  record DropAfter() implements Fault {}

  /** See {@link #delay(Duration, Fault)}. */
  record Delay(Duration delay, Fault then) implements Fault {}

  /** See {@link #statementsRefused} and {@link #statementsDoneAndDenied}. */
  record Statements(Predicate<String> which, String code, boolean done) implements Fault {}
}
