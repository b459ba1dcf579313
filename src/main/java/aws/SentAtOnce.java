package aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Has a small object sent with its request. The client of S3 would first ask whether it may be,
 * which saves an upload that is refused, and costs each of the others a round trip.
 */
final class SentAtOnce implements ExecutionInterceptor {
  /** The maximum bytes of a small object. */
  static final int SMALL = 1 << 20;

  private static final String EXPECT = "Expect";

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    SdkHttpRequest request = context.httpRequest();
    return request.firstMatchingHeader(EXPECT).isPresent() && isSmall(request)
        ? request.copy(sent -> sent.removeHeader(EXPECT))
        : request;
  }

  private static boolean isSmall(SdkHttpRequest request) {
    return request
        .firstMatchingHeader(Header.CONTENT_LENGTH)
        .filter(length -> Long.parseLong(length) <= SMALL)
        .isPresent();
  }
}
