package app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import local.FeedServer;
import local.LocalCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** The dashboard as plain files, which a bucket can serve by itself. */
class SiteIT extends DashboardChecks {
  private static LocalCloud cloud;
  private static HttpServer server;

  @BeforeAll
  static void publish() throws Exception {
    cloud = LocalCloud.inMemory();
    cloud.systemProperties().forEach(System::setProperty);
    try (FeedServer feeds = FeedServer.synthetic(0, 1);
        TestApplication application = TestApplication.start(cloud, feeds, "site.publish", "true")) {
      application.run();
    }
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.createContext("/", SiteIT::serve);
    server.start();
  }

  private static void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String key = "site" + (path.equals("/") ? "/index.html" : path);
      ResponseBytes<GetObjectResponse> file =
          cloud.s3Client().getObjectAsBytes(get -> get.bucket(cloud.bucket()).key(key));
      exchange.getResponseHeaders().set("Content-Type", file.response().contentType());
      exchange.getResponseHeaders().set("ETag", file.response().eTag());
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(file.asByteArray());
    } catch (NoSuchKeyException e) {
      exchange.sendResponseHeaders(404, -1);
    }
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.stop(0);
    }
    if (cloud != null) {
      cloud.systemProperties().keySet().forEach(System::clearProperty);
      cloud.close();
    }
  }

  @Override
  URI page() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @Override
  URI figures(String name) {
    return page().resolve(name + ".json");
  }

  @Test
  void hasNoLinksToAServer() {
    assertThat(browser.elements("#runs-table tbody tr")).isNotEmpty();
    assertThat(browser.elements("#runs-table a, #api-link")).isEmpty();
  }
}
