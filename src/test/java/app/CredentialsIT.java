package app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Where the packaged program has its credentials from, and what it says without. */
@Tag("slow")
@ExtendWith(LocalCloudExtension.class)
class CredentialsIT {
  private static final String ROLE =
      """
      <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
        <AssumeRoleWithWebIdentityResult>
          <AssumedRoleUser>
            <Arn>arn:aws:sts::123456789012:assumed-role/covid/pod</Arn>
            <AssumedRoleId>AROA:pod</AssumedRoleId>
          </AssumedRoleUser>
          <Credentials>
            <AccessKeyId>temporary</AccessKeyId>
            <SecretAccessKey>secret</SecretAccessKey>
            <SessionToken>session</SessionToken>
            <Expiration>2099-01-01T00:00:00Z</Expiration>
          </Credentials>
        </AssumeRoleWithWebIdentityResult>
      </AssumeRoleWithWebIdentityResponse>
      """;

  private final LocalCloud cloud;
  @TempDir private Path folder;

  CredentialsIT(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void failsAtOnceWithOneSentenceAndAsksNobodyWithoutCredentials() throws Exception {
    Jar.Ended run = run(Map.of("AWS_CONFIG_FILE", nowhere(), "STORE_RETRIES", "9"));

    assertFailedAtOnce(
        run,
        "There are no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY, or give the machine or pod a role.");
  }

  @Test
  void saysHowToLogInWhenTheSessionOfAProfileIsNotThere() throws Exception {
    Jar.Ended run =
        run(
            Map.of(
                "AWS_PROFILE",
                "covid",
                "AWS_CONFIG_FILE",
                file(
                    "config",
                    """
                    [profile covid]
                    sso_session = office
                    sso_account_id = 123456789012
                    sso_role_name = Reader

                    [sso-session office]
                    sso_region = us-east-1
                    sso_start_url = http://127.0.0.1:1/start
                    """)));

    assertFailedAtOnce(
        run,
        "The login of the AWS profile covid is missing or has expired: log in with: aws sso login"
            + " --profile covid.");
  }

  @Test
  void takesTheRoleOfAWebIdentityFromSts() throws Exception {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer sts =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sts.createContext(
        "/",
        exchange -> {
          requests.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] body = ROLE.getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/xml");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    sts.start();
    try {
      Jar.Ended run =
          run(
              Map.of(
                  "AWS_CONFIG_FILE",
                  nowhere(),
                  "AWS_ROLE_ARN",
                  "arn:aws:iam::123456789012:role/covid",
                  "AWS_WEB_IDENTITY_TOKEN_FILE",
                  file("token", "of-the-pod"),
                  "AWS_ENDPOINT_URL_STS",
                  "http://127.0.0.1:" + sts.getAddress().getPort()));

      assertThat(run.out()).startsWith("3 row(s) have been added\n");
      // Each of the three clients asks by itself.
      assertThat(requests)
          .hasSize(3)
          .allMatch(request -> request.startsWith("Action=AssumeRoleWithWebIdentity&"))
          .allMatch(request -> request.endsWith("&WebIdentityToken=of-the-pod"));
    } finally {
      sts.stop(0);
    }
  }

  private Jar.Ended run(Map<String, String> environment) throws Exception {
    try (FeedServer feeds = TestApplication.feeds()) {
      Jar jar =
          Jar.in(folder, cloud, feeds)
              .without("AWS_ACCESS_KEY_ID")
              .without("AWS_SECRET_ACCESS_KEY")
              .with("AWS_EC2_METADATA_DISABLED", "true")
              .with("AWS_SHARED_CREDENTIALS_FILE", nowhere())
              // Where sessions are looked for.
              .with("HOME", folder.toString());
      environment.forEach(jar::with);
      return jar.run("run");
    }
  }

  private void assertFailedAtOnce(Jar.Ended run, String reason) {
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines().findFirst()).contains(reason);
    assertThat(run.err()).doesNotContain(": try 2 after: ", "\tat ");
    assertThat(cloud.requests()).isEmpty();
  }

  private String nowhere() {
    return folder.resolve("nowhere").toString();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
