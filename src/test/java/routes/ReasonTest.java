package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import covid.PullRefusedException;
import covid.RunFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.CircularRedirectException;
import org.apache.hc.client5.http.RedirectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

class ReasonTest {
  @ParameterizedTest
  @MethodSource
  void isOneSentence(Throwable error, String sentence) {
    assertThat(Reason.of(error)).isEqualTo(sentence);
    assertThat(Reason.of(new IllegalStateException("around", error))).isEqualTo(sentence);
  }

  static Stream<Arguments> isOneSentence() {
    return Stream.of(
        arguments(new RunFailedException("The set is gone."), "The set is gone."),
        arguments(new PullRefusedException("No such column."), "No such column."),
        arguments(
            answered("http://feeds.test/us.csv", 404, "Not Found"),
            "http://feeds.test/us.csv answered 404 Not Found."),
        arguments(
            answered("https://me:secret@feeds.test:8443/a/us.csv?key=secret", 503, "Busy"),
            "https://feeds.test:8443/a/us.csv answered 503 Busy."),
        arguments(
            answered("http://feeds.test/us.csv", 404, ""),
            "http://feeds.test/us.csv answered 404."),
        arguments(
            answered("http://feeds.test/us.csv", 404, null),
            "http://feeds.test/us.csv answered 404."),
        arguments(new UnknownHostException("feeds.test"), "host feeds.test is not known."),
        arguments(
            new UnknownHostException("feeds.test: Name or service not known"),
            "host feeds.test is not known."),
        arguments(
            new CircularRedirectException("Circular redirect to /a?s=1"),
            "it redirects in a circle, or too often."),
        arguments(
            new RedirectException("Maximum redirects (50) exceeded"),
            "it redirects in a circle, or too often."),
        arguments(
            new ConnectException("Connect to http://127.0.0.1:1 failed: Connection refused"),
            "Connect to http://127.0.0.1:1 failed: Connection refused."),
        arguments(new SocketTimeoutException("Read timed out"), "Read timed out."),
        arguments(new SocketTimeoutException(), "no message."),
        arguments(
            ResourceNotFoundException.builder()
                .awsErrorDetails(
                    details("ResourceNotFoundException", "Cannot do operations on a missing table"))
                .build(),
            "DynamoDb said ResourceNotFoundException: Cannot do operations on a missing table."),
        arguments(
            DynamoDbException.builder().awsErrorDetails(details("Odd", null)).build(),
            "DynamoDb said Odd: no message."),
        arguments(
            SdkClientException.create("Unable to load credentials"),
            "SdkClientException: Unable to load credentials"),
        arguments(new EOFException(), "EOFException"),
        arguments(new IOException("cut short"), "IOException: cut short"));
  }

  @Test
  void namesTheRootOfWhatItDoesNotKnow() {
    assertThat(Reason.of(new IllegalStateException("around", new IOException("cut short"))))
        .isEqualTo("IOException: cut short");
  }

  @Test
  void isOneLineOfAReasonableLength() {
    assertThat(Reason.of(new RunFailedException("one\r\n\ttwo\n"))).isEqualTo("one two");
    assertThat(Reason.of(new RunFailedException("x".repeat(501))))
        .isEqualTo("x".repeat(500) + "...");
  }

  private static HttpOperationFailedException answered(String uri, int status, String text) {
    return new HttpOperationFailedException(uri, status, text, null, null, "body");
  }

  private static AwsErrorDetails details(String code, String message) {
    return AwsErrorDetails.builder()
        .serviceName("DynamoDb")
        .errorCode(code)
        .errorMessage(message)
        .build();
  }
}
