package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program where nobody gave it credentials. */
@ExtendWith(LocalCloudExtension.class)
class CredentialsIT {
  private final LocalCloud cloud;
  @TempDir private Path folder;

  CredentialsIT(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void failsAtOnceWithOneReasonAndAsksNobodyWithoutCredentials() throws Exception {
    try (FeedServer feeds = TestApplication.feeds()) {
      String nowhere = folder.resolve("nowhere").toString();

      Jar.Ended run =
          Jar.in(folder, cloud, feeds)
              .without("AWS_ACCESS_KEY_ID")
              .without("AWS_SECRET_ACCESS_KEY")
              .with("AWS_EC2_METADATA_DISABLED", "true")
              .with("AWS_SHARED_CREDENTIALS_FILE", nowhere)
              .with("AWS_CONFIG_FILE", nowhere)
              .with("STORE_RETRIES", "9")
              .run("run");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).startsWith("SdkClientException: Unable to load credentials from any ");
      assertThat(run.err()).doesNotContain(": try 2 after: ", "\tat ");
      assertThat(cloud.requests()).isEmpty();
      assertThat(feeds.requests(feeds.nyt().getPath())).isZero();
    }
  }
}
