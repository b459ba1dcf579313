package bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import local.LocalCloud;
import org.apache.commons.codec.digest.DigestUtils;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * For the soak: what is in the embedded AWS, past all faults, and the faults.
 *
 * <pre>
 *   count                 how many objects the bucket has
 *   keys PREFIX           the keys of the bucket that begin so
 *   object KEY            the text of an object
 *   pointer KEY           the metadata of an object
 *   items                 the items of the table of many places, each as its attributes
 *   messages              for each message its run, and the SHA-256 of its subject and text
 *   watch                 counts writes to the table, and disturbs when asked to
 *   disturb SEED SHARE    disturbs so many of a thousand calls by chance
 *   refuse DATE PLACE     has the table refuse a day
 *   calm                  disturbs nothing more: how often what was disturbed so far
 * </pre>
 */
final class Inspection {
  private final LocalCloud cloud;
  private final Disturbance disturbance = new Disturbance();

  Inspection(LocalCloud cloud) {
    this.cloud = cloud;
  }

  /**
   * The answer to a line.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  Object answer(String... words) {
    return switch (words[0]) {
      case "count" -> cloud.keys("").size();
      case "keys" -> cloud.keys(words[1]);
      case "object" -> cloud.object(words[1]).orElse("");
      case "pointer" ->
          cloud.s3Client().headObject(head -> head.bucket(cloud.bucket()).key(words[1])).metadata();
      case "items" -> cloud.itemsOfPlaces().stream().map(Inspection::plain).toList();
      case "messages" ->
          cloud.messages().stream()
              .map(
                  message ->
                      List.of(
                          message.attributes().get("runId"),
                          DigestUtils.sha256Hex(
                              (message.subject() + "\n" + message.text()).getBytes(UTF_8))))
              .toList();
      case "watch" -> {
        cloud.intercept(disturbance);
        yield List.of();
      }
      case "disturb" -> {
        disturbance.begin(Long.parseLong(words[1]), Integer.parseInt(words[2]));
        yield List.of();
      }
      case "refuse" -> {
        // A name may have blanks.
        disturbance.refuse(String.join(" ", List.of(words).subList(2, words.length)), words[1]);
        yield List.of();
      }
      case "calm" -> disturbance.end();
      default -> throw new IllegalArgumentException("Not a command: " + words[0]);
    };
  }

  private static Map<String, String> plain(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                attribute ->
                    attribute.getValue().s() == null
                        ? attribute.getValue().n()
                        : attribute.getValue().s(),
                (one, other) -> one,
                TreeMap::new));
  }
}
