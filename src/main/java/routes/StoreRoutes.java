package routes;

import aws.DayItem;
import covid.DeadLetter;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.ddb.Ddb2Constants;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import web.Answer;
import web.Json;

/**
 * The table, and the dead letter for days that it does not take.
 *
 * <pre>
 *   replay-dead-letters     what earlier runs left -> store-day; remove what is in the table
 *   store-days              read-table; the days that it lacks -> store-day
 *   store-day               one conditional put
 *     ~> settle-present-day     it was there already
 *     ~> dead-letter-day        retries did not help: S3 dead-letter/
 * </pre>
 *
 * What leads where ({@code ~>}) is in {@code errors.camel.yaml}.
 */
public final class StoreRoutes extends RouteBuilder {
  private final StoreSteps steps;
  private final Json json;
  private final Listing listing;

  /**
   * @param steps what the stages compute
   * @param json how the dead letter is written
   * @param listing finds the entries of the dead letter
   */
  public StoreRoutes(StoreSteps steps, Json json, Listing listing) {
    this.steps = steps;
    this.json = json;
    this.listing = listing;
  }

  @Override
  public void configure() {
    listing
        .forEach(
            from("direct:replay-dead-letters")
                .routeId("replay-dead-letters")
                .routeConfigurationId("stages"),
            Bucket.DEAD_LETTERS,
            "direct:read-dead-letter")
        .split(method(steps, "left"))
        .parallelProcessing()
        .executorService("store")
        .setVariable("letter", body())
        .setBody(simple("${body.day}"))
        .to("direct:store-day")
        .end()
        .split(method(steps, "replayed"))
        .to(Bucket.delete(Bucket.DEAD_LETTERS + "${body.date}.json"))
        .end()
        .bean(steps, "checkStop");

    from("direct:read-dead-letter")
        .routeId("read-dead-letter")
        .routeConfigurationId("dead-letters")
        .setHeader(AWS2S3Constants.KEY, simple("${body.key}"))
        .to(Bucket.get("-"))
        .process(Bucket::checkSize)
        .unmarshal(json.strict(DeadLetter.class))
        .bean(steps, "replaying");

    from("direct:set-aside-dead-letter")
        .routeId("set-aside-dead-letter")
        .routeConfigurationId("stages")
        .removeHeaders(Redelivery.HEADERS)
        .bean(steps, "damaged")
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
        .setBody(method(steps, "missing"))
        .log("Storing ${body.size} days")
        .split(body())
        .parallelProcessing()
        .executorService("store")
        .to("direct:store-day")
        .end()
        .bean(steps, "checkStop");

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
        .bean(steps, "stored");

    from("direct:store-day")
        .routeId("store-day")
        .routeConfigurationId("days")
        .removeHeaders(Redelivery.HEADERS)
        // Of what was tried again before the days were.
        .removeVariable("attempts")
        .filter(simple("${variable.run.table.isStopped} == false"))
        .setHeader(Ddb2Constants.ITEM, method(DayItem.class, "of"))
        .setHeader(Ddb2Constants.UPDATE_CONDITION, constant(DayItem.ABSENT))
        .to(table("PutItem"))
        .bean(steps, "added");

    from("direct:settle-present-day")
        .routeId("settle-present-day")
        .routeConfigurationId("beside")
        .setVariable("triedAgain", method(steps, "wasTriedAgain"))
        .setHeader(Ddb2Constants.KEY, method(DayItem.class, "key"))
        .setHeader(Ddb2Constants.CONSISTENT_READ, constant(true))
        .to(table("GetItem"))
        .bean(steps, "addedOrPresent");

    from("direct:dead-letter-day")
        .routeId("dead-letter-day")
        .routeConfigurationId("beside")
        .setBody(method(steps, "deadLettered"))
        .log(LoggingLevel.WARN, "${body.day.date} goes to the dead letter: ${body.error}")
        .setHeader(AWS2S3Constants.KEY, simple(Bucket.DEAD_LETTERS + "${body.day.date}.json"))
        .marshal(json.of(DeadLetter.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .to(Bucket.put("-"));
  }

  private static String table(String operation) {
    return "aws2-ddb:{{store.table}}?enabledInitialDescribeTable=false&operation=" + operation;
  }
}
