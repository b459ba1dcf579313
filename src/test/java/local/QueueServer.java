package local;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * ElasticMQ with the queue {@code chunks} and its dead-letter queue {@code chunks-dlq}, in memory.
 * It takes a second to start, and most tests need no queue: it starts when it is first asked for.
 */
final class QueueServer implements AutoCloseable {
  private static final String QUEUE = "chunks";
  private static final String DEAD_LETTERS = "chunks-dlq";

  /** As the queue is in production. */
  private static final int MOST_RECEIVES = 5;

  private static final Duration VISIBILITY_TIMEOUT = Duration.ofSeconds(30);

  private SQSRestServer server;
  private URI uri;
  private SqsClient client;

  /** Where ElasticMQ itself listens. */
  synchronized URI uri() {
    start();
    return uri;
  }

  /** A client of ElasticMQ itself. */
  synchronized SqsClient client() {
    start();
    return client;
  }

  /** The path of the queue's URL. */
  static String path() {
    return "/000000000000/" + QUEUE;
  }

  /** Sets how the queue treats messages that are received and not deleted, until it is cleared. */
  void treat(int mostReceives, Duration visibilityTimeout) {
    client()
        .setQueueAttributes(
            set ->
                set.queueUrl(url(QUEUE)).attributes(attributes(mostReceives, visibilityTimeout)));
  }

  /**
   * How many messages can be received now.
   *
   * <p>In AWS this number is approximate. ElasticMQ counts the messages that it has.
   */
  int waiting() {
    return count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES);
  }

  /** How many messages have been received, and are neither deleted nor visible again; exact too. */
  int inFlight() {
    return count(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE);
  }

  private int count(QueueAttributeName name) {
    return Integer.parseInt(
        client()
            .getQueueAttributes(get -> get.queueUrl(url(QUEUE)).attributeNames(name))
            .attributes()
            .get(name));
  }

  /** The bodies in the dead-letter queue. They stay there. */
  List<String> deadLetters() {
    List<Message> all = new ArrayList<>();
    List<Message> some;
    do {
      some =
          client()
              .receiveMessage(
                  receive ->
                      receive
                          .queueUrl(url(DEAD_LETTERS))
                          .maxNumberOfMessages(10)
                          .visibilityTimeout(60))
              .messages();
      all.addAll(some);
    } while (!some.isEmpty());
    all.forEach(
        message ->
            client.changeMessageVisibility(
                change ->
                    change
                        .queueUrl(url(DEAD_LETTERS))
                        .receiptHandle(message.receiptHandle())
                        .visibilityTimeout(0)));
    return all.stream().map(Message::body).toList();
  }

  /** As after the start: no messages. */
  synchronized void clear() {
    if (server != null) {
      for (String queue : List.of(QUEUE, DEAD_LETTERS)) {
        client.purgeQueue(purge -> purge.queueUrl(url(queue)));
      }
      treat(MOST_RECEIVES, VISIBILITY_TIMEOUT);
    }
  }

  private String url(String queue) {
    return uri.resolve(path()).resolve(queue).toString();
  }

  private void start() {
    if (server == null) {
      server = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
      uri = URI.create("http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
      client = LocalCloud.configured(SqsClient.builder()).endpointOverride(uri).build();
      client.createQueue(create -> create.queueName(DEAD_LETTERS));
      client.createQueue(
          create ->
              create.queueName(QUEUE).attributes(attributes(MOST_RECEIVES, VISIBILITY_TIMEOUT)));
    }
  }

  private static Map<QueueAttributeName, String> attributes(
      int mostReceives, Duration visibilityTimeout) {
    return Map.of(
        QueueAttributeName.VISIBILITY_TIMEOUT,
        Long.toString(visibilityTimeout.toSeconds()),
        QueueAttributeName.REDRIVE_POLICY,
        "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:%s\",\"maxReceiveCount\":%d}"
            .formatted(DEAD_LETTERS, mostReceives));
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      // Clients first: ElasticMQ waits for their connections.
      client.close();
      server.stopAndWait();
    }
  }
}
