package management;

import io.vertx.core.http.HttpHeaders;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;

/**
 * Serves the metrics for any {@code Accept}. Camel's own handler answers 406 to {@code Accept:
 * text/plain}, although it sends that.
 */
final class MetricsPage implements StartupListener {
  private static final int BEFORE_CAMEL = -1;

  private final String path;

  /**
   * @param path where the metrics are
   */
  MetricsPage(String path) {
    this.path = path;
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
    ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
    if (server != null) {
      server
          .getRouter()
          .get(path)
          .order(BEFORE_CAMEL)
          .handler(
              asked -> {
                asked.request().headers().remove(HttpHeaders.ACCEPT);
                asked.next();
              });
    }
  }
}
