package routes;

import aws.ReplayableDays;
import covid.Day;
import covid.DeadLetter;
import covid.RunFact;
import covid.RunFailedException;
import covid.StoreFact;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import web.Answer;
import web.Json;

/**
 * The dead letter: days that could not be written, kept for the next run.
 *
 * <pre>
 *   replay-dead-letters       days that earlier runs left -> store-day; remove those in the table
 *     -> read-dead-letter
 *          -> get-dead-letter   S3 dead-letter/: one attempt, to the last byte
 *          ~> set-aside-dead-letter   cannot be read: S3 dead-letter-damaged/
 *   store-day ~> dead-letter-day      retries exhausted: S3 dead-letter/
 * </pre>
 *
 * What leads where ({@code ~>}) is in {@code errors.camel.yaml}.
 */
public final class DeadLetterRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("set-aside-dead-letter");

  private final Clock clock;
  private final Json json;
  private final Listing listing;

  /**
   * @param clock the time of a failure
   * @param json how an entry is written
   * @param listing finds the entries
   */
  public DeadLetterRoutes(Clock clock, Json json, Listing listing) {
    this.clock = clock;
    this.json = json;
    this.listing = listing;
  }

  @Override
  public void configure() {
    addReading(this);

    listing
        .forEach(
            from("direct:replay-dead-letters")
                .routeId("replay-dead-letters")
                .routeConfigurationId("stages"),
            Bucket.DEAD_LETTERS,
            "direct:read-dead-letter")
        .split()
        .exchange(exchange -> Runs.of(exchange).days().left())
        .streaming()
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .executorService("store")
        .setVariable("letter", body())
        .setBody(simple("${body.day}"))
        .to("direct:store-day")
        .end()
        .split()
        .exchange(exchange -> Runs.of(exchange).days().replayed())
        .id("split-replayed")
        .to(Bucket.delete(Bucket.DEAD_LETTERS + "${body.date}.json"))
        .end()
        .process(exchange -> Runs.of(exchange).table().check())
        .id("check-stop-of-replay");

    from("direct:read-dead-letter")
        .routeId("read-dead-letter")
        .routeConfigurationId("dead-letters")
        .setHeader(AWS2S3Constants.KEY, simple("${body.key}"))
        .to("direct:get-dead-letter")
        .unmarshal(json.strict(DeadLetter.class))
        .process(DeadLetterRoutes::noteLeft)
        .id("note-dead-letter");

    from("direct:dead-letter-day")
        .routeId("dead-letter-day")
        .routeConfigurationId("best-effort")
        .setBody(this::deadLetter)
        .id("dead-letter")
        .log(LoggingLevel.WARN, "${body.day.date} goes to the dead letter: ${body.error}")
        .setHeader(AWS2S3Constants.KEY, simple(Bucket.DEAD_LETTERS + "${body.day.date}.json"))
        .marshal(json.of(DeadLetter.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(Bucket.put("-"));
  }

  /**
   * Adds the routes that get an entry, and set an unreadable one aside, under any key of the table.
   */
  static void addReading(RouteBuilder routes) {
    Bucket.getWhole(routes, "get-dead-letter");

    routes
        .from("direct:set-aside-dead-letter")
        .routeId("set-aside-dead-letter")
        .routeConfigurationId("stages")
        .removeHeaders(Redelivery.HEADERS)
        .process(DeadLetterRoutes::copyAside)
        .id("copy-aside")
        .removeHeaders(Redelivery.HEADERS)
        .process(DeadLetterRoutes::removeCopied)
        .id("remove-copied");
  }

  /**
   * Notes a day in the dead letter.
   *
   * @throws RunFailedException if it lacks a figure, which the table would then lack forever, or is
   *     of another date than its object, which would then stay when the day is in the table
   */
  private static void noteLeft(Exchange exchange) throws RunFailedException {
    DeadLetter letter = exchange.getMessage().getBody(DeadLetter.class);
    if (!ReplayableDays.isWhole(letter)) {
      throw new RunFailedException(
          "The dead letter of %s lacks a figure.".formatted(letter.day().date()));
    }
    if (Bucket.name(exchange, Bucket.DEAD_LETTERS)
        .filter(name -> ReplayableDays.isOfDate(letter, name))
        .isEmpty()) {
      throw new RunFailedException(
          "%s is not the dead letter of %s.".formatted(Bucket.key(exchange), letter.day().date()));
    }
    Runs.of(exchange).note(new RunFact.DeadLetterFound(letter));
  }

  /**
   * Copies the entry that could not be read, as it was read. By the client of the SDK, as its
   * removal, since the component of Camel deletes without a condition.
   */
  private static void copyAside(Exchange exchange) {
    String key = Bucket.key(exchange);
    @Nullable String etag = etag(exchange);
    String bucket = Bucket.resolved(exchange, "{{archive.bucket}}");
    ifAsRead(
        exchange,
        s3 ->
            s3.copyObject(
                copy ->
                    copy.sourceBucket(bucket)
                        .sourceKey(key)
                        .copySourceIfMatch(etag)
                        .destinationBucket(bucket)
                        .destinationKey(Bucket.keyOfDamaged(exchange, etag))));
  }

  private static void removeCopied(Exchange exchange) {
    String key = Bucket.key(exchange);
    String bucket = Bucket.resolved(exchange, "{{archive.bucket}}");
    if (ifAsRead(
        exchange,
        s3 -> s3.deleteObject(old -> old.bucket(bucket).key(key).ifMatch(etag(exchange))))) {
      Runs.of(exchange)
          .note(new RunFact.Warned("%s cannot be read; it was set aside.".formatted(key)));
    } else {
      LOG.warn("{} could not be read, and was changed meanwhile: the next run reads it", key);
    }
  }

  /** Its entity tag, without which a copy and its removal have no condition. */
  private static @Nullable String etag(Exchange exchange) {
    return exchange.getMessage().getHeader(AWS2S3Constants.E_TAG, String.class);
  }

  /**
   * Does something with the entry as it was read.
   *
   * @return whether it is done; if the entry is gone, another process has done it, or an attempt
   *     whose answer was lost
   */
  private static boolean ifAsRead(Exchange exchange, Consumer<S3Client> work) {
    try {
      work.accept(exchange.getContext().getRegistry().lookupByNameAndType("s3", S3Client.class));
    } catch (S3Exception e) {
      if (e.statusCode() == 412) {
        return false;
      }
      if (e.statusCode() != 404) {
        throw e;
      }
    }
    return true;
  }

  /** Notes a day that could not be written; the entry includes the failures of earlier runs. */
  private DeadLetter deadLetter(Exchange exchange) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    String reason = Reason.of(error, "store-day");
    int attempts = exchange.getVariable("attempts", 1, Integer.class);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    DeadLetter earlier = exchange.getVariable("letter", DeadLetter.class);
    DeadLetter letter =
        earlier == null
            ? DeadLetter.first(exchange.getMessage().getBody(Day.class), reason, attempts, now)
            : earlier.again(reason, attempts, now);
    Runs.of(exchange).note(new StoreFact.DayDeadLettered(letter));
    return letter;
  }
}
