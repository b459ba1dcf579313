package web;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The server of the {@code platform-http} routes. Camel's own does not pack, only logs that its
 * port is in use, and listens before there are routes.
 */
public final class WebServer extends ServiceSupport implements StartupListener {
  /**
   * How many requests may wait for the bucket. There are as many more workers as Vert.x has by
   * default, so that some are always free for answers from memory.
   */
  public static final int MOST_WAITING = 60;

  private static final int WORKERS = MOST_WAITING + VertxOptions.DEFAULT_WORKER_POOL_SIZE;

  /** No request of this API needs a body. */
  static final int MOST_BODY_BYTES = 16_000;

  static final int MOST_URI_BYTES = 4_096;
  static final int MOST_HEADER_BYTES = 8_192;

  /** Longer than any answer takes; then an idle connection is closed. */
  private static final int MOST_IDLE_SECONDS = 90;

  /** Fast rather than small: answers are packed each time. */
  private static final int PACKING_LEVEL = 4;

  private final String host;
  private final int port;
  private final Vertx vertx;
  private final Router router;
  private @Nullable HttpServer server;

  private WebServer(String host, int port) {
    this.host = host;
    this.port = port;
    // Without a file cache, nothing is written to disk.
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setWorkerPoolSize(WORKERS)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)));
    router = Router.router(vertx);
    Front.before(router);
  }

  /**
   * Adds a server to a context; it listens once the routes are up.
   *
   * @param host to listen on
   * @param port to listen on
   */
  public static void in(CamelContext context, String host, int port) throws Exception {
    WebServer server = new WebServer(host, port);
    server.bind(context);
    context.addService(server);
    context.addStartupListener(server);
  }

  /** Tells Camel where to mount routes of {@code platform-http}. */
  private void bind(CamelContext context) {
    VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
    configuration.setBindPort(port);
    context.getRegistry().bind("web-server-configuration", configuration);

    String name = VertxPlatformHttpRouter.getRouterNameFromPort(port);
    context
        .getRegistry()
        .bind(
            name,
            new VertxPlatformHttpRouter(null, vertx, router, name) {
              @Override
              public Handler<RoutingContext> bodyHandler() {
                return BodyHandler.create(false).setBodyLimit(MOST_BODY_BYTES);
              }
            });

    // Request reads the request itself, and Answer sets all headers of the answer.
    DefaultHeaderFilterStrategy headers = new DefaultHeaderFilterStrategy();
    headers.setInFilterPattern(".*");
    headers.setOutFilterStartsWith("Camel");
    context
        .getComponent("platform-http", PlatformHttpComponent.class)
        .setHeaderFilterStrategy(headers);

    VertxPlatformHttpEngine engine = new VertxPlatformHttpEngine();
    engine.setHandlers(List.of(MediaTypes::agree));
    context.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, engine);
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
    // Not yet: the routes come next.
  }

  @Override
  public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
    HttpServerOptions options =
        new HttpServerOptions()
            // The limits below are those of HTTP/1.1.
            .setHttp2ClearTextEnabled(false)
            .setCompressionSupported(true)
            .setCompressionLevel(PACKING_LEVEL)
            .setMaxInitialLineLength(MOST_URI_BYTES)
            .setMaxHeaderSize(MOST_HEADER_BYTES)
            // A form is treated like any other body: only its length counts.
            .setMaxFormAttributeSize(-1)
            .setMaxFormFields(-1)
            .setMaxFormBufferedBytes(-1)
            .setIdleTimeout(MOST_IDLE_SECONDS);
    server =
        vertx
            .createHttpServer(options)
            .invalidRequestHandler(Refusals::refuseInvalid)
            .requestHandler(router)
            .listen(port, host)
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  @Override
  protected void doStop() {
    if (server != null) {
      server.close().toCompletionStage().toCompletableFuture().join();
    }
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
