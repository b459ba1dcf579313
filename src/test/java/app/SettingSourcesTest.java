package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingSourcesTest {
  private static final SettingNames NAMES = SettingNames.packed();

  @Test
  void theEnvironmentGoesBeforeSystemPropertiesAndTheseBeforeFiles() {
    Properties files = properties("http.port", "1");
    Properties system = properties("http.port", "2");
    Map<String, String> environment = Map.of("HTTP_PORT", "3\n");
    assertThat(new SettingSources(environment, system, files).text("http.port")).contains("3");
    assertThat(new SettingSources(Map.of(), system, files).text("http.port")).contains("2");
    assertThat(new SettingSources(Map.of(), new Properties(), files).text("http.port"))
        .contains("1");
    assertThat(new SettingSources(Map.of("HTTP_PORT", ""), system, files).text("http.port"))
        .as("empty is a text too")
        .contains("");
  }

  @ParameterizedTest
  @CsvSource({
    "FEED_NYT_ULR,FEED_NYT_URL",
    "FEED_NYTURL,FEED_NYT_URL",
    "FEED_NYT_URLS,FEED_NYT_URL",
    "ARCHVE_BUCKET,ARCHIVE_BUCKET",
    "HTTP_PROT,HTTP_PORT",
    "feed.nyt.url,FEED_NYT_URL",
    "Gate_Max_Lost_Days,GATE_MAX_LOST_DAYS",
  })
  void aMisspeltVariableIsNamedWithTheRightOne(String wrong, String right) {
    SettingSources sources = environment(wrong, "x");
    assertThat(sources.misspelt(NAMES))
        .containsExactly(
            "%s in the environment is not a setting; did you mean %s?".formatted(wrong, right));
    assertThat(sources.strangers(NAMES)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "feed.nyt.ulr,feed.nyt.url",
    "http.prot,http.port",
    "FEED_NYT_URL,feed.nyt.url",
    "feeds.nyt.url,feed.nyt.url",
  })
  void aMisspeltSystemPropertyIsNamedWithTheRightOne(String wrong, String right) {
    assertThat(system(wrong).misspelt(NAMES))
        .containsExactly(
            "The system property %s is not a setting; did you mean %s?".formatted(wrong, right));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP_PROXY",
        "http_proxy",
        "HTTPS_PROXY",
        "HTTPS_PORT",
        "SMTP_HOST",
        "FTP_PORT",
        "LOG_LEVEL",
        "PATH",
        "HOSTNAME",
        "AWS_REGION",
        "CAMEL_MAIN_NAME"
      })
  void aVariableOfSomethingElseIsLeftAlone(String name) {
    SettingSources sources = environment(name, "x");
    assertThat(sources.misspelt(NAMES)).isEmpty();
    assertThat(sources.strangers(NAMES)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http.proxyHost",
        "http.proxyPort",
        "http.nonProxyHosts",
        "http.keepAlive",
        "http.keepAlive.time.server",
        "http.auth.preference",
        "http.agent",
        "https.proxyHost",
        "log.level",
        "log.stacktrace",
        "log4j2.configurationFile",
        "feeds.dir",
        "local.data",
        "java.home"
      })
  void aSystemPropertyOfSomethingElseIsLeftAlone(String name) {
    assertThat(system(name).misspelt(NAMES)).isEmpty();
    assertThat(system(name).strangers(NAMES)).isEmpty();
  }

  @Test
  void whatOnlyBeginsLikeASettingIsAStranger() {
    SettingSources sources =
        new SettingSources(
            Map.of("STORE_FRONT", "x", "FEED_ME", "x"),
            properties("chart.colour", "x"),
            new Properties());
    assertThat(sources.misspelt(NAMES)).isEmpty();
    assertThat(sources.strangers(NAMES)).containsExactly("FEED_ME", "STORE_FRONT", "chart.colour");
  }

  @Test
  void aSettingOfAnotherDatasetIsAStranger() {
    SettingSources sources =
        new SettingSources(
            Map.of("FEED_WHO_URL", "x"), properties("feed.who.url", "x"), new Properties());
    assertThat(sources.misspelt(NAMES)).isEmpty();
    assertThat(sources.strangers(NAMES)).containsExactly("FEED_WHO_URL", "feed.who.url");
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP_PORT,tcp://10.0.0.1:80",
    "STORE_PORT,tcp://10.0.0.1:8000",
    "STORES_PORT,udp://10.0.0.1:8000",
    "STORE_SERVICE_HOST,10.0.0.1",
    "STORE_SERVICE_PORT,8000",
    "STORE_SERVICE_PORT_HTTP,8000",
    "HTTP_PORT_80_TCP,tcp://10.0.0.1:80",
    "HTTP_PORT_80_TCP_PROTO,tcp",
    "HTTP_PORT_80_TCP_PORT,80",
    "HTTP_PORT_80_TCP_ADDR,10.0.0.1",
  })
  void whatKubernetesSetsForAServiceIsNoSettingAndNoStranger(String name, String value) {
    SettingSources sources =
        new SettingSources(Map.of(name, value), new Properties(), properties("http.port", "8080"));
    assertThat(sources.misspelt(NAMES)).isEmpty();
    assertThat(sources.strangers(NAMES)).isEmpty();
    assertThat(sources.text("http.port")).contains("8080");
    assertThat(sources.describe(NAMES)).isEqualTo("packed application.properties");
  }

  @Test
  void anEndpointOfAwsIsAnAddress() {
    SettingSources sources =
        new SettingSources(
            Map.of(
                "AWS_ENDPOINT_URL_S3", "nonsense",
                "AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:99999",
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
            properties("aws.endpointUrlSns", "http:/x"),
            new Properties());
    assertThat(AwsEndpoints.wrong(sources))
        .containsExactly(
            "AWS_ENDPOINT_URL_S3 in the environment is not an http or https address",
            "AWS_ENDPOINT_URL_SQS in the environment has no valid port: give one from 1 to 65535",
            "The system property aws.endpointUrlSns is not an http or https address");
  }

  @Test
  void areDescribedWithoutTheirValues() {
    SettingSources sources =
        new SettingSources(
            Map.of("HTTP_TOKEN", "secret", "ARCHIVE_BUCKET", "covid"),
            properties("http.port", "1"),
            new Properties());
    assertThat(sources.describe(NAMES))
        .isEqualTo(
            "packed application.properties; environment: ARCHIVE_BUCKET, HTTP_TOKEN; system properties: http.port");
  }

  private static SettingSources environment(String name, String value) {
    return new SettingSources(Map.of(name, value), new Properties(), new Properties());
  }

  private static SettingSources system(String name) {
    return new SettingSources(Map.of(), properties(name, "x"), new Properties());
  }

  private static Properties properties(String name, String value) {
    Properties properties = new Properties();
    properties.setProperty(name, value);
    return properties;
  }
}
