package aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import local.Fault;
import local.Faults;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client of the queue, and what its errors mean. */
@ExtendWith(LocalCloudExtension.class)
class QueueErrorsTest {
  private static final Duration LONGEST_POLL = Duration.ofSeconds(20);

  private final LocalCloud cloud;
  private final AwsClients aws = new AwsClients(1, true);

  QueueErrorsTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @AfterEach
  void close() {
    aws.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "403, RequestThrottled, true",
    "400, ThrottlingException, true",
    "500, InternalFailure, true",
    "503, ServiceUnavailable, true",
    "400, QueueDoesNotExist, false",
    "400, AWS.SimpleQueueService.NonExistentQueue, false",
    "403, AccessDenied, false",
    "403, ExpiredToken, false",
    "400, InvalidMessageContents, false"
  })
  void anotherAttemptMayHelpAgainstThrottlingAndFailuresOfTheService(
      int status, String code, boolean mayHelp) {
    cloud.intercept(call -> Faults.refusal(Service.SQS, status, code));

    assertThat(AwsErrors.isTransient(error())).isEqualTo(mayHelp);
    assertThat(cloud.requests()).containsExactly("SQS SendMessage");
  }

  @Test
  void anotherAttemptMayHelpIfNoAnswerCame() {
    cloud.intercept(call -> Fault.dropBefore());

    assertThat(AwsErrors.isTransient(error())).isTrue();
    assertThat(AwsErrors.mayBeDone(error())).isTrue();
  }

  @Test
  void whatIsThrottledWasNotDone() {
    cloud.intercept(call -> Faults.QUEUE_THROTTLED);

    assertThat(AwsErrors.mayBeDone(error())).isFalse();
  }

  @Test
  void anAttemptMayTakeAsLongAsALongPoll() {
    assertThat(
            aws.sqs().serviceClientConfiguration().overrideConfiguration().apiCallAttemptTimeout())
        .hasValueSatisfying(timeout -> assertThat(timeout).isGreaterThan(LONGEST_POLL));
  }

  private Throwable error() {
    return catchThrowable(
        () -> aws.sqs().sendMessage(send -> send.queueUrl(cloud.queueUrl()).messageBody("{}")));
  }
}
