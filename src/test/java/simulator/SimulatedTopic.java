package simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;
import software.amazon.awssdk.services.sns.model.ThrottledException;

/** A topic that keeps its messages. */
final class SimulatedTopic {
  private final List<Message> messages = new ArrayList<>();

  /**
   * A message.
   *
   * @param run the run that sent it
   * @param text of the message, subject included
   */
  record Message(String run, String text) {}

  /** What was sent to it, in this order. */
  List<Message> messages() {
    return messages;
  }

  private PublishResponse publish(PublishRequest request) {
    messages.add(
        new Message(
            request.messageAttributes().get("runId").stringValue(),
            request.subject() + "\n" + request.message()));
    return PublishResponse.builder().messageId("m-" + messages.size()).build();
  }

  /** The topic as one process calls it. */
  record Client(Caller caller, Supplier<SimulatedTopic> topic) implements SnsClient {
    @Override
    public PublishResponse publish(PublishRequest request) {
      return caller.call(
          "Publish",
          () -> topic.get().publish(request),
          AwsAnswers::lost,
          () -> {
            throw AwsAnswers.refusal(ThrottledException.builder(), "Sns", 429, "Throttled");
          });
    }

    @Override
    public String serviceName() {
      return "sns";
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
