package routes;

import static org.apache.camel.component.aws2.ddb.Ddb2Constants.CONSISTENT_READ;
import static org.apache.camel.component.aws2.ddb.Ddb2Constants.ITEMS;
import static org.apache.camel.component.aws2.ddb.Ddb2Constants.KEY_CONDITIONS;
import static org.apache.camel.component.aws2.ddb.Ddb2Constants.LAST_EVALUATED_KEY;
import static org.apache.camel.component.aws2.ddb.Ddb2Constants.START_KEY;

import aws.BatchInsert;
import aws.ItemLayout;
import covid.Dates;
import covid.Day;
import covid.Place;
import covid.PlaceDays;
import covid.Run;
import covid.RunFailedException;
import covid.StoreFact;
import covid.StoredDays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Condition;

/**
 * A table of many places, in which no day is overwritten: one query a place, then the days that it
 * lacks, 25 in a request.
 *
 * <pre>
 *   store-days              each place, in parallel -> store-place
 *     store-place           query-place; the days that the table lacks, in batches -> insert-days
 *       insert-days         a batch, with an outcome of each day
 *         -> store-day          few days, or a role that may insert no batch      StoreRoutes
 *         ~> dead-letter-days   retries exhausted, or refused             PlaceDeadLetterRoutes
 *   read-table              for a preview: query-place of each
 * </pre>
 *
 * What leads where ({@code ~>}) is in {@code errors.camel.yaml}.
 */
public final class PlaceStoreRoutes extends RouteBuilder {
  private final ItemLayout layout;
  private final boolean queued;

  /**
   * @param layout of the items
   * @param queued whether workers store the days, through a queue
   */
  public PlaceStoreRoutes(ItemLayout layout, boolean queued) {
    this.layout = layout;
    this.queued = queued;
  }

  @Override
  public void configure() {
    if (!queued) {
      inThisProcess();
    }
    eachPlace();
  }

  private void inThisProcess() {
    from("direct:store-days")
        .routeId("store-days")
        .routeConfigurationId("stages")
        .setVariable("days")
        .exchange(exchange -> Runs.of(exchange).days())
        .setBody(PlaceStoreRoutes::places)
        .id("places")
        .log("Storing the days of ${body.size} places")
        .split(body())
        .streaming()
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .executorService("store")
        .to("direct:store-place")
        .end()
        .process(exchange -> Runs.of(exchange).table().check())
        .id("check-stop");
  }

  private void eachPlace() {
    from("direct:read-table")
        .routeId("read-table")
        .routeConfigurationId("stages")
        .setBody(PlaceStoreRoutes::places)
        .id("places-to-read")
        .split(body())
        .streaming()
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .executorService("store")
        .filter(exchange -> ItemLayout.isKey(place(exchange)))
        .id("if-place-is-key")
        .to("direct:query-place")
        .end()
        .end()
        .process(exchange -> Runs.of(exchange).table().check())
        .id("check-stop-of-reading");

    from("direct:store-place")
        .routeId("store-place")
        .routeConfigurationId("places")
        .process(PlaceStoreRoutes::checkPlace)
        .id("check-place")
        .to("direct:query-place")
        .setBody(PlaceStoreRoutes::open)
        .id("open-days")
        .split(simple("${collate(" + BatchInsert.MOST + ")}"))
        .to("direct:insert-days");

    from("direct:query-place")
        .routeId("query-place")
        .routeConfigurationId("places")
        .filter(exchange -> !Runs.of(exchange).table().isStopped())
        .id("unless-reading-stopped")
        .setVariable("missing", body())
        .removeHeaders("*")
        .setHeader(KEY_CONDITIONS)
        .exchange(PlaceStoreRoutes::fromFirstToLast)
        .setHeader(CONSISTENT_READ, variable(CONSISTENT_READ))
        .to("direct:query-page")
        .loopDoWhile(PlaceStoreRoutes::hasMore)
        .to("direct:query-page")
        .end()
        .setBody(variable("missing"));

    from("direct:query-page")
        .routeId("query-page")
        .routeConfigurationId("places")
        .removeHeaders(Redelivery.HEADERS)
        .setHeader(START_KEY, header(LAST_EVALUATED_KEY))
        .to(StoreRoutes.table("Query"))
        .process(this::noteRead)
        .id("note-read");

    from("direct:insert-days")
        .routeId("insert-days")
        .routeConfigurationId("batches")
        .removeHeaders(Redelivery.HEADERS)
        .removeVariable("attempts")
        .removeVariable(InsertDays.FAILED)
        .filter(exchange -> !Runs.of(exchange).table().isStopped())
        .id("unless-inserting-stopped")
        // A worker's role may put no single item, and so can overwrite none.
        .process(queued ? InsertDays.allInBatches(batches()) : InsertDays.fewOneByOne(batches()))
        .id("insert")
        .split(body())
        .to("direct:store-day")
        .end()
        .filter(variable(InsertDays.FAILED).isNotNull())
        .to("direct:dead-letter-days");
  }

  private BatchInsert batches() {
    return new BatchInsert(
        getContext().getRegistry().lookupByNameAndType("dynamoDb", DynamoDbClient.class),
        getContext().resolvePropertyPlaceholders("{{store.table}}"),
        layout);
  }

  private static Collection<PlaceDays> places(Exchange exchange) {
    return Runs.of(exchange).joined().days().byPlace().values();
  }

  @SuppressWarnings("unchecked")
  static Place place(Exchange exchange) {
    List<Day> days = exchange.getMessage().getBody(List.class);
    return days.get(0).place();
  }

  /**
   * @throws RunFailedException if the table can never have the days of a place; the body then has
   *     those that the replay has not dealt with
   */
  private static void checkPlace(Exchange exchange) throws RunFailedException {
    if (!ItemLayout.isKey(place(exchange))) {
      exchange.getMessage().setBody(open(exchange));
      throw new RunFailedException(
          "The name of the place is longer than a key of DynamoDB, 2,048 bytes: correct it in the"
              + " feed.");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Condition> fromFirstToLast(Exchange exchange) {
    return ItemLayout.between(exchange.getMessage().getBody(List.class));
  }

  /** The days of the body without those that the replay has dealt with. */
  @SuppressWarnings("unchecked")
  private static List<Day> open(Exchange exchange) {
    List<Day> all = exchange.getMessage().getBody(List.class);
    StoredDays days = exchange.getVariable("days", StoredDays.class);
    return days == null ? all : all.stream().filter(day -> days.isOpen(day.key())).toList();
  }

  /** Whether there is another page, and a day that was on none so far. */
  private static boolean hasMore(Exchange exchange) {
    return exchange.getMessage().getHeader(LAST_EVALUATED_KEY) != null
        && !exchange.getVariable("missing", List.class).isEmpty();
  }

  /**
   * Compares one page of a place's items with its days. An item may be of this run: of its replay,
   * or of a process that died with the chunk.
   */
  @SuppressWarnings("unchecked")
  private void noteRead(Exchange exchange) {
    List<Day> days = exchange.getVariable("missing", List.class);
    Place place = days.get(0).place();
    List<Map<String, AttributeValue>> items = exchange.getMessage().getHeader(ITEMS, List.class);
    StoreFact.PlaceRead read = StoreFact.PlaceRead.of(place, days, layout.days(place, items));
    Run run = Runs.of(exchange);
    run.note(read);
    Dates ours = layout.datesOf(run.id(), items);
    if (ours.size() > 0) {
      run.note(new StoreFact.DaysAdded(place, ours));
    }
    exchange.setVariable("missing", days.stream().filter(day -> !read.has(day.date())).toList());
  }
}
