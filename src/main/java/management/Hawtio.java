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

/**
 * Hawtio's console on the management server: its files, and the requests that its own server would
 * answer.
 */
public final class Hawtio implements StartupListener {
  private static final String PATH = "/hawtio";

  /** Its route exists already. */
  private static final int BEFORE_JOLOKIA = -1;

  /** Only the Camel pages; no login of Hawtio's own, no plugins, no proxy to other JVMs. */
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
   * @param operator the login; empty if none is required
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

  /** Always compares both, so that the time does not show which one is wrong. */
  @SuppressWarnings("ShortCircuitBoolean")
  private static Future<User> check(JsonObject given, Management.Operator person) {
    boolean known =
        isSame(given.getString("username"), person.user())
            & isSame(given.getString("password"), person.password());
    return known
        ? Future.succeededFuture(User.fromName(person.user()))
        : Future.failedFuture("Wrong user or password");
  }

  /** Compares in constant time. */
  private static boolean isSame(String given, String right) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), right.getBytes(UTF_8));
  }

  private static void answer(RoutingContext asked) {
    String path = asked.normalizedPath().substring(PATH.length());
    String json = ANSWERS.get(path);
    if (json != null) {
      asked.response().putHeader("Content-Type", "application/json").end(json);
    } else if (!sendFile(asked, path)) {
      // Paths of the console, which its page reads.
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
