package aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Has a small object sent with its request. The client of S3 would first ask whether it may be,
 * which saves an upload that is refused, and costs each of the others a round trip.
 *
 * <p>A server that refuses an object before it has read it may break the connection before the
 * client has read why. So one whose last request broke off is asked for first: then the retry gets
 * the answer.
 */
final class SentAtOnce implements ExecutionInterceptor {
  /** The maximum bytes of a small object. */
  static final int SMALL = 1 << 20;

  private static final String EXPECT = "Expect";

  /** The maximum number of paths that are kept; beyond, the oldest is dropped. */
  private static final int MOST = 10_000;

  /** The paths of objects whose last request broke off; some are never put again. */
  private final Set<String> broken =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                  return size() > MOST;
                }
              }));

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    SdkHttpRequest request = context.httpRequest();
    return request.firstMatchingHeader(EXPECT).isPresent()
            && isSmall(request)
            && !broken.contains(request.encodedPath())
        ? request.copy(sent -> sent.removeHeader(EXPECT))
        : request;
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution failed, ExecutionAttributes attributes) {
    boolean isAnswered = failed.exception() instanceof SdkServiceException;
    failed
        .httpRequest()
        .filter(request -> request.method() == SdkHttpMethod.PUT)
        .map(SdkHttpRequest::encodedPath)
        .ifPresent(
            path -> {
              if (isAnswered) {
                broken.remove(path);
              } else {
                broken.add(path);
              }
            });
  }

  @Override
  public void afterExecution(Context.AfterExecution done, ExecutionAttributes attributes) {
    if (done.httpRequest().method() == SdkHttpMethod.PUT) {
      broken.remove(done.httpRequest().encodedPath());
    }
  }

  private static boolean isSmall(SdkHttpRequest request) {
    return request
        .firstMatchingHeader(Header.CONTENT_LENGTH)
        .filter(length -> Long.parseLong(length) <= SMALL)
        .isPresent();
  }
}
