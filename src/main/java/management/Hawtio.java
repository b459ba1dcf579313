package management;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.impl.MimeMapping;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import io.vertx.ext.web.handler.BasicAuthHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Hawtio's console on the management server: its files, and what it asks a server of its own. */
public final class Hawtio implements StartupListener {
  private static final String PATH = "/hawtio";

  /** Its route is there already. */
  private static final int BEFORE_JOLOKIA = -1;

  /** Only the pages on Camel, no login of its own, no plugins, no proxy to other JVMs. */
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/hawtconfig.json", text("/hawtconfig.json"),
          "/user", "\"public\"",
          "/plugin", "[]",
          "/preset-connections", "[]",
          "/auth/config", "[]",
          "/auth/config/login", "{}",
          "/auth/config/oidc", "{}",
          "/auth/config/session-timeout", "{}",
          "/proxy/enabled", "false",
          "/keycloak/enabled", "false");

  private final Optional<Management.Operator> operator;

  /**
   * @param operator who may look; empty: everybody
   */
  Hawtio(Optional<Management.Operator> operator) {
    this.operator = operator;
  }

  private static String text(String resource) {
    try (InputStream file = Hawtio.class.getResourceAsStream(resource)) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
    ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
    if (server != null) {
      mount(server.getRouter());
    }
  }

  private void mount(VertxPlatformHttpRouter router) {
    operator.ifPresent(
        person -> {
          AuthenticationHandler known =
              BasicAuthHandler.create(
                  (given, result) -> result.handle(check(given, person)), "management");
          router.route(PATH + "*").order(BEFORE_JOLOKIA).handler(known);
          router.route("/jolokia*").order(BEFORE_JOLOKIA).handler(known);
        });
    router.get(PATH + "*").handler(Hawtio::answer);
  }

  /** Both are compared in any case, so that the time it takes does not show which one is wrong. */
  @SuppressWarnings("ShortCircuitBoolean")
  private static Future<User> check(JsonObject given, Management.Operator person) {
    boolean known =
        isSame(given.getString("username"), person.user())
            & isSame(given.getString("password"), person.password());
    return known
        ? Future.succeededFuture(User.fromName(person.user()))
        : Future.failedFuture("Wrong user or password");
  }

  /** Takes as long however much of it is right. */
  private static boolean isSame(String given, String right) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), right.getBytes(UTF_8));
  }

  private static void answer(RoutingContext asked) {
    String path = asked.normalizedPath().substring(PATH.length());
    String json = ANSWERS.get(path);
    if (json != null) {
      asked.response().putHeader("Content-Type", "application/json").end(json);
    } else if (!sendFile(asked, path)) {
      // Paths of the console itself, which it reads when the page is there.
      sendFile(asked, "/index.html");
    }
  }

  private static boolean sendFile(RoutingContext asked, String path) {
    try (InputStream file = Hawtio.class.getResourceAsStream("/hawtio-static" + path)) {
      if (file == null || !path.contains(".")) {
        return false;
      }
      String type = MimeMapping.getMimeTypeForFilename(path);
      asked
          .response()
          .putHeader("Content-Type", type == null ? "application/octet-stream" : type)
          .end(Buffer.buffer(file.readAllBytes()));
      return true;
    } catch (IOException e) {
      asked.fail(e);
      return true;
    }
  }
}
