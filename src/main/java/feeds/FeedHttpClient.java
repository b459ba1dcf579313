package feeds;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Future;
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
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Sets up the HTTP client that pulls feeds: one time limit for a whole pull, connection and body
 * included, and no retries of its own, for those are the route's.
 *
 * <p>A body that nobody reads to its end is dropped with its connection. The client would otherwise
 * read on, and a feed may be endless.
 */
public final class FeedHttpClient implements HttpClientConfigurer {
  /** Connecting has a limit of its own, for many addresses of one host may be tried. */
  private static final long CONNECT_SECONDS = 20;

  /** A head is kept in memory, so it must not be endless either. */
  private static final Http1Config HEAD_LIMITS =
      Http1Config.custom().setMaxLineLength(16 * 1024).setMaxHeaderCount(200).build();

  private final Duration timeout;
  private final ScheduledExecutorService alarms;

  /**
   * @param timeout for one whole pull
   * @param alarms runs what ends a late pull
   */
  public FeedHttpClient(Duration timeout, ScheduledExecutorService alarms) {
    this.timeout = timeout;
    this.alarms = alarms;
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder.disableAutomaticRetries();
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
    Pull pull = new Pull(scope);
    try {
      ClassicHttpResponse response = chain.proceed(request, scope);
      if (response.getEntity() == null) {
        pull.end();
      } else if (response.getCode() >= 300) {
        // Nobody wants to know more than the status, and this body may be endless, too.
        pull.drop();
        response.setEntity(null);
      } else {
        response.setEntity(new LimitedEntity(response.getEntity(), pull));
      }
      return response;
    } catch (IOException | HttpException | RuntimeException e) {
      pull.end();
      if (pull.late) {
        throw pull.limit(e);
      }
      throw e;
    }
  }

  /** One request and its answer, from the first byte sent to the last one read. */
  private final class Pull {
    private final ExecChain.Scope scope;
    private final Future<?> alarm;
    private volatile boolean late;

    Pull(ExecChain.Scope scope) {
      this.scope = scope;
      this.alarm = alarms.schedule(this::cut, timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Closes the connection under a reader that may be blocked in it. */
    private void cut() {
      late = true;
      scope.execRuntime.discardEndpoint();
    }

    void end() {
      alarm.cancel(false);
    }

    void drop() {
      end();
      scope.execRuntime.discardEndpoint();
    }

    PullLimitException limit(Exception cause) {
      PullLimitException limit =
          new PullLimitException(
              "it took longer than %s s (feed.timeout)".formatted(timeout.toSeconds()));
      limit.initCause(cause);
      return limit;
    }
  }

  private static final class LimitedEntity extends HttpEntityWrapper {
    private final Pull pull;

    LimitedEntity(HttpEntity entity, Pull pull) {
      super(entity);
      this.pull = pull;
    }

    @Override
    public InputStream getContent() throws IOException {
      try {
        return new LimitedStream(super.getContent(), pull);
      } catch (IOException e) {
        // What unpacks the body reads its first bytes already here.
        pull.drop();
        throw pull.late ? pull.limit(e) : e;
      }
    }

    @Override
    public boolean isRepeatable() {
      return false;
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
      try (InputStream content = getContent()) {
        content.transferTo(target);
      }
    }

    @Override
    public void close() {
      pull.drop();
    }
  }

  private static final class LimitedStream extends FilterInputStream {
    private final Pull pull;
    private boolean ended;

    LimitedStream(InputStream body, Pull pull) {
      super(body);
      this.pull = pull;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int count = in.read(buffer, offset, length);
        if (pull.late) {
          throw new IOException("connection closed");
        }
        if (count < 0) {
          ended = true;
          pull.end();
        }
        return count;
      } catch (IOException e) {
        pull.end();
        throw pull.late ? pull.limit(e) : e;
      }
    }

    @Override
    public void close() throws IOException {
      if (!ended) {
        pull.drop();
      }
    }
  }
}
