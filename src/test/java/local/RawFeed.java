package local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server on 127.0.0.1 that says the bytes it was given, status line and all, however wrong they
 * are as HTTP. It reads the head of a request, answers, and closes the connection.
 *
 * <p>It listens where the last one did that was closed, if any: feeds that are open one after the
 * other have one address, and one application can have all of them. An answer that ends before the
 * connection does has to say {@code Connection: close}, or the client would use it again.
 */
public final class RawFeed implements AutoCloseable {
  private static final Deque<Integer> LEFT = new ConcurrentLinkedDeque<>();

  private final int port = Optional.ofNullable(LEFT.poll()).orElseGet(FreePorts::next);
  private final ServerSocket socket;
  private final Answer answer;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AtomicLong written = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);

  private RawFeed(Answer answer) {
    this.answer = answer;
    try {
      socket = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /**
   * Says this, and then nothing more.
   *
   * @param parts text, which is sent in UTF-8, and byte arrays
   */
  public static RawFeed saying(Object... parts) {
    byte[] bytes = bytes(parts);
    return new RawFeed((feed, out) -> feed.write(out, bytes));
  }

  /** Says the one, and then the other again and again, as fast as it is read. */
  public static RawFeed flooding(String begin, String more) {
    byte[] block = more.repeat(1 + 10_000 / more.length()).getBytes(UTF_8);
    return new RawFeed(
        (feed, out) -> {
          feed.write(out, begin.getBytes(UTF_8));
          while (feed.closed.getCount() > 0) {
            feed.write(out, block);
          }
        });
  }

  /** Says the one, and then the other again and again, a byte at a time. */
  public static RawFeed dripping(String begin, String more, Duration every) {
    byte[] drops = more.getBytes(UTF_8);
    return new RawFeed(
        (feed, out) -> {
          feed.write(out, begin.getBytes(UTF_8));
          for (int i = 0; !feed.closed.await(every.toMillis(), TimeUnit.MILLISECONDS); i++) {
            feed.write(out, new byte[] {drops[i % drops.length]});
          }
        });
  }

  /** Says nothing, and keeps the connection. */
  public static RawFeed silent() {
    return new RawFeed((feed, out) -> feed.closed.await());
  }

  private static byte[] bytes(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      bytes.writeBytes(part instanceof byte[] raw ? raw : part.toString().getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Where the feed is. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port + "/feed.csv");
  }

  /** The first lines of the requests so far. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many bytes were taken by clients so far, or by the buffers in between. */
  public long written() {
    return written.get();
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
      LEFT.push(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        start(() -> serve(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket client) {
    try (client) {
      BufferedReader request =
          new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      requests.add(request.readLine());
      for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
        line = request.readLine();
      }
      answer.write(this, client.getOutputStream());
    } catch (IOException e) {
      // the client has hung up
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    written.addAndGet(bytes.length);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "raw-feed");
    thread.setDaemon(true);
    thread.start();
  }

  /** Writes all that is said on one connection. */
  @FunctionalInterface
  private interface Answer {
    void write(RawFeed feed, OutputStream out) throws IOException, InterruptedException;
  }
}
