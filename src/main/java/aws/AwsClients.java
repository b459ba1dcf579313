package aws;

import java.time.Duration;
import java.util.Set;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The AWS clients. Region, credentials and endpoints are the SDK's own settings. Its retries are
 * off: the policies in {@code errors.camel.yaml} are the only ones.
 */
public final class AwsClients extends ServiceSupport {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(15);

  /** A poll waits 5 seconds by default; SQS allows at most 20. */
  private static final Duration POLL = Duration.ofSeconds(35);

  private final int connections;
  private final Set<ExecutionInterceptor> interceptors;
  private final SdkHttpClient http;
  private final S3Client s3;
  private @Nullable DynamoDbClient dynamoDb;
  private @Nullable SnsClient sns;
  private @Nullable StsClient sts;
  private @Nullable Queue queue;

  /**
   * A client of SQS with an HTTP client of its own, so that polls, which wait, take no connection
   * of others.
   */
  private record Queue(SdkHttpClient http, SqsClient sqs) {}

  /**
   * @param connections the maximum number of concurrent requests; SQS has as many again
   * @param pathStyle whether the bucket's name is part of the path instead of the host name, as
   *     most stand-ins for S3 need it
   */
  public AwsClients(int connections, boolean pathStyle) {
    this(connections, pathStyle, Set.of());
  }

  /**
   * @param connections the maximum number of concurrent requests; SQS has as many again
   * @param pathStyle whether the bucket's name is part of the path instead of the host name, as
   *     most stand-ins for S3 need it
   * @param interceptors of all calls
   */
  public AwsClients(int connections, boolean pathStyle, Set<ExecutionInterceptor> interceptors) {
    this.connections = connections;
    this.interceptors = Set.copyOf(interceptors);
    http = http(connections, ATTEMPT);
    s3 = s3(http, interceptors).forcePathStyle(pathStyle).build();
  }

  static SdkHttpClient http(int connections, Duration attempt) {
    return Apache5HttpClient.builder()
        .maxConnections(connections)
        // The client of S3 decides which objects are announced before they are sent.
        .expectContinueEnabled(false)
        .connectionTimeout(CONNECT)
        .socketTimeout(attempt)
        .build();
  }

  static S3ClientBuilder s3(SdkHttpClient http, Set<ExecutionInterceptor> interceptors) {
    return S3Client.builder()
        .overrideConfiguration(
            configuration(ATTEMPT, interceptors).addExecutionInterceptor(new SentAtOnce()).build())
        .httpClient(http);
  }

  private <B extends AwsClientBuilder<B, ?>> B configured(B builder, Duration attempt) {
    return builder.overrideConfiguration(configuration(attempt, interceptors).build());
  }

  private static ClientOverrideConfiguration.Builder configuration(
      Duration attempt, Set<ExecutionInterceptor> interceptors) {
    ClientOverrideConfiguration.Builder configuration =
        ClientOverrideConfiguration.builder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .apiCallAttemptTimeout(attempt)
            .addExecutionInterceptor(new AwsCall.Recorder());
    interceptors.forEach(configuration::addExecutionInterceptor);
    return configuration;
  }

  /** For the table, created when it is first asked for, as all but that of the bucket. */
  public synchronized DynamoDbClient dynamoDb() {
    DynamoDbClient there = dynamoDb;
    if (there == null) {
      there = configured(DynamoDbClient.builder(), ATTEMPT).httpClient(http).build();
      dynamoDb = there;
    }
    return there;
  }

  /** For the bucket. */
  public S3Client s3() {
    return s3;
  }

  /** For the topic. */
  public synchronized SnsClient sns() {
    SnsClient there = sns;
    if (there == null) {
      there = configured(SnsClient.builder(), ATTEMPT).httpClient(http).build();
      sns = there;
    }
    return there;
  }

  /** For whose the credentials are. */
  public synchronized StsClient sts() {
    StsClient there = sts;
    if (there == null) {
      there = configured(StsClient.builder(), ATTEMPT).httpClient(http).build();
      sts = there;
    }
    return there;
  }

  /** For the queue, which most processes do not have. */
  public synchronized SqsClient sqs() {
    Queue there = queue;
    if (there == null) {
      SdkHttpClient own = http(connections, POLL);
      there = new Queue(own, configured(SqsClient.builder(), POLL).httpClient(own).build());
      queue = there;
    }
    return there.sqs();
  }

  @Override
  protected synchronized void doStop() {
    if (queue != null) {
      queue.sqs().close();
      queue.http().close();
      queue = null;
    }
    if (dynamoDb != null) {
      dynamoDb.close();
    }
    if (sns != null) {
      sns.close();
    }
    if (sts != null) {
      sts.close();
    }
    s3.close();
    http.close();
  }
}
