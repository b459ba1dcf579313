package local;

import java.time.Duration;
import java.util.SplittableRandom;

/** Faults that a program gets over: a call is throttled, late or lost, or its answer is. */
public final class RandomFaults {
  private static final int MOST_MILLIS_LATE = 1_000;

  private RandomFaults() {}

  /**
   * A fault for a call.
   *
   * @param random decides which
   */
  public static Fault of(Call call, SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> Fault.dropBefore();
      case 1 -> Fault.dropAfter();
      case 2 -> Fault.delay(Duration.ofMillis(random.nextInt(MOST_MILLIS_LATE)));
      default ->
          switch (call.service()) {
            case DYNAMODB ->
                call.operation().equals("BatchExecuteStatement")
                    ? ofStatements(random)
                    : Faults.THROTTLED;
            case S3 -> call.condition().isEmpty() ? Faults.SLOW_DOWN : Faults.CONFLICT;
            case SQS -> Faults.QUEUE_THROTTLED;
            case SNS -> Faults.refusal(Service.SNS, 500, "InternalError");
          };
    };
  }

  private static Fault ofStatements(SplittableRandom random) {
    int salt = random.nextInt();
    return random.nextBoolean()
        ? Fault.statementsRefused(
            statement -> (statement.hashCode() ^ salt) % 3 == 0, "ThrottlingError")
        : Fault.statementsDoneAndDenied(
            statement -> (statement.hashCode() ^ salt) % 3 == 0, "InternalServerError");
  }
}
