package routes;

import aws.DayItem;
import covid.Day;
import covid.DeadLetter;
import covid.Fact;
import covid.Metric;
import covid.Place;
import covid.Run;
import covid.RunFailedException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.ddb.Ddb2Constants;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import web.Answer;
import web.Json;

/**
 * The table, and the dead letter for days that cannot be written.
 *
 * <pre>
 *   replay-dead-letters     days that earlier runs left -> store-day; remove those in the table
 *   store-days              read-table; the days that it lacks -> store-day
 *   store-day               one conditional put
 *     ~> settle-present-day     it is in the table already
 *     ~> dead-letter-day        retries exhausted: S3 dead-letter/
 * </pre>
 *
 * What leads where ({@code ~>}) is in {@code errors.camel.yaml}.
 */
public final class StoreRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("store-day");

  private final Place place;
  private final Clock clock;
  private final Json json;
  private final Listing listing;

  /**
   * @param place the place of the days in the table
   * @param clock the time of a failure
   * @param json how the dead letter is written
   * @param listing finds the entries of the dead letter
   */
  public StoreRoutes(Place place, Clock clock, Json json, Listing listing) {
    this.place = place;
    this.clock = clock;
    this.json = json;
    this.listing = listing;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("stopStoring", (Processor) StoreRoutes::stop);

    listing
        .forEach(
            from("direct:replay-dead-letters")
                .routeId("replay-dead-letters")
                .routeConfigurationId("stages"),
            Bucket.DEAD_LETTERS,
            "direct:read-dead-letter")
        .split()
        .exchange(exchange -> Runs.of(exchange).days().left())
        .parallelProcessing()
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
        .process(StoreRoutes::checkStop)
        .id("check-stop-of-replay");

    from("direct:read-dead-letter")
        .routeId("read-dead-letter")
        .routeConfigurationId("dead-letters")
        .setHeader(AWS2S3Constants.KEY, simple("${body.key}"))
        .to(Bucket.get("-"))
        .process(Bucket::checkSize)
        .id("check-size-of-dead-letter")
        .unmarshal(json.strict(DeadLetter.class))
        .process(StoreRoutes::noteLeft)
        .id("note-dead-letter");

    from("direct:set-aside-dead-letter")
        .routeId("set-aside-dead-letter")
        .routeConfigurationId("stages")
        .removeHeaders(Redelivery.HEADERS)
        .process(StoreRoutes::warnOfDamage)
        .id("warn-of-damage")
        .setHeader(AWS2S3Constants.BUCKET_DESTINATION_NAME, simple("{{archive.bucket}}"))
        .setHeader(
            AWS2S3Constants.DESTINATION_KEY,
            simple(
                "%s${header.CamelAwsS3Key.substring(%d)}"
                    .formatted(Bucket.DAMAGED_DEAD_LETTERS, Bucket.DEAD_LETTERS.length())))
        .to(Bucket.copy("-"))
        .to(Bucket.delete("-"));

    from("direct:store-days")
        .routeId("store-days")
        .routeConfigurationId("stages")
        .to("direct:read-table")
        .setBody(exchange -> Runs.of(exchange).days().missing())
        .id("missing-days")
        .log("Storing ${body.size} days")
        .split(body())
        .parallelProcessing()
        .executorService("store")
        .to("direct:store-day")
        .end()
        .process(StoreRoutes::checkStop)
        .id("check-stop");

    from("direct:read-table")
        .routeId("read-table")
        .routeConfigurationId("stages")
        .removeHeaders("*")
        .to("direct:read-table-page")
        .loopDoWhile(header(Ddb2Constants.LAST_EVALUATED_KEY).isNotNull())
        .to("direct:read-table-page")
        .end();

    from("direct:read-table-page")
        .routeId("read-table-page")
        .routeConfigurationId("stages")
        .removeHeaders(Redelivery.HEADERS)
        .setHeader(Ddb2Constants.START_KEY, header(Ddb2Constants.LAST_EVALUATED_KEY))
        .to(table("Scan"))
        .process(this::noteStored)
        .id("note-stored");

    from("direct:store-day")
        .routeId("store-day")
        .routeConfigurationId("days")
        .removeHeaders(Redelivery.HEADERS)
        // Left by retries of earlier steps.
        .removeVariable("attempts")
        .removeVariable(Redelivery.IN_DOUBT)
        .filter(exchange -> !Runs.of(exchange).table().isStopped())
        .id("unless-stopped")
        .setHeader(Ddb2Constants.ITEM)
        .body(Day.class, DayItem::of)
        .setHeader(Ddb2Constants.UPDATE_CONDITION, constant(DayItem.ABSENT))
        .to(table("PutItem"))
        .process(StoreRoutes::noteAdded)
        .id("note-added");

    from("direct:settle-present-day")
        .routeId("settle-present-day")
        .routeConfigurationId("best-effort")
        .setVariable("mayBeOurs")
        .exchange(exchange -> exchange.getVariable(Redelivery.IN_DOUBT) != null)
        .setHeader(Ddb2Constants.KEY)
        .body(Day.class, DayItem::key)
        .setHeader(Ddb2Constants.CONSISTENT_READ, constant(true))
        .to(table("GetItem"))
        .process(StoreRoutes::settle)
        .id("settle");

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

  private static String table(String operation) {
    return "aws2-ddb:{{store.table}}?enabledInitialDescribeTable=false&operation=" + operation;
  }

  // --- Replay

  /**
   * Notes a day in the dead letter.
   *
   * @throws RunFailedException if it lacks a figure, which the table would then lack forever
   */
  private static void noteLeft(Exchange exchange) throws RunFailedException {
    DeadLetter letter = exchange.getMessage().getBody(DeadLetter.class);
    if (!letter.day().figures().keySet().containsAll(Metric.PUBLISHED)) {
      throw new RunFailedException(
          "The dead letter of %s lacks a figure.".formatted(letter.day().date()));
    }
    Runs.of(exchange).note(new Fact.DeadLetterFound(letter));
  }

  private static void warnOfDamage(Exchange exchange) {
    String key = exchange.getMessage().getHeader(AWS2S3Constants.KEY, String.class);
    Runs.of(exchange).note(new Fact.Warned("%s cannot be read; it was set aside.".formatted(key)));
  }

  // --- Table

  /** Notes the days of one page of the table. */
  @SuppressWarnings("unchecked")
  private void noteStored(Exchange exchange) {
    List<Map<String, AttributeValue>> items =
        exchange.getMessage().getHeader(Ddb2Constants.ITEMS, List.class);
    Runs.of(exchange).note(new Fact.DaysStored(DayItem.days(place, items)));
  }

  private static void noteAdded(Exchange exchange) {
    Day day = exchange.getMessage().getBody(Day.class);
    Runs.of(exchange).note(new Fact.DayAdded(day.key()));
  }

  /**
   * Notes a day that is in the table although it was missing when this run read it. Either another
   * process was faster; or an earlier attempt wrote it and its answer was lost: then the figures
   * are the same, and it counts as added.
   */
  @SuppressWarnings("unchecked")
  private static void settle(Exchange exchange) {
    Run run = Runs.of(exchange);
    Day day = exchange.getMessage().getBody(Day.class);
    Map<String, AttributeValue> item =
        exchange.getMessage().getHeader(Ddb2Constants.ATTRIBUTES, Map.class);
    if (item == null) {
      // It could not be read again.
      run.note(new Fact.DayPresent(day.key()));
      return;
    }
    Optional<Day> stored = DayItem.day(item);
    if (exchange.getVariable("mayBeOurs", boolean.class) && stored.equals(Optional.of(day))) {
      run.note(new Fact.DayAdded(day.key()));
    } else {
      run.note(new Fact.DayPresent(day.key()));
      run.note(new Fact.DaysStored(Map.of(day.key(), stored)));
    }
  }

  // --- Failures

  /** Notes an error that affects every write. */
  private static void stop(Exchange exchange) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    LOG.error("No day can be written: {}", Reason.forLog(error, "store-day"), error);
    Runs.of(exchange).note(new Fact.StoreStopped(Reason.of(error, "store-day")));
  }

  /** Ends the run if an error affects every write. */
  private static void checkStop(Exchange exchange) throws RunFailedException {
    Runs.of(exchange).table().check();
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
    Runs.of(exchange).note(new Fact.DayDeadLettered(letter));
    return letter;
  }
}
