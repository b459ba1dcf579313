package local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of 127.0.0.1 for servers that listen a moment later. Each port is given once, and only from
 * below those that systems give to clients (from 32768 on), so that no connection takes it
 * meanwhile. Each process has a block of ports to itself, of which it holds the first.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int PROCESSES = 12;
  private static final int PER_PROCESS = 1_000;

  /** Held until the process ends. */
  private static final ServerSocket BLOCK = block();

  private static final AtomicInteger GIVEN = new AtomicInteger();

  private FreePorts() {}

  /** A port that nothing listens on, and that this process has not given before. */
  public static int next() {
    while (true) {
      int port = BLOCK.getLocalPort() + 1 + GIVEN.getAndIncrement() % (PER_PROCESS - 1);
      if (isFree(port)) {
        return port;
      }
    }
  }

  private static ServerSocket block() {
    for (int block = 0; block < PROCESSES; block++) {
      try {
        return new ServerSocket(FIRST + block * PER_PROCESS, 1, InetAddress.getLoopbackAddress());
      } catch (BindException e) {
        // Another process has it.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    throw new IllegalStateException("%d processes have all ports".formatted(PROCESSES));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (BindException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
