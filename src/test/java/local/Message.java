package local;

import java.util.Map;

/**
 * A message that was published to SNS.
 *
 * @param subject the subject line, null if it was sent without
 * @param text the message itself
 * @param attributes the message attributes of type String and Number, by name
 * @param topicArn the topic it was published to
 */
public record Message(
    String subject, String text, Map<String, String> attributes, String topicArn) {}
