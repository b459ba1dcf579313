package aws;

import java.time.Duration;
import org.apache.camel.support.service.ServiceSupport;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sns.SnsClient;

/**
 * The three AWS clients. Region, credentials and endpoints are the SDK's own settings. Its retries
 * are off: the policies in {@code errors.camel.yaml} are the only ones.
 */
public final class AwsClients extends ServiceSupport {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(15);

  private final SdkHttpClient http;
  private final DynamoDbClient dynamoDb;
  private final S3Client s3;
  private final SnsClient sns;

  /**
   * @param connections the maximum number of concurrent requests
   * @param pathStyle whether the bucket's name is part of the path instead of the host name, as
   *     most stand-ins for S3 need it
   */
  public AwsClients(int connections, boolean pathStyle) {
    http =
        Apache5HttpClient.builder()
            .maxConnections(connections)
            .connectionTimeout(CONNECT)
            .socketTimeout(ATTEMPT)
            .build();
    dynamoDb = configured(DynamoDbClient.builder()).httpClient(http).build();
    s3 = configured(S3Client.builder()).httpClient(http).forcePathStyle(pathStyle).build();
    sns = configured(SnsClient.builder()).httpClient(http).build();
  }

  private static <B extends AwsClientBuilder<B, ?>> B configured(B builder) {
    return builder.overrideConfiguration(
        ClientOverrideConfiguration.builder()
            .retryStrategy(AwsRetryStrategy.doNotRetry())
            .apiCallAttemptTimeout(ATTEMPT)
            .addExecutionInterceptor(new AwsCall.Recorder())
            .build());
  }

  /** For the table. */
  public DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  /** For the bucket. */
  public S3Client s3() {
    return s3;
  }

  /** For the topic. */
  public SnsClient sns() {
    return sns;
  }

  @Override
  protected void doStop() {
    dynamoDb.close();
    s3.close();
    sns.close();
    http.close();
  }
}
