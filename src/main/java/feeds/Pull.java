package feeds;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * One request and its answer, from the first byte sent to the last one read: within a time limit,
 * on a connection that is dropped unless the body was read to its end.
 */
final class Pull {
  private final ExecChain.Scope scope;
  private final Duration timeout;
  private final Future<?> alarm;
  private volatile boolean late;

  /**
   * @param scope holds the connection
   * @param timeout the limit for the whole pull
   * @param alarms runs the timeouts of pulls
   */
  Pull(ExecChain.Scope scope, Duration timeout, ScheduledExecutorService alarms) {
    this.scope = scope;
    this.timeout = timeout;
    this.alarm = alarms.schedule(this::cut, timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes the connection under a reader that may be blocked in it. */
  private void cut() {
    late = true;
    scope.execRuntime.discardEndpoint();
  }

  /** Ends the pull and its timeout. */
  void end() {
    alarm.cancel(false);
  }

  /** Aborts the pull. */
  void drop() {
    end();
    scope.execRuntime.discardEndpoint();
  }

  /** Whether the time limit closed the connection, which then is the cause of any failure. */
  boolean isLate() {
    return late;
  }

  /** The failure of a pull that is late. */
  PullLimitException limit(Exception cause) {
    PullLimitException limit =
        new PullLimitException(
            "it took longer than %s s (feed.timeout)".formatted(timeout.toSeconds()));
    limit.initCause(cause);
    return limit;
  }

  /** The unpacked body of the answer. */
  HttpEntity body(HttpEntity entity, List<String> encodings) {
    return new Unpacked(entity, encodings);
  }

  private final class Unpacked extends HttpEntityWrapper {
    private final List<String> encodings;

    Unpacked(HttpEntity entity, List<String> encodings) {
      super(entity);
      this.encodings = encodings;
    }

    @Override
    public InputStream getContent() throws IOException {
      try {
        return Packing.unpack(new Body(super.getContent(), getContentLength()), encodings);
      } catch (IOException e) {
        // Its first bytes, which show how it is packed, are read here.
        drop();
        throw e;
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
      drop();
    }
  }

  /** The body as it arrives, still packed. */
  private final class Body extends FilterInputStream {
    private final long length;
    private long arrived;
    private boolean ended;

    /**
     * @param length the Content-Length; negative if there is none
     */
    Body(InputStream body, long length) {
      super(body);
      this.length = length;
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
        if (late) {
          throw new IOException("connection closed");
        }
        if (count < 0) {
          ended = true;
          end();
        } else {
          arrived += count;
        }
        return count;
      } catch (IOException e) {
        end();
        throw late ? limit(e) : endedEarly(e);
      }
    }

    /** A sentence for the client's error about an incomplete body; otherwise the failure itself. */
    private IOException endedEarly(IOException cause) {
      if (!(cause instanceof ConnectionClosedException)
          && !(cause instanceof MalformedChunkCodingException)) {
        return cause;
      }
      String what =
          length < 0
              ? "its last chunk did not arrive"
              : "%d of the %d bytes of its Content-Length arrived".formatted(arrived, length);
      PullException early = new PullException("its body ended early: " + what);
      early.initCause(cause);
      return early;
    }

    @Override
    public void close() throws IOException {
      if (!ended) {
        drop();
      }
    }
  }
}
