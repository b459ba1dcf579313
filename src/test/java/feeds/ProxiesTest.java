package feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  @Test
  void thereIsNoneWithoutASetting() {
    Proxies proxies = of(Map.of(), Map.of());

    assertThat(proxies.to("https", "feeds.test", 443)).isEmpty();
  }

  @Test
  void theEnvironmentNamesOneForEachScheme() {
    Proxies proxies =
        of(
            Map.of(),
            Map.of(
                "HTTP_PROXY",
                "http://one:3128/",
                "https_proxy",
                "me:a%40b@two",
                "HTTPS_PROXY",
                "x"));

    assertThat(proxies.to("http", "feeds.test", 80))
        .contains(new Proxies.Proxy("one", 3128, "", ""));
    assertThat(proxies.to("https", "feeds.test", 443))
        .contains(new Proxies.Proxy("two", 80, "me", "a@b"));
  }

  @Test
  void thePropertiesGoBeforeTheEnvironment() {
    Proxies proxies =
        of(
            Map.of(
                "http.proxyHost", "one",
                "https.proxyHost", "two",
                "https.proxyPort", "3128",
                "https.proxyUser", "me",
                "https.proxyPassword", "secret"),
            Map.of("HTTP_PROXY", "http://three:1"));

    assertThat(proxies.to("http", "feeds.test", 80)).contains(new Proxies.Proxy("one", 80, "", ""));
    assertThat(proxies.to("https", "feeds.test", 443))
        .contains(new Proxies.Proxy("two", 3128, "me", "secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', feeds.test, proxy",
    "*, feeds.test, direct",
    "feeds.test, feeds.test, direct",
    "FEEDS.test, Feeds.Test, direct",
    "feeds.test, a.feeds.test, direct",
    ".feeds.test, a.feeds.test, direct",
    "*.feeds.test, a.feeds.test, direct",
    "feeds.test, otherfeeds.test, proxy",
    "feeds.test:443, feeds.test, direct",
    "feeds.test:8443, feeds.test, proxy",
    "'a.test , feeds.test', feeds.test, direct",
    "10.0.0.7, 10.0.0.7, direct",
    "feeds, feeds.test, proxy"
  })
  void noProxyNamesWhatIsAskedDirectly(String noProxy, String host, String way) {
    Proxies proxies = of(Map.of(), Map.of("HTTPS_PROXY", "proxy:1", "NO_PROXY", noProxy));

    assertThat(proxies.to("https", host, 443).isPresent()).isEqualTo(way.equals("proxy"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', feeds.test, proxy",
    "feeds.test, feeds.test, direct",
    "a.test|*.TEST, feeds.test, direct",
    "feeds.*, feeds.test, direct",
    "feeds.test, a.feeds.test, proxy",
    "feeds.tes?, feeds.test, proxy"
  })
  void nonProxyHostsNamesWhatIsAskedDirectly(String hosts, String host, String way) {
    Proxies proxies =
        of(
            Map.of("https.proxyHost", "proxy", "http.nonProxyHosts", hosts),
            Map.of("NO_PROXY", "*"));

    assertThat(proxies.to("https", host, 443).isPresent()).isEqualTo(way.equals("proxy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "a.localhost", "127.0.0.1", "127.1.2.3", "::1"})
  void whatIsOnThisMachineIsAskedDirectly(String host) {
    assertThat(of(Map.of(), Map.of("HTTP_PROXY", "proxy:1")).to("http", host, 80)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://secret:1",
        "http://me:sec@ret@proxy:1",
        "http://",
        "https://secret",
        "http://secret:99999"
      })
  void anAddressThatIsNoneIsNamedAndNotRepeated(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of(), Map.of("HTTPS_PROXY", address)))
        .withMessage(
            "HTTPS_PROXY in the environment is not the address of a proxy such as"
                + " http://proxy:3128; in a password, write %40 for @");
  }

  @Test
  void aPortThatIsNoneIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> of(Map.of("http.proxyHost", "a", "http.proxyPort", "x"), Map.of()))
        .withMessage("-Dhttp.proxyPort is not the port of a proxy");
  }

  @Test
  void thePasswordIsNotShown() {
    Optional<Proxies.Proxy> proxy =
        of(Map.of(), Map.of("HTTP_PROXY", "http://me:secret@proxy:3128"))
            .to("http", "feeds.test", 80);

    assertThat(proxy).hasToString("Optional[proxy:3128]");
  }

  private static Proxies of(Map<String, String> properties, Map<String, String> environment) {
    return new Proxies(properties::get, environment::get);
  }
}
