package routes;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.TestApplication;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import covid.RunReport;
import java.util.List;
import java.util.stream.StreamSupport;
import local.LocalCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The message of a run, as webhooks get it. */
class WebhookTest extends IngestTestBase {
  private static final String OTHER_SECRET = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

  private Posts posts;

  WebhookTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void listen() {
    posts = new Posts(feeds);
    for (String path : List.of("/hook", "/slack", "/teams")) {
      posts.answer(path, 204);
    }
    application(
        "announce.webhook",
        "%s?sp=%%2Fa%%2Fb&sig=a+b slack+%s teams+%s"
            .formatted(posts.at("/hook"), posts.at("/slack"), posts.at("/teams")),
        "announce.webhook.secret",
        Posts.SECRET + " " + OTHER_SECRET);
  }

  @Test
  void isTheReportWithTheTextOfTheTopic() throws Exception {
    RunReport report = run();

    Posts.Post post = only("/hook");
    JsonNode event = post.json();
    assertThat(post.header("Content-Type")).isEqualTo("application/json");
    assertThat(event.fieldNames())
        .toIterable()
        .containsExactly("type", "timestamp", "dataset", "subject", "text", "data");
    assertThat(event.get("type").asText()).isEqualTo("run.succeeded");
    assertThat(event.get("timestamp").asText()).isEqualTo(report.finishedAt().toString());
    assertThat(event.get("dataset").asText()).isEqualTo("us");
    assertThat(event.get("subject").asText()).isEqualTo("Covid Table Update");
    assertThat(event.get("text").asText()).isEqualTo(cloud.messages().get(0).text());
    assertThat(event.get("data"))
        .isEqualTo(
            new ObjectMapper()
                .readTree(cloud.object("runs/" + report.id() + ".json").orElseThrow()));
    assertThat(cloud.keys("open-runs/")).isEmpty();
  }

  @Test
  void isSignedWithEachSecretAndNamesTheRun() throws Exception {
    RunReport report = run();

    Posts.Post post = only("/hook");
    post.verify(Posts.SECRET);
    post.verify(OTHER_SECRET);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> post.verify("whsec_BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"));
    assertThat(post.header("webhook-id")).isEqualTo(report.id());
  }

  @Test
  void goesToTheAddressAsItIsGiven() throws Exception {
    run();

    assertThat(only("/hook").uri()).hasToString("/hook?sp=%2Fa%2Fb&sig=a+b");
  }

  @Test
  void goesToSlackAsBlocks() throws Exception {
    run();

    JsonNode message = only("/slack").json();
    String text = cloud.messages().get(0).text();
    assertThat(message.get("text").asText())
        .isEqualTo("Covid Table Update\n3 row(s) have been added");
    assertThat(message.at("/blocks/0/type").asText()).isEqualTo("header");
    assertThat(message.at("/blocks/0/text/text").asText()).isEqualTo("Covid Table Update");
    assertThat(message.at("/blocks/1/text/text").asText())
        .isEqualTo("```\n" + text.stripTrailing() + "\n```");
  }

  @Test
  void goesToTeamsAsAnAdaptiveCard() throws Exception {
    run();

    JsonNode message = only("/teams").json();
    JsonNode attachment = message.at("/attachments/0");
    assertThat(message.get("type").asText()).isEqualTo("message");
    assertThat(attachment.get("contentType").asText())
        .isEqualTo("application/vnd.microsoft.card.adaptive");
    assertThat(attachment.at("/content/type").asText()).isEqualTo("AdaptiveCard");
    assertThat(
            StreamSupport.stream(attachment.at("/content/body").spliterator(), false)
                .map(line -> line.at("/inlines/0/text").asText())
                .map(line -> line.equals(" ") ? "" : line)
                .collect(joining("\n", "", "\n")))
        .isEqualTo("Covid Table Update\n" + cloud.messages().get(0).text());
  }

  @Test
  void tellsOfARunThatFailed() throws Exception {
    feeds.answer("/us.csv", exchange -> exchange.sendResponseHeaders(404, -1));

    RunReport report = run();

    JsonNode event = only("/hook").json();
    assertThat(event.get("type").asText()).isEqualTo("run.failed");
    assertThat(event.get("subject").asText()).isEqualTo("Covid Table Update FAILED");
    assertThat(event.get("text").asText()).startsWith(report.reason());
    assertThat(event.at("/data/reason").asText()).isEqualTo(report.reason());
    assertThat(only("/slack").json().at("/blocks/0/text/text").asText())
        .isEqualTo("Covid Table Update FAILED");
  }

  @Test
  void needsNeitherTopicNorSecret() throws Exception {
    posts.answer("/unsigned", 200);
    application("announce.topic", "", "announce.webhook", posts.at("/unsigned").toString());

    run();

    assertThat(cloud.messages()).isEmpty();
    assertThat(only("/unsigned").headers().keySet())
        .extracting(String::toLowerCase)
        .contains("webhook-id", "webhook-timestamp")
        .doesNotContain("webhook-signature");
  }

  @Test
  void namesTheDatasetInTheSubject() throws Exception {
    posts.answer("/places", 200);
    feeds.answer(
        "/who.csv",
        "Date_reported,Country_code,Country,Cumulative_cases,Cumulative_deaths\n"
            + "2020-01-05,DE,Germany,1,0\n",
        "\"1\"",
        "");

    try (TestApplication places =
        TestApplication.ofPlaces(
            cloud,
            feeds,
            "who",
            "feed.who.url",
            posts.at("/who.csv").toString(),
            "announce.webhook",
            posts.at("/places").toString())) {
      places.run();
    }

    assertThat(only("/places").json().get("dataset").asText()).isEqualTo("who");
    assertThat(only("/places").json().get("subject").asText())
        .isEqualTo("Covid Table Update (who)");
    assertThat(only("/places").json().at("/data/added").asInt()).isEqualTo(1);
  }

  private Posts.Post only(String path) {
    assertThat(posts.to(path)).hasSize(1);
    return posts.to(path).get(0);
  }
}
