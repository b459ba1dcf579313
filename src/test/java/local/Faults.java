package local;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The vocabulary of faults: which calls ({@link #to}), what happens to them ({@link #refusal} and
 * those named after what AWS says), and how often ({@link #always}, {@link #first}, {@link #only}).
 *
 * <pre>
 *   cloud.intercept(Faults.first(2, Faults.to(Service.DYNAMODB, "PutItem"), Faults.THROTTLED));
 * </pre>
 */
public final class Faults {
  /** DynamoDB has no capacity left; worth a retry. */
  public static final Fault THROTTLED =
      refusal(Service.DYNAMODB, 400, "ProvisionedThroughputExceededException");

  /** SQS gets too many requests; worth a retry. */
  public static final Fault QUEUE_THROTTLED = refusal(Service.SQS, 403, "RequestThrottled");

  /** S3 asks to slow down; worth a retry. */
  public static final Fault SLOW_DOWN = refusal(Service.S3, 503, "SlowDown");

  /** S3 refuses a right. */
  public static final Fault DENIED = refusal(Service.S3, 403, "AccessDenied");

  /** S3 found the condition of a put not to hold. */
  public static final Fault PRECONDITION_FAILED = refusal(Service.S3, 412, "PreconditionFailed");

  /** S3 saw two conditional puts of one key at once; worth a retry. */
  public static final Fault CONFLICT = refusal(Service.S3, 409, "ConditionalRequestConflict");

  private Faults() {}

  /** An error answer as the service itself would give it; the call does not reach the service. */
  public static Fault refusal(Service service, int status, String code) {
    return refusal(service, status, code, "No.");
  }

  /** The same with a message of its own. */
  public static Fault refusal(Service service, int status, String code, String message) {
    return switch (service) {
      case DYNAMODB ->
          Fault.answer(
              status,
              Map.of("Content-Type", "application/x-amz-json-1.0"),
              "{\"__type\":\"com.amazonaws.dynamodb.v20120810#%s\",\"message\":\"%s\"}"
                  .formatted(code, message));
      case S3 ->
          Fault.answer(
              status,
              Map.of("Content-Type", "application/xml"),
              "<Error><Code>%s</Code><Message>%s</Message></Error>".formatted(code, message));
      case SNS ->
          Fault.answer(
              status,
              Map.of("Content-Type", "text/xml"),
              ("<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error>"
                      + "<Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error>"
                      + "<RequestId>1</RequestId></ErrorResponse>")
                  .formatted(code, message));
      // The header has the code, as it was in the time of XML.
      case SQS ->
          Fault.answer(
              status,
              Map.of(
                  "Content-Type",
                  "application/x-amz-json-1.0",
                  "x-amzn-query-error",
                  code + (status < 500 ? ";Sender" : ";Receiver")),
              "{\"__type\":\"com.amazonaws.sqs#%s\",\"message\":\"%s\"}".formatted(code, message));
    };
  }

  /** All calls of a service. */
  public static Predicate<Call> to(Service service) {
    return call -> call.service() == service;
  }

  /** The calls of one operation, such as {@code PutItem}. */
  public static Predicate<Call> to(Service service, String operation) {
    return call -> call.is(service, operation);
  }

  /** The PutItem calls of one day. */
  public static Predicate<Call> toPutOf(String date) {
    return to(Service.DYNAMODB, "PutItem").and(call -> call.body().contains(date));
  }

  /** The S3 calls with a method of keys that begin so. */
  public static Predicate<Call> toS3(String method, String key) {
    return call ->
        call.service() == Service.S3 && call.operation().startsWith(method + " covid-data/" + key);
  }

  /** The S3 puts of a key that hold only under a condition (If-Match, If-None-Match). */
  public static Predicate<Call> toConditionalPut(String key) {
    return toS3("PUT", key).and(call -> !call.condition().isEmpty());
  }

  /** Every such call meets the fault. */
  public static Interceptor always(Predicate<Call> which, Fault fault) {
    return call -> which.test(call) ? fault : Fault.none();
  }

  /** The first calls of a kind meet the fault; later ones meet none. */
  public static Interceptor first(int times, Predicate<Call> which, Fault fault) {
    AtomicInteger left = new AtomicInteger(times);
    return call -> which.test(call) && left.getAndDecrement() > 0 ? fault : Fault.none();
  }

  /** Of the calls of a kind only one meets the fault: the first is number 1. */
  public static Interceptor only(int number, Predicate<Call> which, Fault fault) {
    AtomicInteger count = new AtomicInteger();
    return call -> which.test(call) && count.incrementAndGet() == number ? fault : Fault.none();
  }
}
