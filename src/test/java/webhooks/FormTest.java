package webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Slack and Teams get of texts that were written by others, or are long. */
class FormTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode message(Form form, String subject, String text) {
    return JSON.valueToTree(
        form.of(
            new Announcement("id", "run.failed", Instant.EPOCH, "us", subject, text, Map.of())));
  }

  @Test
  void nothingIsALinkOrAMentionInSlack() {
    JsonNode message = message(Form.SLACK, "A <b>", "<!channel> & <https://a.test|b>\n```\n*x*");

    assertThat(message.get("text").asText())
        .isEqualTo("A &lt;b&gt;\n&lt;!channel&gt; &amp; &lt;https://a.test|b&gt;");
    assertThat(message.at("/blocks/0/text/text").asText()).isEqualTo("A <b>");
    assertThat(message.at("/blocks/1/text/text").asText())
        .isEqualTo("```\n&lt;!channel&gt; &amp; &lt;https://a.test|b&gt;\n'''\n*x*\n```");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "<", "\uD83D\uDE00", "ä", "line\n"})
  void longTextsAreShortenedToWhatIsTaken(String word) throws Exception {
    String text = word.repeat(40_000 / word.length());

    JsonNode slack = message(Form.SLACK, text, text);
    assertThat(slack.at("/blocks/0/text/text").asText()).hasSizeLessThanOrEqualTo(150);
    assertThat(slack.at("/blocks/1/text/text").asText())
        .hasSizeLessThanOrEqualTo(3_000)
        .endsWith("...\n```")
        .doesNotContain("&l...", "&...");
    byte[] teams = JSON.writeValueAsBytes(message(Form.TEAMS, text, text));
    assertThat(teams).hasSizeLessThan(28 * 1024);
    assertThat(new String(teams, UTF_8)).contains("...").doesNotContain("\uFFFD", "?");
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.slack.com/services/T0/B0/secret, https://hooks.slack.com/***",
    "https://a.test:8443/?sig=secret, https://a.test:8443/***",
    "https://a.test/, https://a.test",
    "http://127.0.0.1:8080, http://127.0.0.1:8080",
  })
  void ofAnAddressOnlyTheServerIsShown(String url, String shown) {
    Webhook webhook = new Webhook(2, Form.SLACK, URI.create(url));

    assertThat(webhook.shown()).isEqualTo(shown);
    assertThat(webhook).hasToString("webhook 2, slack at " + shown);
  }
}
