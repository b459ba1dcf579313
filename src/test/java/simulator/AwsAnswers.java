package simulator;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;

/** The errors that the ends answer with. */
final class AwsAnswers {
  private AwsAnswers() {}

  /** No answer came. */
  static RuntimeException lost() {
    return SdkClientException.create("The connection was cut.");
  }

  /**
   * A refusal as the SDK makes it of an error answer.
   *
   * @param builder of the class that the SDK has for the code
   */
  static AwsServiceException refusal(
      AwsServiceException.Builder builder, String service, int status, String code) {
    return builder
        .statusCode(status)
        .message(code)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName(service)
                .errorCode(code)
                .errorMessage(code)
                .sdkHttpResponse(SdkHttpResponse.builder().statusCode(status).build())
                .build())
        .build();
  }
}
