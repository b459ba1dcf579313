package check;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;

/**
 * The topic of messages. Whether one may be sent shows only if one is sent.
 *
 * @param sns creates the client
 * @param topic its ARN; empty if there are no messages
 * @param dataset whose messages they are, unless it is the default one
 * @param reason puts a failure into a sentence
 */
public record TopicCheck(
    Supplier<SnsClient> sns,
    String topic,
    Optional<String> dataset,
    Function<Throwable, String> reason) {
  private static final String SUBJECT = "topic";
  static final String TEST_SUBJECT = "Covid Table Update TEST";

  /** What came of a test: it is like the message of a failed run, as that to webhooks is. */
  static final String TAKEN = "%s has taken a test, as if of a run that failed: look for it";

  static final String TEST =
      "This is a test by an operator (check --send-test). No run is behind it, and nothing is to be"
          + " done.";

  /**
   * Looks at the topic.
   *
   * @param send whether to send a message, with the status {@code failed}, so that the filters of
   *     subscribers treat it like that of a failed run
   */
  public Finding find(boolean send) {
    if (topic.isEmpty()) {
      return Finding.ok(SUBJECT, "announce.topic is empty: no messages are sent");
    }
    String[] arn = topic.split(":", -1);
    String name = arn[arn.length - 1];
    String region = sns.get().serviceClientConfiguration().region().id();
    if (!arn[3].equals(region)) {
      return Finding.wrong(
          SUBJECT,
          "%s is in %s, and messages would be sent to %s: correct announce.topic or AWS_REGION"
              .formatted(name, arn[3], region));
    }
    return send
        ? sent(name)
        : Finding.unknown(
            SUBJECT,
            "%s in %s: that messages may be sent shows only if one is sent, with --send-test"
                .formatted(name, region));
  }

  private Finding sent(String name) {
    try {
      sns.get()
          .publish(
              message ->
                  message
                      .topicArn(topic)
                      .subject(TEST_SUBJECT)
                      .message(TEST)
                      .messageAttributes(attributes()));
      return Finding.ok(SUBJECT, TAKEN.formatted(name));
    } catch (SdkException e) {
      return Finding.wrong(SUBJECT, reason.apply(e));
    }
  }

  /** Those by which subscribers filter messages of runs. */
  private Map<String, MessageAttributeValue> attributes() {
    Map<String, MessageAttributeValue> attributes = new HashMap<>();
    attributes.put("status", text("failed"));
    dataset.ifPresent(name -> attributes.put("dataset", text(name)));
    return attributes;
  }

  private static MessageAttributeValue text(String value) {
    return MessageAttributeValue.builder().dataType("String").stringValue(value).build();
  }
}
