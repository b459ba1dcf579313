package local;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/** Passes everything on to another HTTP server, and its answer back. */
final class Forward extends Handler.Abstract {
  /** These belong to one connection, and each of the two connections sets its own. */
  private static final Set<HttpHeader> OF_A_CONNECTION =
      EnumSet.of(
          HttpHeader.CONNECTION,
          HttpHeader.EXPECT,
          HttpHeader.KEEP_ALIVE,
          HttpHeader.TRANSFER_ENCODING);

  private final SdkHttpClient http = Apache5HttpClient.builder().maxConnections(64).build();
  private final Supplier<URI> server;

  /**
   * @param server where it listens, asked for with each request
   */
  Forward(Supplier<URI> server) {
    this.server = server;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var answer = http.prepareRequest(outgoing(request)).call();
    response.setStatus(answer.httpResponse().statusCode());
    answer
        .httpResponse()
        .forEachHeader(
            (name, values) -> {
              if (!OF_A_CONNECTION.contains(HttpHeader.CACHE.get(name))) {
                response.getHeaders().put(name, values);
              }
            });
    var body = answer.responseBody();
    response.write(
        true, ByteBuffer.wrap(body.isPresent() ? whole(body.get()) : new byte[0]), callback);
    return true;
  }

  private HttpExecuteRequest outgoing(Request request) throws IOException {
    var body = whole(Content.Source.asInputStream(request));
    var outgoing =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.fromValue(request.getMethod()))
            .uri(server.get().resolve(request.getHttpURI().getPathQuery()));
    for (HttpField field : request.getHeaders()) {
      // S3Proxy takes any signature, but knows no temporary credentials.
      if (!OF_A_CONNECTION.contains(field.getHeader()) && !field.is("x-amz-security-token")) {
        outgoing.appendHeader(field.getName(), field.getValue());
      }
    }
    // S3Proxy closes some connections after a large object; then the next request would be lost.
    outgoing.putHeader(HttpHeader.CONNECTION.asString(), "close");
    return HttpExecuteRequest.builder()
        .request(outgoing.build())
        .contentStreamProvider(() -> new ByteArrayInputStream(body))
        .build();
  }

  private static byte[] whole(InputStream stream) throws IOException {
    try (stream) {
      return stream.readAllBytes();
    }
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    http.close();
  }
}
