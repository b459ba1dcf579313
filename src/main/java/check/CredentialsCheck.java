package check;

import java.io.IOException;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Whose the AWS credentials are. It takes no right to ask.
 *
 * @param sts creates the client
 * @param elsewhere whether the services are stand-ins, but not this one: AWS itself does not know
 *     their credentials
 * @param reason puts a failure into a sentence
 */
public record CredentialsCheck(
    Supplier<StsClient> sts, boolean elsewhere, Function<Throwable, String> reason) {
  private static final String SUBJECT = "credentials";

  /** Asks STS, unless the services are stand-ins. */
  public Finding find() {
    if (elsewhere) {
      return Finding.unknown(
          SUBJECT,
          "those of a stand-in for AWS: whose they are is asked where AWS_ENDPOINT_URL_STS says");
    }
    try {
      return Finding.ok(SUBJECT, sts.get().getCallerIdentity().arn());
    } catch (SdkException e) {
      // A network may lead to the other services alone.
      return isAway(e)
          ? Finding.unknown(SUBJECT, reason.apply(e))
          : Finding.wrong(SUBJECT, reason.apply(e));
    }
  }

  private static boolean isAway(SdkException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}
