package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ChangedSettingsTest {
  @Test
  void namesNothingIfAllIsAsItIsPacked() {
    assertThat(changed(Map.of())).isEmpty();
    assertThat(changed(Map.of("HTTP_PORT", " 8080 ", "HTTP_TOKEN", ""))).isEmpty();
  }

  @Test
  void namesWhatDiffersWithItsValueWhereverItComesFrom() {
    assertThat(
            changed(
                Map.of("ARCHIVE_BUCKET", "covid", "DATASET", "who", "FEED_STALLED_AFTER", ""),
                "http.port",
                "8081"))
        .isEqualTo("archive.bucket=covid, dataset=who, feed.stalled-after=, http.port=8081");
  }

  @Test
  void showsNoSecrets() {
    assertThat(
            changed(
                Map.of(
                    "HTTP_TOKEN",
                    "hunter2",
                    "MANAGEMENT_USER",
                    "ann",
                    "MANAGEMENT_PASSWORD",
                    "hunter2",
                    "FEED_NYT_HEADERS",
                    "Authorization: Bearer hunter2",
                    "FEED_NYT_URL",
                    "https://ann:hunter2@example.org/us.csv?key=hunter2")))
        .isEqualTo(
            "feed.nyt.headers=***, feed.nyt.url=https://example.org/us.csv, http.token=***,"
                + " management.password=***, management.user=ann");
  }

  /** With the settings of the default dataset in the environment, and another one chosen. */
  @Test
  void hidesTheAddressOfAFeedOfAnotherDatasetThatIsNone() {
    assertThat(changed(Map.of("DATASET", "who", "FEED_JHU_URL", "ftp:/ann:hunter2 @\n")))
        .isEqualTo("dataset=who, feed.jhu.url=***");
  }

  @Test
  void showsNeitherAddressesNorSecretsOfWebhooks() {
    assertThat(
            changed(
                Map.of(
                    "ANNOUNCE_WEBHOOK",
                    "slack+https://hooks.slack.com/services/hunter2",
                    "ANNOUNCE_WEBHOOK_SECRET",
                    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                    "ANNOUNCE_WEBHOOK_TIMEOUT",
                    "5s")))
        .isEqualTo(
            "announce.webhook.secret=***, announce.webhook.timeout=5s, announce.webhook=***");
  }

  @Test
  void isOneLineThatShowsWhateverIsInAVariable() {
    assertThat(changed(Map.of("ARCHIVE_BUCKET", "covid\n2026-11-30\u2028INFO\u0085x")))
        .isEqualTo("archive.bucket=covid\\u000a2026-11-30\\u2028INFO\\u0085x");
  }

  private static String changed(Map<String, String> environment, String... system) {
    Properties properties = new Properties();
    for (int i = 0; i < system.length; i += 2) {
      properties.setProperty(system[i], system[i + 1]);
    }
    SettingSources sources =
        new SettingSources(environment, properties, SettingNames.packedFile())
            .withDataset(Optional.empty());
    return ChangedSettings.of(sources, SettingNames.of(sources.dataset()));
  }
}
