package aws;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Classifies AWS errors by their effect on further requests. */
public final class AwsErrors {
  /** Refusals that would apply to any item. */
  private static final Set<String> ABOUT_EVERY_WRITE =
      Set.of(
          "ResourceNotFoundException",
          "AccessDeniedException",
          "UnrecognizedClientException",
          "InvalidSignatureException",
          "IncompleteSignatureException",
          "ExpiredTokenException",
          "MissingAuthenticationTokenException",
          "OptInRequired");

  /** The first two are DynamoDB's words, the third DynamoDB Local's. */
  private static final Pattern OTHER_KEY =
      Pattern.compile(
          "Missing the key |Type mismatch for (Index )?key|required keys was not given a value",
          Pattern.CASE_INSENSITIVE);

  private AwsErrors() {}

  /** Whether a retry may succeed: throttling, 5xx, the network. */
  public static boolean isTransient(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof AwsServiceException refused) {
        return refused.isThrottlingException()
            || refused.statusCode() >= 500
            // Another program's transaction is about the same item.
            || "TransactionConflictException".equals(code(refused))
            // S3 saw another conditional write of the same key at the same time.
            || "ConditionalRequestConflict".equals(code(refused))
            // S3 answers 400 when the request came too slowly.
            || "RequestTimeout".equals(code(refused));
      }
      if (cause instanceof SdkClientException) {
        return !isAboutCredentials(cause);
      }
    }
    return false;
  }

  /**
   * Whether a request that ended with this error may have been done all the same: no answer came,
   * or the service failed. What is throttled or refused was not done.
   */
  public static boolean mayBeDone(Throwable error) {
    return !(error instanceof AwsServiceException refused)
        || refused.statusCode() >= 500 && !refused.isThrottlingException();
  }

  /** Whether S3 refuses a put since the object is not, or no longer, as the put wants it. */
  public static boolean lostRace(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error) {
    return error instanceof AwsServiceException refused
        && Set.of("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey")
            .contains(code(refused));
  }

  /** Whether S3 refuses a put since there is such an object. */
  public static boolean isThere(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error) {
    return error instanceof AwsServiceException refused
        && code(refused).equals("PreconditionFailed");
  }

  /** Whether the credentials do not allow a request. */
  public static boolean isDenied(@ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error) {
    return error instanceof AwsServiceException refused && code(refused).equals("AccessDenied");
  }

  /** Whether this error affects every write, not just one item. */
  public static boolean concernsEveryWrite(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error) {
    if (error instanceof AwsServiceException refused) {
      return ABOUT_EVERY_WRITE.contains(code(refused)) || saysOtherKey(refused);
    }
    return error instanceof SdkClientException && isAboutCredentials(error);
  }

  /**
   * Whether DynamoDB refuses an item because the key of the table is not the one of {@link
   * ItemLayout}.
   */
  public static boolean saysOtherKey(AwsServiceException refused) {
    return code(refused).equals("ValidationException")
        && OTHER_KEY.matcher(refused.awsErrorDetails().errorMessage()).find();
  }

  /** Whether the credentials allow no batches, which a put of a single item may be free of. */
  public static boolean refusesBatches(Throwable error) {
    return error instanceof AwsServiceException refused
        && code(refused).equals("AccessDeniedException")
        && refused.awsErrorDetails().errorMessage().contains("PartiQL");
  }

  /** Whether DynamoDB refuses what an item or a request says. */
  static boolean saysInvalid(Throwable error) {
    return error instanceof AwsServiceException refused
        && code(refused).equals("ValidationException");
  }

  private static boolean isAboutCredentials(Throwable error) {
    return String.valueOf(error.getMessage()).contains("credentials");
  }

  private static String code(AwsServiceException refused) {
    return Optional.ofNullable(refused.awsErrorDetails())
        .map(details -> details.errorCode())
        .orElse("");
  }
}
