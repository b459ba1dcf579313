package aws;

import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Tries a request to AWS again if the fault may pass: throttling, errors of the service, the
 * network. What AWS refuses (access, a missing table, an item it does not take) and missing
 * credentials stay as they are however often one asks.
 */
public final class PassingFaults extends RedeliveryPolicy {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean shouldRedeliver(Exchange exchange, int redeliveryCounter, Predicate retryWhile) {
    Throwable fault = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return mayPass(fault) && super.shouldRedeliver(exchange, redeliveryCounter, retryWhile);
  }

  private static boolean mayPass(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof AwsServiceException refused) {
        return refused.isThrottlingException()
            || refused.statusCode() >= 500
            || isRequestTimeout(refused);
      }
      if (cause instanceof SdkClientException client) {
        return !String.valueOf(client.getMessage()).contains("credentials");
      }
    }
    return false;
  }

  /** S3 says so with a 400 when the request came too slowly. */
  private static boolean isRequestTimeout(AwsServiceException refused) {
    return refused.awsErrorDetails() != null
        && "RequestTimeout".equals(refused.awsErrorDetails().errorCode());
  }
}
