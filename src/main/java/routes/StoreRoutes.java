package routes;

import aws.ItemLayout;
import covid.Dataset;
import covid.Day;
import covid.KeySchema;
import covid.Run;
import covid.StoreFact;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.ddb.Ddb2Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The table, in which no day is overwritten: each day, and all days of a table of one place. Those
 * of many places come from {@link PlaceStoreRoutes}.
 *
 * <pre>
 *   store-days              read-table; the days that it lacks -> store-day
 *   store-day               one conditional put
 *     ~> settle-present-day     it is in the table already
 *     ~> dead-letter-day        retries exhausted                        DeadLetterRoutes
 * </pre>
 *
 * What leads where ({@code ~>}) is in {@code errors.camel.yaml}.
 */
public final class StoreRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("store-day");

  private final Dataset dataset;
  private final ItemLayout layout;

  /**
   * @param dataset whose days the table has
   * @param layout of its items
   */
  public StoreRoutes(Dataset dataset, ItemLayout layout) {
    this.dataset = dataset;
    this.layout = layout;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("stopStoring", (Processor) StoreRoutes::stop);

    if (layout.key() == KeySchema.DATE) {
      ofOnePlace();
    }

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
        .exchange(this::item)
        .setHeader(Ddb2Constants.UPDATE_CONDITION, constant(ItemLayout.ABSENT))
        .to(table("PutItem"))
        .process(StoreRoutes::noteAdded)
        .id("note-added");

    from("direct:settle-present-day")
        .routeId("settle-present-day")
        .routeConfigurationId("best-effort")
        .setVariable("mayBeOurs")
        .exchange(exchange -> exchange.getVariable(Redelivery.IN_DOUBT) != null)
        .setHeader(Ddb2Constants.KEY)
        .body(Day.class, day -> layout.key(day.key()))
        .setHeader(Ddb2Constants.CONSISTENT_READ, constant(true))
        .to(table("GetItem"))
        .process(this::settle)
        .id("settle");
  }

  private void ofOnePlace() {
    from("direct:store-days")
        .routeId("store-days")
        .routeConfigurationId("stages")
        .to("direct:read-table")
        .setBody(exchange -> Runs.of(exchange).days().missing())
        .id("missing-days")
        .log("Storing ${body.size} days")
        .split(body())
        .streaming()
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .executorService("store")
        .to("direct:store-day")
        .end()
        .process(exchange -> Runs.of(exchange).table().check())
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
  }

  /** The endpoint of an operation on the table. */
  static String table(String operation) {
    return "aws2-ddb:{{store.table}}?enabledInitialDescribeTable=false&operation=" + operation;
  }

  /** Notes the days of one page of the table. */
  @SuppressWarnings("unchecked")
  private void noteStored(Exchange exchange) {
    List<Map<String, AttributeValue>> items =
        exchange.getMessage().getHeader(Ddb2Constants.ITEMS, List.class);
    Runs.of(exchange).note(new StoreFact.DaysStored(layout.days(dataset.place(), items)));
  }

  private Map<String, AttributeValue> item(Exchange exchange) {
    return layout.item(exchange.getMessage().getBody(Day.class), Runs.of(exchange).id());
  }

  private static void noteAdded(Exchange exchange) {
    Day day = exchange.getMessage().getBody(Day.class);
    Runs.of(exchange).note(new StoreFact.DayAdded(day.key()));
  }

  /**
   * Notes a day that is in the table although it was missing when this run read it. Either another
   * process was faster; or an earlier attempt wrote it and its answer was lost: then it counts as
   * added.
   */
  @SuppressWarnings("unchecked")
  private void settle(Exchange exchange) {
    Run run = Runs.of(exchange);
    Day day = exchange.getMessage().getBody(Day.class);
    Map<String, AttributeValue> item =
        exchange.getMessage().getHeader(Ddb2Constants.ATTRIBUTES, Map.class);
    if (item == null) {
      // It could not be read again.
      run.note(new StoreFact.DayPresent(day.key()));
      return;
    }
    Optional<Day> stored = layout.day(item);
    if (isOurs(exchange, item, stored)) {
      run.note(new StoreFact.DayAdded(day.key()));
    } else {
      run.note(new StoreFact.DayPresent(day.key()));
      run.note(new StoreFact.DaysStored(Map.of(day.key(), stored)));
    }
  }

  /** An item of many places names its run; one of one place has the same figures then. */
  private boolean isOurs(
      Exchange exchange, Map<String, AttributeValue> item, Optional<Day> stored) {
    if (layout.key() == KeySchema.PLACE_DATE) {
      return layout.run(item).equals(Optional.of(Runs.of(exchange).id()));
    }
    return exchange.getVariable("mayBeOurs", boolean.class)
        && stored.equals(Optional.of(exchange.getMessage().getBody(Day.class)));
  }

  /** Notes an error that affects every write, or all reading. */
  private static void stop(Exchange exchange) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    String step = exchange.getProperty(Exchange.FAILURE_ROUTE_ID, "store-day", String.class);
    LOG.error("No day can be written: {}", Reason.forLog(error, step), error);
    Runs.of(exchange).note(new StoreFact.StoreStopped(Reason.of(error, step)));
  }
}
