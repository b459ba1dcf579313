package feeds;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.MessageSupport;

/**
 * Sets up the HTTP client that pulls feeds: one time limit for a whole pull, including connection
 * and body, and no retries, which are the route's.
 *
 * <p>A body that is not read to its end is dropped with its connection, since the client would
 * otherwise read on, and a feed may be endless. An incomplete body is a {@link PullException}.
 */
public final class FeedHttpClient implements HttpClientConfigurer {
  /** Connecting has a separate limit, since several addresses of a host may be tried. */
  private static final long CONNECT_SECONDS = 20;

  /** Limits the headers, which are kept in memory. */
  private static final Http1Config HEAD_LIMITS =
      Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(200).build();

  private final Duration timeout;
  private final ScheduledExecutorService alarms;
  private final Proxies proxies;

  /**
   * @param timeout for one whole pull
   * @param alarms runs the timeouts of pulls
   * @param proxies chooses the proxy of each request
   */
  public FeedHttpClient(Duration timeout, ScheduledExecutorService alarms, Proxies proxies) {
    this.timeout = timeout;
    this.alarms = alarms;
    this.proxies = proxies;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder.disableAutomaticRetries();
    // Unpacked here, since the client would not detect an incomplete packed body.
    builder.disableContentCompression();
    builder.setDefaultHeaders(List.of(new BasicHeader(HttpHeaders.ACCEPT_ENCODING, "gzip")));
    builder.setRoutePlanner(proxies.routes()).setDefaultCredentialsProvider(proxies.logins());
    builder.setRedirectStrategy(new FeedRedirects());
    builder.setConnectionManager(connections()).setConnectionManagerShared(false);
    builder.addExecInterceptorFirst("pull-limit", this::pull);
  }

  private static HttpClientConnectionManager connections() {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(HEAD_LIMITS).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS).build())
        .build();
  }

  private ClassicHttpResponse pull(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Pull pull = new Pull(scope, timeout, alarms);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      if (response.getCode() == HttpStatus.SC_NOT_MODIFIED && !isConditional(request)) {
        pull.drop();
        throw new PullException(
            "it answered 304, not modified, although the request had no condition");
      }
      if (response.getEntity() == null) {
        pull.end();
      } else if (response.getCode() >= 300) {
        // Only the status matters, and this body may be endless too.
        pull.drop();
        response.setEntity(null);
      } else if (response.getCode() == HttpStatus.SC_PARTIAL_CONTENT) {
        pull.drop();
        throw new PullException(
            "it answered 206, a part of the feed, although the whole was requested");
      } else {
        unpack(response, pull);
      }
      return response;
    } catch (IOException | HttpException | RuntimeException e) {
      pull.end();
      if (pull.isLate()) {
        throw pull.limit(e);
      }
      throw e;
    }
  }

  private static boolean isConditional(ClassicHttpRequest request) {
    return Validators.CONDITIONS.stream().anyMatch(request::containsHeader);
  }

  /** Unpacks the body while it is read, and removes its encoding from the headers. */
  private static void unpack(ClassicHttpResponse response, Pull pull) {
    List<String> encodings = new ArrayList<>();
    MessageSupport.parseTokens(response, HttpHeaders.CONTENT_ENCODING, encodings::add);
    response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
    response.setEntity(pull.body(response.getEntity(), encodings));
  }
}
