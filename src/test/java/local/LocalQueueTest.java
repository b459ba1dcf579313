package local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aws.AwsClients;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.RequestThrottledException;

/** The queue of the local cloud, by the client that the application has. */
@ExtendWith(LocalCloudExtension.class)
class LocalQueueTest {
  private final LocalCloud cloud;
  private final AwsClients aws = new AwsClients(4, true);
  private final SqsClient sqs = aws.sqs();

  LocalQueueTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @AfterEach
  void closeClients() {
    aws.stop();
  }

  @Test
  void givesAMessageUntilItIsDeleted() {
    send("chunk 7");
    assertThat(cloud.queuedMessages()).isEqualTo(1);

    Message message = receive().get(0);

    assertThat(message.body()).isEqualTo("chunk 7");
    assertThat(cloud.queuedMessages()).isZero();
    assertThat(cloud.messagesInFlight()).isEqualTo(1);

    delete(message);
    assertThat(cloud.messagesInFlight()).isZero();
    assertThat(cloud.requests())
        .containsExactly("SQS SendMessage", "SQS ReceiveMessage", "SQS DeleteMessage");
  }

  @Test
  void givesAMessageAgainThatIsNotDeletedInTime() {
    cloud.treatMessages(5, Duration.ofSeconds(1));
    send("chunk 7");

    assertThat(receive()).singleElement().satisfies(message -> isReceived(message, 1));
    assertThat(receive()).isEmpty();
    assertThat(poll()).singleElement().satisfies(message -> isReceived(message, 2));
  }

  @Test
  void hidesAMessageForAsLongAsIsAskedFor() {
    send("chunk 7");
    Message message = receive().get(0);

    sqs.changeMessageVisibility(
        change ->
            change
                .queueUrl(cloud.queueUrl())
                .receiptHandle(message.receiptHandle())
                .visibilityTimeout(0));

    assertThat(receive()).hasSize(1);
  }

  @Test
  void putsAMessageAsideThatIsReceivedTooOften() {
    cloud.treatMessages(2, Duration.ZERO);
    send("chunk 7");
    send("chunk 8");

    assertThat(receive()).hasSize(2);
    assertThat(receive()).hasSize(2);
    assertThat(cloud.deadLetterMessages()).isEmpty();
    assertThat(receive()).isEmpty();

    assertThat(cloud.deadLetterMessages()).containsExactlyInAnyOrder("chunk 7", "chunk 8");
    assertThat(cloud.deadLetterMessages()).hasSize(2);
    assertThat(cloud.queuedMessages()).isZero();
  }

  @Test
  void forgetsMessagesAndHowTheyAreTreated() {
    cloud.treatMessages(1, Duration.ZERO);
    send("dead");
    receive();
    receive();
    send("waiting");
    assertThat(cloud.deadLetterMessages()).hasSize(1);
    cloud.treatMessages(5, Duration.ofMinutes(1));
    receive();

    cloud.reset();

    assertThat(cloud.queuedMessages()).isZero();
    assertThat(cloud.messagesInFlight()).isZero();
    assertThat(cloud.deadLetterMessages()).isEmpty();
    send("chunk 7");
    assertThat(receive()).hasSize(1);
    assertThat(receive()).isEmpty();
  }

  @Test
  void seesEachCallWhateverHostTheUrlOfTheQueueHas() {
    sqs.sendMessage(
        send ->
            send.queueUrl("https://sqs.us-east-1.amazonaws.com/000000000000/chunks")
                .messageBody("chunk 7"));

    assertThat(cloud.requests()).containsExactly("SQS SendMessage");
    assertThat(receive()).hasSize(1);
  }

  @Test
  void losesAMessageThatWasNotSent() {
    cloud.intercept(Faults.always(Faults.to(Service.SQS, "SendMessage"), Fault.dropBefore()));

    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> send("chunk 7"));

    assertThat(cloud.queuedMessages()).isZero();
  }

  @Test
  void losesTheAnswerOfAMessageThatWasSent() {
    cloud.intercept(Faults.always(Faults.to(Service.SQS, "SendMessage"), Fault.dropAfter()));

    assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> send("chunk 7"));

    assertThat(cloud.queuedMessages()).isEqualTo(1);
  }

  @Test
  void losesMessagesOnTheWayToWhoReceivesThem() {
    send("chunk 7");
    cloud.intercept(Faults.first(1, Faults.to(Service.SQS, "ReceiveMessage"), Fault.dropAfter()));

    assertThatExceptionOfType(SdkClientException.class).isThrownBy(this::receive);

    assertThat(cloud.messagesInFlight()).isEqualTo(1);
  }

  @Test
  void isThrottled() {
    cloud.intercept(Faults.first(1, Faults.to(Service.SQS), Faults.QUEUE_THROTTLED));

    assertThatExceptionOfType(RequestThrottledException.class).isThrownBy(() -> send("chunk 7"));

    send("chunk 7");
    assertThat(cloud.queuedMessages()).isEqualTo(1);
  }

  @Test
  void knowsNoOtherQueue() {
    assertThatExceptionOfType(QueueDoesNotExistException.class)
        .isThrownBy(
            () -> sqs.sendMessage(send -> send.queueUrl(cloud.queueUrl() + "x").messageBody("a")));
  }

  private static void isReceived(Message message, int times) {
    assertThat(message.attributes())
        .containsEntry(
            MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, Integer.toString(times));
  }

  private void send(String body) {
    sqs.sendMessage(send -> send.queueUrl(cloud.queueUrl()).messageBody(body));
  }

  /** What can be received now. */
  private List<Message> receive() {
    return receive(0);
  }

  /** What can be received now, or before long. */
  private List<Message> poll() {
    return receive(20);
  }

  private List<Message> receive(int waitSeconds) {
    return sqs.receiveMessage(
            receive ->
                receive
                    .queueUrl(cloud.queueUrl())
                    .maxNumberOfMessages(10)
                    .messageSystemAttributeNames(
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT)
                    .waitTimeSeconds(waitSeconds))
        .messages();
  }

  private void delete(Message message) {
    sqs.deleteMessage(
        delete -> delete.queueUrl(cloud.queueUrl()).receiptHandle(message.receiptHandle()));
  }
}
