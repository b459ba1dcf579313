package webhooks;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Sets up the HTTP client that posts to webhooks: one time limit for a whole request, no redirects,
 * since the message is for that address alone, and no retries, which are the route's. Of an answer
 * only the status and the headers matter: its body, which may be endless, is not read.
 */
public final class WebhookHttpClient implements HttpClientConfigurer {
  private final Duration timeout;
  private final int connections;
  private final ScheduledExecutorService alarms;
  private final HttpRoutePlanner proxies;
  private final CredentialsProvider logins;

  /**
   * @param timeout for one whole request
   * @param connections the maximum number of concurrent requests
   * @param alarms runs the timeouts
   * @param proxies chooses the proxy of each request
   * @param logins of the proxies
   */
  public WebhookHttpClient(
      Duration timeout,
      int connections,
      ScheduledExecutorService alarms,
      HttpRoutePlanner proxies,
      CredentialsProvider logins) {
    this.timeout = timeout;
    this.connections = connections;
    this.alarms = alarms;
    this.proxies = proxies;
    this.logins = logins;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement();
    builder.setRoutePlanner(proxies).setDefaultCredentialsProvider(logins);
    builder.setConnectionManager(pool());
    builder.setConnectionManagerShared(false);
    builder.addExecInterceptorFirst("time-limit", this::post);
  }

  private PoolingHttpClientConnectionManager pool() {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnPerRoute(connections)
        .setMaxConnTotal(connections)
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(Timeout.of(timeout)).build())
        .setDefaultTlsConfig(TlsConfig.custom().setHandshakeTimeout(Timeout.of(timeout)).build())
        .build();
  }

  /**
   * Connects to the server of an address as a request would, with TLS for {@code https}, and sends
   * no request.
   *
   * @return whether it did; false if there is a proxy in between, which is left alone
   * @throws IOException if there is no such server, or no connection to it
   */
  public boolean connect(URI url) throws IOException {
    HttpHost server = new HttpHost(url.getScheme(), url.getHost(), url.getPort());
    try (PoolingHttpClientConnectionManager pool = pool()) {
      HttpRoute route = proxies.determineRoute(server, HttpClientContext.create());
      if (route.getProxyHost() != null) {
        return false;
      }
      ConnectionEndpoint endpoint = pool.lease("connect", route, null).get(Timeout.of(timeout));
      return inTime(
          () -> pool.close(CloseMode.IMMEDIATE),
          () -> {
            pool.connect(endpoint, Timeout.of(timeout), HttpClientContext.create());
            return true;
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (HttpException | ExecutionException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  private ClassicHttpResponse post(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    try {
      return inTime(
          scope.execRuntime::discardEndpoint,
          () -> {
            ClassicHttpResponse response = chain.proceed(request, scope);
            response.setEntity(null);
            return response;
          });
    } finally {
      scope.execRuntime.discardEndpoint();
    }
  }

  /** What talks to a server. */
  private interface Talk<T> {
    T run() throws IOException, HttpException;
  }

  /** Breaks a talk off after the time limit: the client's own ones are for parts of it. */
  private <T> T inTime(Runnable breakOff, Talk<T> talk) throws IOException, HttpException {
    AtomicBoolean late = new AtomicBoolean();
    Future<?> alarm =
        alarms.schedule(
            () -> {
              late.set(true);
              breakOff.run();
            },
            timeout.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return talk.run();
    } catch (IOException | HttpException | RuntimeException e) {
      if (late.get()) {
        SocketTimeoutException limit = new SocketTimeoutException("no answer in time");
        limit.initCause(e);
        throw limit;
      }
      throw e;
    } finally {
      alarm.cancel(false);
    }
  }
}
