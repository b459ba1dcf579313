package local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Serves what lies in a folder of the bucket as CloudFront would: with the headers that the objects
 * have, {@code index.html} at the root, and 403 for what is not there.
 */
public final class SiteServer implements AutoCloseable {
  private final LocalCloud cloud;
  private final String folder;
  private final HttpServer server;

  private SiteServer(LocalCloud cloud, String folder, HttpServer server) {
    this.cloud = cloud;
    this.folder = folder;
    this.server = server;
  }

  /** Serves the site of the default dataset. */
  public static SiteServer of(LocalCloud cloud) {
    return of(cloud, "site");
  }

  /** Serves a folder. */
  public static SiteServer of(LocalCloud cloud, String folder) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      SiteServer site = new SiteServer(cloud, folder, server);
      server.createContext("/", site::answer);
      server.start();
      return site;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the page is. */
  public URI uri() {
    return URI.create("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      answerWithObject(exchange);
    }
  }

  private void answerWithObject(HttpExchange exchange) throws IOException {
    try {
      String path = exchange.getRequestURI().getPath();
      String key = folder + (path.equals("/") ? "/index.html" : path);
      ResponseBytes<GetObjectResponse> object =
          cloud.s3Client().getObjectAsBytes(get -> get.bucket(cloud.bucket()).key(key));
      exchange.getResponseHeaders().set("Content-Type", object.response().contentType());
      exchange.getResponseHeaders().set("Cache-Control", object.response().cacheControl());
      exchange.getResponseHeaders().set("ETag", object.response().eTag());
      if (object.response().contentEncoding() != null) {
        exchange.getResponseHeaders().set("Content-Encoding", object.response().contentEncoding());
      }
      exchange.sendResponseHeaders(200, object.asByteArray().length);
      exchange.getResponseBody().write(object.asByteArray());
    } catch (NoSuchKeyException e) {
      exchange.sendResponseHeaders(403, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
