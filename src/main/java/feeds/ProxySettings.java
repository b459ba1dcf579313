package feeds;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads the proxies from the properties of the JVM and the environment; see {@link Proxies}. */
final class ProxySettings {
  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern ENTRY = Pattern.compile("\\*?\\.?(.+?)(?::(\\d+))?");

  private final Function<String, @Nullable String> properties;
  private final Function<String, @Nullable String> environment;

  ProxySettings(
      Function<String, @Nullable String> properties,
      Function<String, @Nullable String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /**
   * The proxy of a scheme, and its exceptions.
   *
   * @throws IllegalArgumentException if its address is wrong
   */
  Optional<Proxies.Rule> of(String scheme) {
    return ofProperties(scheme).or(() -> ofEnvironment(scheme));
  }

  private Optional<Proxies.Rule> ofProperties(String scheme) {
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
        new Proxies.Rule(
            new Proxies.Proxy(
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

  private Optional<Proxies.Rule> ofEnvironment(String scheme) {
    String address = variable(scheme + "_proxy");
    return address.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Proxies.Rule(
                proxy(scheme.toUpperCase(Locale.ROOT) + "_PROXY", address),
                direct(variable("no_proxy"))));
  }

  private String variable(String name) {
    String value = environment.apply(name);
    String other = environment.apply(name.toUpperCase(Locale.ROOT));
    return value != null ? value.strip() : other == null ? "" : other.strip();
  }

  private static Proxies.Proxy proxy(String name, String address) {
    try {
      URI uri = new URI(address.contains("://") ? address : "http://" + address);
      if (uri.getHost() != null
          && "http".equalsIgnoreCase(uri.getScheme())
          && uri.getPort() <= HIGHEST_PORT) {
        String[] login = (uri.getUserInfo() == null ? "" : uri.getUserInfo()).split(":", 2);
        return new Proxies.Proxy(
            uri.getHost(),
            uri.getPort() < 0 ? 80 : uri.getPort(),
            login[0],
            login.length < 2 ? "" : login[1]);
      }
    } catch (URISyntaxException e) {
      // reported below
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
            .map(ProxySettings::entry)
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
