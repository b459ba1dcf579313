package simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.RequestThrottledException;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageResponse;

/** A queue with its dead-letter queue; what it can is what the program asks of it. */
final class SimulatedQueue {
  /** The queue as a setting. */
  static final String SETTING = "aws2-sqs:chunks?queueUrl=http://queue.test/chunks";

  /** A message that was received so often goes to the dead-letter queue. */
  static final int MOST_RECEIVES = 5;

  /** One of so many messages is delivered twice, where there is disorder. */
  private static final int TWICE = 10;

  private final Supplier<Instant> now;
  private final List<Sent> messages = new ArrayList<>();
  private final List<String> deadLetters = new ArrayList<>();
  private Optional<Random> disorder = Optional.empty();
  private int sent;

  /**
   * @param now the time by which messages become visible again
   */
  SimulatedQueue(Supplier<Instant> now) {
    this.now = now;
  }

  /** A message of the queue. */
  private static final class Sent {
    private final String id;
    private final String body;
    private Instant visible = Instant.MIN;
    private int receives;

    Sent(String id, String body) {
      this.id = id;
      this.body = body;
    }

    /** Of the last receive; those of earlier ones delete nothing. */
    String handle() {
      return id + "#" + receives;
    }
  }

  /** Delivers messages in any order from now on, and some of them twice. */
  void disorder(Random random) {
    disorder = Optional.of(random);
  }

  /** The bodies of messages that were received too often. */
  List<String> deadLetters() {
    return deadLetters;
  }

  /** The body of the message with a receipt handle; empty if it is not in the queue. */
  String body(String handle) {
    return find(handle).map(message -> message.body).orElse("");
  }

  private Optional<Sent> find(String handle) {
    return messages.stream().filter(message -> message.handle().equals(handle)).findFirst();
  }

  private SendMessageResponse send(SendMessageRequest request) {
    Sent message = new Sent("m-" + ++sent, request.messageBody());
    messages.add(message);
    return SendMessageResponse.builder().messageId(message.id).build();
  }

  private List<Message> receive(ReceiveMessageRequest request) {
    List<Message> received = new ArrayList<>();
    while (received.size() < request.maxNumberOfMessages()) {
      List<Sent> visible = visible();
      if (visible.isEmpty()) {
        break;
      }
      Sent one = visible.get(disorder.map(random -> random.nextInt(visible.size())).orElse(0));
      one.receives++;
      if (disorder.map(random -> random.nextInt(TWICE)).orElse(1) > 0) {
        one.visible = now.get().plusSeconds(request.visibilityTimeout());
      }
      received.add(message(one));
    }
    return received;
  }

  private List<Sent> visible() {
    List<Sent> visible =
        messages.stream().filter(message -> !message.visible.isAfter(now.get())).toList();
    List<Sent> spent =
        visible.stream().filter(message -> message.receives >= MOST_RECEIVES).toList();
    messages.removeAll(spent);
    spent.forEach(message -> deadLetters.add(message.body));
    return visible.stream().filter(message -> !spent.contains(message)).toList();
  }

  private static Message message(Sent one) {
    return Message.builder()
        .messageId(one.id)
        .body(one.body)
        .receiptHandle(one.handle())
        .attributes(
            Map.of(
                MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                Integer.toString(one.receives)))
        .build();
  }

  private DeleteMessageResponse delete(DeleteMessageRequest request) {
    find(request.receiptHandle()).ifPresent(messages::remove);
    return DeleteMessageResponse.builder().build();
  }

  /**
   * The queue as one process calls it.
   *
   * @param sleep lets time go by while a receive waits for a message
   */
  record Client(Caller caller, Supplier<SimulatedQueue> queue, Consumer<Duration> sleep)
      implements SqsClient {
    @Override
    public SendMessageResponse sendMessage(SendMessageRequest request) {
      return call("SendMessage " + oneLine(request.messageBody()), () -> queue.get().send(request));
    }

    @Override
    public ReceiveMessageResponse receiveMessage(ReceiveMessageRequest request) {
      List<Message> messages = call("ReceiveMessage", () -> queue.get().receive(request));
      if (messages.isEmpty()) {
        sleep.accept(Duration.ofSeconds(request.waitTimeSeconds()));
        messages = queue.get().receive(request);
      }
      return ReceiveMessageResponse.builder().messages(messages).build();
    }

    @Override
    public DeleteMessageResponse deleteMessage(DeleteMessageRequest request) {
      return call(
          "DeleteMessage " + oneLine(queue.get().body(request.receiptHandle())),
          () -> queue.get().delete(request));
    }

    private <T> T call(String what, Supplier<T> effect) {
      return caller.call(
          what,
          effect,
          AwsAnswers::lost,
          () -> {
            throw AwsAnswers.refusal(
                RequestThrottledException.builder(), "Sqs", 400, "RequestThrottled");
          });
    }

    private static String oneLine(String body) {
      return body.replaceAll("\\s+", "");
    }

    @Override
    public String serviceName() {
      return "sqs";
    }

    @Override
    public void close() {
      // It holds nothing.
    }
  }
}
