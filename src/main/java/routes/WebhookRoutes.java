package routes;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import covid.Run;
import covid.RunFact;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Answer;
import web.Json;
import webhooks.Announcement;
import webhooks.Webhook;
import webhooks.Webhooks;

/**
 * Posts the message of a run that has ended to the web addresses of {@code announce.webhook}. The
 * retries are in {@code errors.camel.yaml}.
 *
 * <pre>
 *   send-webhooks
 *     -> send-webhook        for each, at the same time; the next run reports a failure
 *          -> post-webhook   one attempt, signed as of now
 * </pre>
 */
public final class WebhookRoutes extends RouteBuilder {
  /** The variable with the {@link Announcement}. */
  static final String ANNOUNCEMENT = "announcement";

  /** The variable with the {@link Webhook} that it is posted to. */
  private static final String WEBHOOK = "webhook";

  /** The variable with the failures, by the numbers of the webhooks. */
  private static final String FAILURES = "failures";

  /** The variable with the last moment for a request to begin, by {@link System#nanoTime}. */
  private static final String LAST_BEGIN = "lastBegin";

  private static final String POST =
      "http:webhook?httpMethod=POST&followRedirects=false&throwExceptionOnFailure=false"
          + "&disableStreamCache=true&httpClientConfigurer=#webhookHttpClient";

  private static final Logger LOG = LoggerFactory.getLogger("send-webhook");

  private final Webhooks webhooks;
  private final Json json;
  private final Clock clock;

  /**
   * @param webhooks the addresses, at least one
   * @param json how reports are written
   * @param clock the time of a request
   */
  public WebhookRoutes(Webhooks webhooks, Json json, Clock clock) {
    this.webhooks = webhooks;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("notPosted", (Processor) WebhookRoutes::notPosted);
    // The last request has its whole time, too.
    Duration lastBegin = webhooks.limit().minus(webhooks.timeout());

    from("direct:send-webhooks")
        .routeId("send-webhooks")
        .routeConfigurationId("stages")
        .removeHeaders("*")
        // A command ends only then, long after the time in its summary if one does not answer.
        .log(waiting())
        .process(exchange -> Runs.of(exchange).note(new RunFact.WebhooksAsked()))
        .id("note-asked")
        .setVariable(FAILURES)
        .exchange(exchange -> new ConcurrentSkipListMap<Integer, RunFact.NotPosted>())
        .setVariable(LAST_BEGIN)
        .exchange(exchange -> System.nanoTime() + lastBegin.toNanos())
        .split()
        .exchange(exchange -> webhooks.all())
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .executorService(
            getContext().getExecutorServiceManager().newCachedThreadPool(this, "webhooks"))
        .to("direct:send-webhook")
        .end()
        // In their order, whichever was known first.
        .process(exchange -> failures(exchange).values().forEach(Runs.of(exchange)::note))
        .id("note-not-posted");

    from("direct:send-webhook")
        .routeId("send-webhook")
        .routeConfigurationId("webhooks")
        .setVariable(WEBHOOK, body())
        .to("direct:post-webhook")
        .process(WebhookRoutes::notePosted)
        .id("note-posted");

    from("direct:post-webhook")
        .routeId("post-webhook")
        // The caller retries a failed attempt.
        .errorHandler(noErrorHandler())
        // All but the redelivery counter, which Camel keeps there.
        .removeHeaders("*", Redelivery.HEADERS)
        .process(this::request)
        .id("sign-request")
        .to(POST)
        .process(WebhookRoutes::requireTaken)
        .id("require-taken");
  }

  private String waiting() {
    return "Waiting for %s: at most %d s"
        .formatted(
            webhooks.all().stream().map(Webhook::named).collect(joining(", ")),
            webhooks.limit().plusMillis(999).toSeconds());
  }

  /** Has an exchange post a test to a webhook, by {@code direct:post-webhook}. */
  public static void test(Exchange exchange, Webhook webhook, Announcement test) {
    exchange.setVariable(WEBHOOK, webhook);
    exchange.setVariable(ANNOUNCEMENT, test);
  }

  /** The webhook that an exchange posts to; null if it does not. */
  static Webhook webhook(Exchange exchange) {
    return exchange.getVariable(WEBHOOK, Webhook.class);
  }

  /** The message of an exchange. */
  static Announcement announcement(Exchange exchange) {
    return requireNonNull(exchange.getVariable(ANNOUNCEMENT, Announcement.class));
  }

  /** Whether a request may still begin after a wait, in milliseconds. */
  static boolean mayBeginIn(long wait, Exchange exchange) {
    long begin = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait);
    return begin - exchange.getVariable(LAST_BEGIN, long.class) <= 0;
  }

  /** Also a webhook that has not taken the message comes here, named among the failures. */
  private static void notePosted(Exchange exchange) {
    if (!failures(exchange).containsKey(webhook(exchange).number())) {
      Runs.of(exchange).note(new RunFact.Announced());
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<Integer, RunFact.NotPosted> failures(Exchange exchange) {
    return exchange.getVariable(FAILURES, Map.class);
  }

  /** Makes the request, with the headers of the Standard Webhooks specification. */
  private void request(Exchange exchange) {
    Webhook webhook = webhook(exchange);
    Announcement announcement = announcement(exchange);
    byte[] body = json.write(webhook.form().of(announcement));
    long now = clock.instant().getEpochSecond();
    Message message = exchange.getMessage();
    message.setBody(body);
    message.setHeader(Exchange.HTTP_URI, webhook.url().toString());
    message.setHeader(Exchange.CONTENT_TYPE, Answer.JSON);
    message.setHeader("webhook-id", announcement.id());
    message.setHeader("webhook-timestamp", Long.toString(now));
    if (!webhooks.secrets().isEmpty()) {
      message.setHeader("webhook-signature", webhooks.signatures(announcement.id(), now, body));
    }
  }

  /**
   * Requires that the webhook has taken the message.
   *
   * @throws HttpOperationFailedException if it has not; it does not name the whole address
   */
  private static void requireTaken(Exchange exchange) throws HttpOperationFailedException {
    Message answer = exchange.getMessage();
    int status = answer.getHeader(Exchange.HTTP_RESPONSE_CODE, int.class);
    if (status >= 200 && status < 300) {
      return;
    }
    Map<String, String> headers = new HashMap<>();
    answer.getHeaders().forEach((name, value) -> headers.put(name, String.valueOf(value)));
    throw new HttpOperationFailedException(
        webhook(exchange).shown(),
        status,
        answer.getHeader(Exchange.HTTP_RESPONSE_TEXT, String.class),
        null,
        headers,
        "");
  }

  /** Notes that a webhook did not take the message. */
  private static void notPosted(Exchange exchange) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    Run run = Runs.of(exchange);
    Webhook webhook = webhook(exchange);
    String reason = Reason.ofWebhook(error, webhook);
    LOG.error(
        "Run {}: its message did not reach webhook {}, and that of the next run says so: {}",
        run.id(),
        webhook.number(),
        reason,
        error);
    failures(exchange)
        .put(
            webhook.number(),
            new RunFact.NotPosted(
                webhook.named(),
                "The message could not be sent to webhook %d: %s"
                    .formatted(webhook.number(), reason)));
  }
}
