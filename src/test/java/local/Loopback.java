package local;

import java.net.BindException;
import java.net.URI;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server that nobody but this machine can reach. */
final class Loopback implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;

  /**
   * Listens on 127.0.0.1.
   *
   * @param service whose port it is, for the message when that is taken
   * @param port 0 for any free one
   * @throws IllegalStateException if the port is taken
   */
  Loopback(Service service, int port, Handler handler) {
    // More than may hang in a test.
    var threads = new QueuedThreadPool(128, 2);
    threads.setName("local-" + service.title());
    threads.setDaemon(true);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(asSentByTheService()));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(handler);
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IllegalStateException(whyNot(service, port, e), e);
    }
  }

  private static HttpConfiguration asSentByTheService() {
    var configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    configuration.setSendDateHeader(false);
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    return configuration;
  }

  private static String whyNot(Service service, int port, Throwable e) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return "Port %2$d, for the local %1$s, is taken: choose another with -D%3$s=PORT."
            .formatted(service.title(), port, service.portProperty());
      }
    }
    return "Local %s does not start.".formatted(service.title());
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("A local server does not stop.", e);
    }
  }
}
