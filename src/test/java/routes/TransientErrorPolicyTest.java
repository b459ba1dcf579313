package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.s3.model.S3Exception;

class TransientErrorPolicyTest {
  private final TransientErrorPolicy policy = new TransientErrorPolicy();
  private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

  TransientErrorPolicyTest() {
    policy.setMaximumRedeliveries(3);
  }

  @ParameterizedTest
  @MethodSource
  void areTriedAgain(Exception fault) {
    assertThat(isTriedAgain(fault, 1)).isTrue();
    assertThat(isTriedAgain(new IllegalStateException("around", fault), 3)).isTrue();
    assertThat(isTriedAgain(fault, 4)).isFalse();
  }

  static Stream<Exception> areTriedAgain() {
    return Stream.of(
        dynamoDb(400, "ProvisionedThroughputExceededException"),
        dynamoDb(400, "ThrottlingException"),
        dynamoDb(500, "InternalServerError"),
        S3Exception.builder().statusCode(503).build(),
        SdkClientException.create("Unable to execute HTTP request: Connection refused"),
        SdkClientException.create("cut", new IOException("Connection reset")));
  }

  @ParameterizedTest
  @MethodSource
  void areNotTriedAgainIfTheyWillNotPass(Exception fault) {
    assertThat(isTriedAgain(fault, 1)).isFalse();
  }

  static Stream<Exception> areNotTriedAgainIfTheyWillNotPass() {
    return Stream.of(
        dynamoDb(400, "ResourceNotFoundException"),
        dynamoDb(400, "AccessDeniedException"),
        dynamoDb(400, "ValidationException"),
        dynamoDb(400, "ConditionalCheckFailedException"),
        S3Exception.builder().statusCode(403).build(),
        SdkClientException.create("Unable to load credentials from any of the providers"),
        new IllegalStateException("a bug"));
  }

  @Test
  void areNotTriedAgainWithoutAFault() {
    assertThat(isTriedAgain(null, 1)).isFalse();
  }

  private boolean isTriedAgain(Exception fault, int counter) {
    exchange.setProperty(Exchange.EXCEPTION_CAUGHT, fault);
    return policy.shouldRedeliver(exchange, counter, null);
  }

  private static DynamoDbException dynamoDb(int status, String code) {
    return (DynamoDbException)
        DynamoDbException.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
            .build();
  }
}
