package app;

import aws.AwsClients;
import aws.BucketKeys;
import check.BucketCheck;
import check.ClockCheck;
import check.CredentialsCheck;
import check.FeedCheck;
import check.Finding;
import check.QueueCheck;
import check.TableCheck;
import check.TopicCheck;
import check.WebhookCheck;
import covid.Dataset;
import covid.Run;
import covid.RunId;
import feeds.FeedSource;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.main.Main;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import routes.Reason;
import routes.WebhookRoutes;
import web.Json;
import webhooks.Announcement;
import webhooks.Webhook;
import webhooks.WebhookHttpClient;

/**
 * Checks what a run needs, from the settings to the ports. Feeds are pulled, and webhooks asked, by
 * an application that has nothing but the routes for that, with one attempt; all else is asked
 * without one.
 *
 * @param choice of the settings
 * @param sendTest whether to send a message to the topic and the webhooks
 */
record Checks(SettingChoice choice, boolean sendTest) {
  /** The subject of findings about settings. */
  static final String SETTINGS = "settings";

  /**
   * Checks one after the other.
   *
   * @param found takes each finding at once
   */
  void run(Consumer<Finding> found) throws Exception {
    try {
      FoundSettings read = FoundSettings.of(choice);
      try (AwsClients aws = ClientWiring.aws(read.settings())) {
        aws.start();
        found.accept(settings(read.sources()));
        aws(read, aws, found);
      }
      webhooksAndFeeds(read.settings(), found);
      new PortCheck(read.settings().http()).find().forEach(found);
    } catch (SettingException e) {
      e.problems().forEach(problem -> found.accept(Finding.wrong(SETTINGS, problem)));
    }
  }

  private static Finding settings(SettingSources sources) {
    SettingNames names = SettingNames.of(sources.dataset());
    List<String> strangers = sources.strangers(names);
    return Finding.ok(
        SETTINGS,
        sources.describe(names)
            + (strangers.isEmpty() ? "" : "; without effect: " + String.join(", ", strangers)));
  }

  private void aws(FoundSettings read, AwsClients aws, Consumer<Finding> found) {
    Settings settings = read.settings();
    String prefix = settings.dataset().prefix();
    found.accept(
        new CredentialsCheck(aws::sts, AwsEndpoints.leaveOutSts(read.sources()), Reason::of)
            .find());
    found.accept(
        new TableCheck(
                aws.dynamoDb(), settings.store().table(), settings.dataset().key(), Reason::of)
            .find());
    BucketCheck.Found bucket =
        new BucketCheck(
                aws.s3(),
                settings.archive().bucket(),
                prefix + BucketKeys.REPORTS,
                prefix + settings.archive().key(),
                SetJudge.of(settings),
                Reason::of)
            .find();
    found.accept(bucket.finding());
    new IndexJudge(
            aws.s3(),
            settings.archive().bucket(),
            prefix,
            new Json(settings.dataset().key()),
            Reason::of)
        .find()
        .ifPresent(found);
    found.accept(ClockCheck.find(bucket.date(), Instant.now()));
    Optional<String> dataset =
        Optional.of(settings.dataset()).filter(any -> !any.isDefault()).map(Dataset::name);
    found.accept(
        new TopicCheck(aws::sns, settings.announce().topic(), dataset, Reason::of).find(sendTest));
    settings.chunks().to().ifPresent(queue -> queue(aws, "chunks.to", queue.url(), found));
    settings.chunks().from().ifPresent(queue -> queue(aws, "chunks.from", queue.url(), found));
  }

  private static void queue(AwsClients aws, String setting, String url, Consumer<Finding> found) {
    found.accept(new QueueCheck(aws.sqs(), setting, url, Reason::of).find());
  }

  private void webhooksAndFeeds(Settings settings, Consumer<Finding> found) throws Exception {
    Main main = Task.CHECK.on(choice);
    try {
      main.start();
      for (Webhook webhook : settings.announce().webhooks().all()) {
        found.accept(webhook(main, settings.dataset().name(), webhook));
      }
      main.getCamelContext()
          .getRegistry()
          .lookupByNameAndType("feedRetries", RedeliveryPolicy.class)
          .setMaximumRedeliveries(0);
      FeedCheck check = new FeedCheck(settings.newGate());
      for (FeedSource feed : settings.feed().sources()) {
        found.accept(check.find(feed.name(), pull(main, feed)));
      }
    } finally {
      main.stop();
    }
  }

  private Finding webhook(Main main, String dataset, Webhook webhook) throws Exception {
    WebhookCheck check =
        new WebhookCheck(webhook.number(), webhook.form().toString(), webhook.shown());
    if (!sendTest) {
      return connected(main, check, webhook);
    }
    Instant now = Instant.now();
    Announcement test = WebhookCheck.test("test-" + RunId.next(now), now, dataset);
    return check.asked(
        Optional.ofNullable(
                main.getCamelTemplate()
                    .send(
                        "direct:post-webhook",
                        exchange -> WebhookRoutes.test(exchange, webhook, test))
                    .getException())
            .map(failure -> Reason.ofWebhook(failure, webhook)));
  }

  private static Finding connected(Main main, WebhookCheck check, Webhook webhook) {
    WebhookHttpClient client =
        main.getCamelContext()
            .getRegistry()
            .lookupByNameAndType("webhookHttpClient", WebhookHttpClient.class);
    try {
      return check.unasked(client.connect(webhook.url()));
    } catch (IOException e) {
      return check.away(Reason.ofWebhook(e, webhook));
    }
  }

  /** A run that pulls a feed, and does nothing else. */
  private static Run pull(Main main, FeedSource feed) throws Exception {
    Instant now = Instant.now();
    Run run = Run.begin(RunId.next(now), "check", now);
    main.getCamelTemplate()
        .send("direct:fetch-" + feed.name(), exchange -> exchange.setVariable("run", run));
    return run;
  }
}
