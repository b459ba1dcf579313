package aws;

import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.BatchStatementError;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * The error of one statement of a batch, which DynamoDB describes in an answer of 200, as the
 * exception that it would be for a request with this statement alone.
 */
final class StatementError {
  private StatementError() {}

  /**
   * The exception.
   *
   * @param table of the statement
   * @param region of the table
   */
  static DynamoDbException exception(BatchStatementError error, String table, String region) {
    String code = code(error);
    DynamoDbException exception =
        (DynamoDbException)
            DynamoDbException.builder()
                .message(error.message())
                .statusCode(code.equals("InternalServerError") ? 500 : 400)
                .awsErrorDetails(
                    AwsErrorDetails.builder()
                        .serviceName("DynamoDb")
                        .errorCode(code)
                        .errorMessage(error.message())
                        .build())
                .build();
    exception.addSuppressed(AwsCall.ofStatement(table, region));
    return exception;
  }

  private static String code(BatchStatementError error) {
    return switch (error.codeAsString()) {
      case "ValidationError" -> "ValidationException";
      case "ThrottlingError" -> "ThrottlingException";
      case "RequestLimitExceeded", "InternalServerError" -> error.codeAsString();
      default -> error.codeAsString() + "Exception";
    };
  }
}
