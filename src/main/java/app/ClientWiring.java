package app;

import aws.AwsClients;
import feeds.FeedHttpClient;
import feeds.Proxies;
import java.time.Duration;
import java.util.Set;
import org.apache.camel.CamelContext;
import routes.BestEffort;
import routes.Redelivery;
import routes.RetryAfter;
import serve.BucketObjects;
import serve.SeriesObjects;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.SqsClient;
import web.WebServer;
import webhooks.WebhookHttpClient;
import webhooks.Webhooks;

/** Clients and retries for feeds and AWS. */
final class ClientWiring {
  /** The longest time between two attempts to post to a webhook, whatever its Retry-After says. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private final Wiring wiring;
  private final AwsClients aws;

  /**
   * @throws SettingException if the AWS clients lack a region
   */
  ClientWiring(Wiring wiring) {
    this.wiring = wiring;
    this.aws =
        aws(
            wiring.settings(),
            wiring.context().getRegistry().findByType(ExecutionInterceptor.class));
  }

  /** The bucket, as the readers see it. */
  BucketObjects bucket() {
    return new BucketObjects(
        aws.s3(), wiring.settings().archive().bucket(), wiring.dataset().prefix());
  }

  /**
   * @throws SettingException if the environment names a proxy that is none
   */
  void bind() throws Exception {
    Duration timeout = wiring.settings().feed().timeout();
    CamelContext context = wiring.context();
    context.addService(aws);
    wiring.bind("dynamoDb", aws.dynamoDb());
    wiring.bind("s3", aws.s3());
    wiring.bind("sns", aws.sns());
    // Created if an endpoint needs it.
    context.getRegistry().bind("sqs", SqsClient.class, aws::sqs);
    wiring.bind(
        "feedHttpClient",
        new FeedHttpClient(
            timeout,
            context
                .getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(context, "pull-limit"),
            proxies()));
    wiring.bind("retryAfter", new RetryAfter(wiring.clock(), timeout));
    webhooks();
    wiring.bind("redelivery", new Redelivery());
    wiring.bind("notDone", new BestEffort());
  }

  private void webhooks() {
    Webhooks webhooks = wiring.settings().announce().webhooks();
    if (webhooks.isAny()) {
      Proxies proxies = proxies();
      wiring.bind(
          "webhookHttpClient",
          new WebhookHttpClient(
              webhooks.timeout(),
              webhooks.all().size(),
              wiring
                  .context()
                  .getExecutorServiceManager()
                  .newSingleThreadScheduledExecutor(wiring.context(), "webhook-limit"),
              proxies.routes(),
              proxies.logins()));
      wiring.bind("webhookRetryAfter", new RetryAfter(wiring.clock(), LONGEST_WAIT));
    }
  }

  private static Proxies proxies() {
    try {
      return new Proxies(System::getProperty, System::getenv);
    } catch (IllegalArgumentException e) {
      throw new SettingException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The AWS clients.
   *
   * @throws SettingException if they lack a region
   */
  static AwsClients aws(Settings settings) {
    return aws(settings, Set.of());
  }

  private static AwsClients aws(Settings settings, Set<ExecutionInterceptor> interceptors) {
    try {
      int connections =
          settings.store().concurrency() + 4 + WebServer.MOST_WAITING + SeriesObjects.READERS;
      return new AwsClients(connections, settings.archive().pathStyle(), interceptors);
    } catch (SdkClientException e) {
      throw new SettingException(
          "AWS_REGION is missing: set it in the environment, or a region in the AWS profile");
    }
  }
}
