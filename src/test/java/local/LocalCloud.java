package local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.eclipse.jetty.server.Handler;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * DynamoDB, S3, SNS and SQS in this JVM, on 127.0.0.1 only.
 *
 * <pre>
 *   application --+--> dynamoDb()  Front --> DynamoDB Local   two tables, with the key Date
 *                 |                                          and the keys Place and Date
 *                 +--> s3()        Front --> S3Proxy          one bucket, path style
 *                 +--> sns()       Front --> SnsCatcher       any topic
 *                 +--> sqs()       Front --> ElasticMQ        one queue and its dead-letter queue,
 *                                                          started when it is first asked for
 *
 *   test ------------> dynamoDbClient(), s3Client(), sqsClient(), items(), object(), keys(),
 *                      messages(), queuedMessages(), deadLetterMessages()
 * </pre>
 *
 * <p>The application goes through the fronts, where its calls are listed ({@link #requests()}) and
 * disturbed ({@link #intercept}). The clients and questions for tests go past the fronts: they are
 * neither listed nor disturbed.
 */
public final class LocalCloud implements AutoCloseable {
  private static final String TABLE = "CovidData";
  private static final String TABLE_OF_PLACES = "CovidPlaces";
  private static final String BUCKET = "covid-data";
  private static final String REGION = "us-east-1";
  private static final String ACCESS_KEY = "local";
  private static final String SECRET_KEY = "local";

  static {
    // The servers inside say on every start, and some on every request, what nobody asked.
    Configurator.setLevel(
        Map.of(
            "org.eclipse.jetty", Level.WARN,
            "org.gaul", Level.WARN,
            "org.apache.pekko", Level.WARN,
            "org.elasticmq", Level.WARN,
            "software.amazon.dynamodb", Level.ERROR));
  }

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private volatile Interceptor interceptor = call -> Fault.none();

  private final TableServer tables;
  private final BucketServer buckets;
  private final QueueServer queues;
  private final Outbox outbox;
  private final URI dynamoDb;
  private final URI s3;
  private final URI sns;
  private final URI sqs;
  private DynamoDbClient dynamoDbClient;
  private S3Client s3Client;

  private LocalCloud(Optional<Path> dataDir, Ports ports) {
    try {
      outbox =
          dataDir.isPresent() ? Outbox.at(dataDir.get().resolve("sns-outbox")) : Outbox.inMemory();
      tables =
          keep(
              new TableServer(
                  Map.of(TABLE, List.of("Date"), TABLE_OF_PLACES, List.of("Place", "Date")),
                  folder(dataDir, "dynamodb")));
      buckets = keep(new BucketServer(BUCKET, folder(dataDir, "s3")));
      queues = keep(new QueueServer());
      dynamoDb = open(Service.DYNAMODB, ports.dynamoDb(), tables.handler());
      s3 = open(Service.S3, ports.s3(), new OneWriter(new Forward(buckets::uri)));
      sns = open(Service.SNS, ports.sns(), new SnsCatcher(outbox));
      sqs = open(Service.SQS, ports.sqs(), new Forward(queues::uri));
      tables.createTables();
      buckets.createBucket();
    } catch (IOException e) {
      close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** A cloud that forgets everything on {@link #close()}, on any free ports. */
  public static LocalCloud inMemory() {
    return new LocalCloud(Optional.empty(), Ports.ANY);
  }

  /**
   * A cloud that finds again what was stored in it, even after a crash.
   *
   * @param dataDir is created if need be; holds {@code dynamodb/}, {@code s3/} and the file {@code
   *     sns-outbox}, one JSON object a line; messages of the queue are in memory only
   * @throws IllegalStateException if a port is taken
   */
  public static LocalCloud at(Path dataDir, Ports ports) {
    return new LocalCloud(Optional.of(dataDir), ports);
  }

  private static Optional<Path> folder(Optional<Path> dataDir, String name) throws IOException {
    return dataDir.isEmpty()
        ? Optional.empty()
        : Optional.of(Files.createDirectories(dataDir.get().resolve(name)));
  }

  private URI open(Service service, int port, Handler behind) {
    return keep(new Loopback(service, port, new Front(service, behind, this::onCall))).uri();
  }

  private <T extends AutoCloseable> T keep(T opening) {
    opened.push(opening);
    return opening;
  }

  private Fault onCall(Call call) {
    synchronized (requests) {
      requests.add(call.toString());
    }
    return interceptor.intercept(call);
  }

  /** Where DynamoDB listens. */
  public URI dynamoDb() {
    return dynamoDb;
  }

  /** Where S3 listens; path style only: {@code .../covid-data/key}. */
  public URI s3() {
    return s3;
  }

  /** Where SNS listens. */
  public URI sns() {
    return sns;
  }

  /** Where SQS listens. */
  public URI sqs() {
    return sqs;
  }

  /** The name of the table. */
  public String table() {
    return TABLE;
  }

  /** The name of the table of many places, with the keys {@code Place} and {@code Date}. */
  public String tableOfPlaces() {
    return TABLE_OF_PLACES;
  }

  /** The name of the bucket. */
  public String bucket() {
    return BUCKET;
  }

  /** A topic to publish to; the local SNS takes any. */
  public String topicArn() {
    return "arn:aws:sns:us-east-1:000000000000:covid-data";
  }

  /** The queue of chunks, by the address where {@link #sqs()} listens. */
  public String queueUrl() {
    return sqs.resolve(QueueServer.path()).toString();
  }

  /**
   * Has the queue treat messages in another way, until {@link #reset()}.
   *
   * @param mostReceives after so many receives a message goes to the dead-letter queue; 5 by
   *     default
   * @param visibilityTimeout how long a received message is hidden, in whole seconds; 30 s by
   *     default
   */
  public void treatMessages(int mostReceives, Duration visibilityTimeout) {
    queues.treat(mostReceives, visibilityTimeout);
  }

  /** What the AWS SDK must find in the environment of another process to use this cloud. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_REGION",
        REGION,
        "AWS_ACCESS_KEY_ID",
        ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        SECRET_KEY,
        "AWS_ENDPOINT_URL_DYNAMODB",
        dynamoDb.toString(),
        "AWS_ENDPOINT_URL_S3",
        s3.toString(),
        "AWS_ENDPOINT_URL_SNS",
        sns.toString(),
        "AWS_ENDPOINT_URL_SQS",
        sqs.toString());
  }

  /** What the AWS SDK must find in the system properties of this JVM to use this cloud. */
  public Map<String, String> systemProperties() {
    return Map.of(
        "aws.region",
        REGION,
        "aws.accessKeyId",
        ACCESS_KEY,
        "aws.secretAccessKey",
        SECRET_KEY,
        "aws.endpointUrlDynamoDb",
        dynamoDb.toString(),
        "aws.endpointUrlS3",
        s3.toString(),
        "aws.endpointUrlSns",
        sns.toString(),
        "aws.endpointUrlSqs",
        sqs.toString());
  }

  /** Has every call from now on go through {@code interceptor}, in place of an earlier one. */
  public void intercept(Interceptor interceptor) {
    this.interceptor = interceptor;
  }

  /**
   * What was asked through the fronts so far, in order of arrival: {@code DynamoDB PutItem}, {@code
   * S3 PUT covid-data/runs/x.json}, {@code SNS Publish}, {@code SQS SendMessage}.
   */
  public List<String> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** Starts the list of {@link #requests()} anew. */
  public void forgetRequests() {
    synchronized (requests) {
      requests.clear();
    }
  }

  /** The messages that were published, oldest first. */
  public List<Message> messages() {
    return outbox.messages();
  }

  /**
   * How many messages of the queue can be received now: exact, and without a receive, which would
   * count.
   */
  public int queuedMessages() {
    return queues.waiting();
  }

  /** How many messages of the queue are hidden, since they were received and not deleted. */
  public int messagesInFlight() {
    return queues.inFlight();
  }

  /** The bodies of the messages in the dead-letter queue, which stay there. */
  public List<String> deadLetterMessages() {
    return queues.deadLetters();
  }

  /** All rows of the table, in no order. */
  public List<Map<String, AttributeValue>> items() {
    return items(TABLE);
  }

  /** All rows of the table of many places, those of a place by date. */
  public List<Map<String, AttributeValue>> itemsOfPlaces() {
    return items(TABLE_OF_PLACES);
  }

  private List<Map<String, AttributeValue>> items(String table) {
    return dynamoDbClient().scanPaginator(scan -> scan.tableName(table)).items().stream().toList();
  }

  /** The text of an object in the bucket, empty if there is none. */
  public Optional<String> object(String key) {
    try {
      var object = s3Client().getObjectAsBytes(get -> get.bucket(BUCKET).key(key));
      return Optional.of(object.asString(UTF_8));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    }
  }

  /** The keys in the bucket that begin so, in alphabetical order. */
  public List<String> keys(String prefix) {
    return s3Client()
        .listObjectsV2Paginator(list -> list.bucket(BUCKET).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** A client of the table, past the front. It is closed with the cloud. */
  public synchronized DynamoDbClient dynamoDbClient() {
    if (dynamoDbClient == null) {
      dynamoDbClient =
          keep(configured(DynamoDbClient.builder()).endpointOverride(tables.uri()).build());
    }
    return dynamoDbClient;
  }

  /** A client of the bucket, path style, past the front. It is closed with the cloud. */
  public synchronized S3Client s3Client() {
    if (s3Client == null) {
      s3Client =
          keep(
              configured(S3Client.builder())
                  .endpointOverride(buckets.uri())
                  .forcePathStyle(true)
                  .build());
    }
    return s3Client;
  }

  /** A client of the bucket as the application has one, through the front. The caller closes it. */
  public S3Client watchedS3Client() {
    return configured(S3Client.builder()).endpointOverride(s3).forcePathStyle(true).build();
  }

  /** A client of the queue, past the front. It is closed with the cloud. */
  public SqsClient sqsClient() {
    return queues.client();
  }

  static <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
    return builder
        .region(Region.of(REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)));
  }

  /** As after the start: no rows, objects, messages and requests, and nothing goes wrong. */
  public void reset() {
    interceptor = call -> Fault.none();
    tables.clear();
    buckets.clear();
    queues.clear();
    outbox.clear();
    forgetRequests();
  }

  @Override
  public synchronized void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("The local cloud does not close.", e);
      }
    }
  }
}
