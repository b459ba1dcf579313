package routes;

/**
 * The SQS queue that chunks go through. It has to be a standard queue with a dead-letter queue.
 *
 * @param url of the queue
 */
public record ChunkQueue(String url) {
  /** The last part of its address. */
  public String name() {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** The endpoint that chunks are sent to. */
  String producer() {
    return endpoint();
  }

  /**
   * The endpoint that a worker takes chunks from.
   *
   * @param concurrency how many chunks it works on at a time
   */
  String consumer(int concurrency) {
    return endpoint()
        + "&concurrentConsumers="
        + concurrency
        // Of several messages in one poll the last would wait for the others, and time out.
        + "&maxMessagesPerPoll=1&greedy=true"
        // A worker is started for chunks that are there. How long a poll waits for them is set in
        // application.properties.
        + "&initialDelay=0"
        + "&attributeNames=ApproximateReceiveCount"
        + "&extendMessageVisibility=true"
        + "&exceptionHandler=#queueTrouble&pollStrategy=#queueTrouble";
  }

  /** The name in an endpoint is never asked for, since the endpoint has the URL. */
  private String endpoint() {
    return "aws2-sqs:chunks?amazonSQSClient=#sqs&queueUrl=RAW(" + url + ")";
  }
}
