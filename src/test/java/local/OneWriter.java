package local;

import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets one put at a time through to the bucket. S3Proxy checks a condition and writes in two steps,
 * and of several puts with the same If-Match it would take more than one; S3 takes one.
 */
final class OneWriter extends Handler.Wrapper {
  OneWriter(Handler bucket) {
    super(bucket);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (HttpMethod.PUT.is(request.getMethod())) {
      synchronized (this) {
        return super.handle(request, response, callback);
      }
    }
    return super.handle(request, response, callback);
  }
}
