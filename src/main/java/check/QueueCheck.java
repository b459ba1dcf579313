package check;

import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The queue of chunks, as far as its attributes say. The roles of the program may not ask for them:
 * it needs none.
 *
 * @param sqs the client
 * @param setting that has the queue
 * @param url of the queue
 * @param reason puts a failure into a sentence
 */
public record QueueCheck(
    SqsClient sqs, String setting, String url, Function<Throwable, String> reason) {
  private static final String SUBJECT = "queue";
  private static final int FORBIDDEN = 403;

  /** Asks SQS once. */
  public Finding find() {
    String name = url.substring(url.lastIndexOf('/') + 1);
    try {
      Map<QueueAttributeName, String> attributes =
          sqs.getQueueAttributes(
                  ask ->
                      ask.queueUrl(url)
                          .attributeNames(
                              QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                              QueueAttributeName.REDRIVE_POLICY))
              .attributes();
      return attributes.containsKey(QueueAttributeName.REDRIVE_POLICY)
          ? Finding.ok(
              SUBJECT,
              "%s of %s has %s message(s)"
                  .formatted(
                      name,
                      setting,
                      attributes.get(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES)))
          : Finding.wrong(
              SUBJECT,
              "%s of %s has no dead-letter queue, so a chunk that ends its workers would never leave"
                      .formatted(name, setting)
                  + " it: give it a redrive policy");
    } catch (SdkException e) {
      return e instanceof AwsServiceException refused && refused.statusCode() == FORBIDDEN
          ? Finding.unknown(
              SUBJECT,
              "%s of %s: its attributes may not be asked for (sqs:GetQueueAttributes), which a run"
                      .formatted(name, setting)
                  + " does not need either")
          : Finding.wrong(SUBJECT, reason.apply(e));
    }
  }
}
