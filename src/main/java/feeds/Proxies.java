package feeds;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
 * Which proxy a request goes through, by the properties of the JVM or else by the environment, as
 * the AWS SDK reads them too:
 *
 * <ul>
 *   <li>{@code -Dhttp.proxyHost}, {@code -Dhttp.proxyPort}, {@code -Dhttp.proxyUser}, {@code
 *       -Dhttp.proxyPassword}, and the same with {@code https}; {@code -Dhttp.nonProxyHosts} for
 *       both: hosts separated by {@code |}, with {@code *} for anything
 *   <li>{@code HTTP_PROXY}, {@code HTTPS_PROXY}: {@code http://user:password@proxy:3128}; {@code
 *       NO_PROXY}: {@code *}, or hosts separated by commas. Each stands for the names below it,
 *       too, and may have a port. Names in lower case go first.
 * </ul>
 *
 * <p>What is on this machine is never asked through a proxy.
 */
public final class Proxies {
  private static final Pattern THIS_MACHINE =
      Pattern.compile("localhost|.*\\.localhost|127\\..*|\\[?::1]?");

  private static final Pattern ENTRY = Pattern.compile("\\*?\\.?(.+?)(?::(\\d+))?");

  private final Function<String, @Nullable String> properties;
  private final Function<String, @Nullable String> environment;
  private final Map<String, Rule> rules = new HashMap<>();

  /**
   * A proxy.
   *
   * @param user empty if it asks for none
   */
  record Proxy(String host, int port, String user, String password) {
    /** Without user and password. */
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /** A proxy, and which hosts and ports are asked without it. */
  private record Rule(Proxy proxy, BiPredicate<String, Integer> direct) {}

  /**
   * @param properties gives a property of the JVM by its name, null if there is none
   * @param environment gives a variable of the environment by its name, null if there is none
   * @throws IllegalArgumentException if the address of a proxy is none: names it without repeating
   *     it, for it may hold a password
   */
  public Proxies(
      Function<String, @Nullable String> properties,
      Function<String, @Nullable String> environment) {
    this.properties = properties;
    this.environment = environment;
    for (String scheme : List.of("http", "https")) {
      ofProperties(scheme)
          .or(() -> ofEnvironment(scheme))
          .ifPresent(rule -> rules.put(scheme, rule));
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

  /** Sends each request of the client its way. */
  HttpRoutePlanner routes() {
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

  /** What the client answers to a proxy that asks who it is. */
  CredentialsProvider logins() {
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

  private Optional<Rule> ofProperties(String scheme) {
    String host = property(scheme + ".proxyHost");
    if (host.isEmpty()) {
      return Optional.empty();
    }
    String portName = scheme + ".proxyPort";
    String port = property(portName);
    if (!port.matches("\\d{0,5}")) {
      throw new IllegalArgumentException("-D%s is not the port of a proxy".formatted(portName));
    }
    int usual = scheme.equals("http") ? 80 : 443;
    Pattern direct =
        Pattern.compile(
            Arrays.stream(property("http.nonProxyHosts").split("\\|"))
                .map(name -> Pattern.quote(name.strip()).replace("*", "\\E.*\\Q"))
                .collect(Collectors.joining("|")),
            Pattern.CASE_INSENSITIVE);
    return Optional.of(
        new Rule(
            new Proxy(
                host,
                port.isEmpty() ? usual : Integer.parseInt(port),
                property(scheme + ".proxyUser"),
                property(scheme + ".proxyPassword")),
            (name, anyPort) -> direct.matcher(name).matches()));
  }

  private String property(String name) {
    String value = properties.apply(name);
    return value == null ? "" : value.strip();
  }

  private Optional<Rule> ofEnvironment(String scheme) {
    String address = variable(scheme + "_proxy");
    return address.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rule(
                proxy(scheme.toUpperCase(Locale.ROOT) + "_PROXY", address),
                direct(variable("no_proxy"))));
  }

  private String variable(String name) {
    String value = environment.apply(name);
    String other = environment.apply(name.toUpperCase(Locale.ROOT));
    return value != null ? value.strip() : other == null ? "" : other.strip();
  }

  private static Proxy proxy(String name, String address) {
    try {
      URI uri = new URI(address.contains("://") ? address : "http://" + address);
      if (uri.getHost() != null && "http".equalsIgnoreCase(uri.getScheme())) {
        String[] login = (uri.getUserInfo() == null ? "" : uri.getUserInfo()).split(":", 2);
        return new Proxy(
            uri.getHost(),
            uri.getPort() < 0 ? 80 : uri.getPort(),
            login[0],
            login.length < 2 ? "" : login[1]);
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IllegalArgumentException(
        name
            + " in the environment is not the address of a proxy such as http://proxy:3128;"
            + " in a password, write %40 for @");
  }

  private static BiPredicate<String, Integer> direct(String hosts) {
    List<BiPredicate<String, Integer>> entries =
        Arrays.stream(hosts.toLowerCase(Locale.ROOT).split("[,\\s]+"))
            .filter(entry -> !entry.isEmpty())
            .map(Proxies::entry)
            .toList();
    return (host, port) -> entries.stream().anyMatch(entry -> entry.test(host, port));
  }

  private static BiPredicate<String, Integer> entry(String text) {
    Matcher entry = ENTRY.matcher(text);
    if (text.equals("*") || !entry.matches()) {
      return (host, port) -> text.equals("*");
    }
    String name = entry.group(1);
    String only = entry.group(2);
    return (host, port) ->
        (host.equals(name) || host.endsWith("." + name))
            && (only == null || only.equals(Integer.toString(port)));
  }
}
