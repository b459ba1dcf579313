package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import covid.RunStatus;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.stream.Stream;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Polling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the application starts with settings that are put to use beyond their own value. */
@ExtendWith(LocalCloudExtension.class)
@Tag("slow")
class StartTest {
  private final FeedServer feeds = TestApplication.feeds();
  private final LocalCloud cloud;

  StartTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @AfterEach
  void stopFeeds() {
    feeds.close();
  }

  @ParameterizedTest
  @CsvSource({"store.concurrency,many", "store.retries,-1", "management.port,x"})
  void isRefusedBeforeCamelReadsAWrongSetting(String name, String text) {
    assertThat(refusal(name, text)).startsWith(name + " is '" + text + "', which is not ");
  }

  @ParameterizedTest
  @CsvSource({"a+b.csv,c+d.png", "100%.csv,%20.png", "a&b=c.csv,d?e.png", "a b.csv,(ü) 'x'.png"})
  void keepsSetAndChartUnderExactlyTheirKeys(String set, String chart) throws Exception {
    String port = TestApplication.freePort();
    try (TestApplication application =
        TestApplication.serve(
            cloud,
            feeds,
            "archive.key",
            set,
            "chart.key",
            chart,
            "http.port",
            port,
            "management.port",
            TestApplication.freePort())) {
      assertThat(application.run().status()).isEqualTo(RunStatus.SUCCEEDED);
      assertThat(application.run().status())
          .as("it reads what it wrote")
          .isEqualTo(RunStatus.SUCCEEDED);
      assertThat(get("http://127.0.0.1:" + port + "/chart.png")).isEqualTo(200);
      Polling.until(() -> cloud.keys("").contains(chart));
    }
    assertThat(cloud.keys("").stream().filter(key -> !key.matches("(raw|runs|series|versions)/.*")))
        .containsExactlyInAnyOrder(set, chart);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nohost.invalid | is 'nohost.invalid', a name that cannot be resolved: set an address of this"
            + " machine, or 0.0.0.0 for all",
        "192.0.2.1 | is '192.0.2.1', which is not an address of this machine: set one that is, or"
            + " 0.0.0.0 for all",
      })
  void namesTheHostThatItCannotListenOn(String host, String sentence) throws Exception {
    assertThat(serving("http.host", host)).isEqualTo("http.host " + sentence);
    assertThat(serving("management.host", host)).isEqualTo("management.host " + sentence);
  }

  @Test
  void namesBothPortsThatAreTaken() throws Exception {
    try (ServerSocket one = taken();
        ServerSocket other = taken()) {
      String sentence =
          "%s.port is %d, which is not available on 127.0.0.1 (Address already in use): choose another";
      assertThat(
              serving(
                  "http.port",
                  Integer.toString(one.getLocalPort()),
                  "management.port",
                  Integer.toString(other.getLocalPort())))
          .isEqualTo(
              sentence.formatted("http", one.getLocalPort())
                  + "\n"
                  + sentence.formatted("management", other.getLocalPort()));
    }
  }

  @Test
  void refusesAnElectionOutsideOfACluster() throws Exception {
    assertThat(serving("cluster.enabled", "true"))
        .isEqualTo(
            "cluster.enabled is true, and this process is in no Kubernetes namespace, so no leader can"
                + " be elected: set it to false, or give the pod a service account token");
  }

  @Test
  void isNotReadyWhenSomethingElseAnswers() throws Exception {
    InetSocketAddress address =
        InetSocketAddress.createUnresolved("127.0.0.1", feeds.nyt().getPort());
    assertThat(ReadinessProbe.whyNotReady(address))
        .isEqualTo(
            Optional.of(
                "http://127.0.0.1:%d/observe/health/ready answers with status 404"
                    .formatted(address.getPort())));
  }

  @Test
  void isNotReadyWhenItDoesNotAnswer() throws Exception {
    try (ServerSocket silent = taken()) {
      assertThat(
              ReadinessProbe.whyNotReady(
                  InetSocketAddress.createUnresolved("127.0.0.1", silent.getLocalPort())))
          .isEqualTo(
              Optional.of(
                  "http://127.0.0.1:%d/observe/health/ready does not answer within 2 s"
                      .formatted(silent.getLocalPort())));
    }
  }

  private String refusal(String... settings) {
    return catchThrowableOfType(
            SettingException.class, () -> TestApplication.start(cloud, feeds, settings).close())
        .getMessage();
  }

  private String serving(String... settings) throws IOException {
    String[] ports = {
      "http.port", TestApplication.freePort(), "management.port", TestApplication.freePort()
    };
    String[] all = Stream.of(ports, settings).flatMap(Stream::of).toArray(String[]::new);
    Exception refused =
        catchThrowableOfType(
            Exception.class, () -> TestApplication.serve(cloud, feeds, all).close());
    return org.apache.camel.util.ObjectHelper.getException(SettingException.class, refused)
        .getMessage();
  }

  private static ServerSocket taken() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private static int get(String url) throws IOException {
    return ((HttpURLConnection) java.net.URI.create(url).toURL().openConnection())
        .getResponseCode();
  }
}
