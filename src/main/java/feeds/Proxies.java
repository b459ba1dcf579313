package feeds;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that a request goes through, if any. The properties of the JVM come first, then the
 * environment, as in the AWS SDK:
 *
 * <ul>
 *   <li>{@code -Dhttp.proxyHost}, {@code -Dhttp.proxyPort}, {@code -Dhttp.proxyUser}, {@code
 *       -Dhttp.proxyPassword}, and the same with {@code https}; {@code -Dhttp.nonProxyHosts} for
 *       both: hosts separated by {@code |}, with {@code *} for anything
 *   <li>{@code HTTP_PROXY}, {@code HTTPS_PROXY}: {@code http://user:password@proxy:3128}; {@code
 *       NO_PROXY}: {@code *}, or hosts separated by commas. Each includes its subdomains, and may
 *       have a port. Variables in lower case take precedence.
 * </ul>
 *
 * <p>Hosts on this machine are always reached directly.
 */
public final class Proxies {
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|.*\\.localhost|127\\..*|\\[?::1]?");

  private final Map<String, Rule> rules = new HashMap<>();

  /**
   * A proxy.
   *
   * @param user empty if it needs no login
   */
  record Proxy(String host, int port, String user, String password) {
    /** Without user and password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** A proxy, and the hosts and ports that are reached without it. */
  record Rule(Proxy proxy, BiPredicate<String, Integer> direct) {}

  /**
   * @param properties returns a property of the JVM by its name, null if there is none
   * @param environment returns a variable of the environment by its name, null if there is none
   * @throws IllegalArgumentException if the address of a proxy is wrong; the message names the
   *     setting, not its value, which may hold a password
   */
  public Proxies(
      Function<String, @Nullable String> properties,
      Function<String, @Nullable String> environment) {
    ProxySettings settings = new ProxySettings(properties, environment);
    for (String scheme : List.of("http", "https")) {
      settings.of(scheme).ifPresent(rule -> rules.put(scheme, rule));
    }
  }

  /** The proxy for requests to a host; empty if they go there directly. */
  Optional<Proxy> to(String scheme, String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    Rule rule = rules.get(scheme);
    return rule == null || THIS_MACHINE.matcher(name).matches() || rule.direct.test(name, port)
        ? Optional.empty()
        : Optional.of(rule.proxy);
  }

  /** Chooses the route of each request of the client. */
  public HttpRoutePlanner routes() {
    return new DefaultRoutePlanner(null) {
      @Override
      protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
        HttpHost host = RoutingSupport.normalize(target, DefaultSchemePortResolver.INSTANCE);
        return to(host.getSchemeName(), host.getHostName(), host.getPort())
            .map(Proxies::host)
            .orElse(null);
      }
    };
  }

  /** The user names and passwords for the proxies that need a login. */
  public CredentialsProvider logins() {
    BasicCredentialsProvider logins = new BasicCredentialsProvider();
    for (Rule rule : rules.values()) {
      Proxy proxy = rule.proxy;
      if (!proxy.user.isEmpty()) {
        logins.setCredentials(
            new AuthScope(host(proxy)),
            new UsernamePasswordCredentials(proxy.user, proxy.password.toCharArray()));
      }
    }
    return logins;
  }

  private static HttpHost host(Proxy proxy) {
    return new HttpHost("http", proxy.host, proxy.port);
  }
}
