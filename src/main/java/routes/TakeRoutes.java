package routes;

import aws.AwsErrors;
import aws.ItemLayout;
import covid.Day;
import covid.DayKey;
import covid.RevisedDay;
import covid.RevisionFact;
import covid.RevisionReport;
import covid.Run;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.ddb.Ddb2Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Gives days of the table the published figures, each only if it still has those that were read a
 * moment before: what another program writes meanwhile is never overwritten.
 *
 * <pre>
 *   compare-days              what can be taken, and what is left
 *   take-days                 each in parallel -> take-day
 *   take-day                  one conditional update
 *     ~> settle-revision      refused, or retries exhausted: what does the item say?
 * </pre>
 *
 * What leads where ({@code ~>}) is in {@code errors.camel.yaml}.
 */
public final class TakeRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("take-day");

  /** The variable with the error of an update, since reading the item may have one of its own. */
  private static final String ERROR = "updateError";

  /** The variable that is set if the update may have been done all the same. */
  private static final String MAY_BE_DONE = "mayBeDone";

  private final ItemLayout layout;

  /**
   * @param layout of the items
   */
  public TakeRoutes(ItemLayout layout) {
    this.layout = layout;
  }

  @Override
  public void configure() {
    // For errors.camel.yaml.
    bindToRegistry("revisionFailed", (Processor) TakeRoutes::noteFailed);

    from("direct:compare-days")
        .routeId("compare-days")
        .routeConfigurationId("stages")
        .process(TakeRoutes::compare)
        .id("compare-with-table");

    from("direct:take-days")
        .routeId("take-days")
        .routeConfigurationId("stages")
        .split()
        .exchange(exchange -> RevisionRoutes.report(exchange).open())
        .streaming()
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .executorService("store")
        .to("direct:take-day")
        .end()
        .process(exchange -> Runs.of(exchange).table().check())
        .id("check-stop-of-taking");

    from("direct:take-day")
        .routeId("take-day")
        .routeConfigurationId("revisions")
        .removeHeaders("*")
        .removeVariable(Redelivery.IN_DOUBT)
        .filter(exchange -> !Runs.of(exchange).table().isStopped())
        .id("unless-taking-stopped")
        .setHeader(Ddb2Constants.KEY)
        .body(RevisedDay.class, day -> layout.key(day.published().key()))
        .setHeader(Ddb2Constants.UPDATE_VALUES)
        .body(RevisedDay.class, day -> layout.update(day.published()))
        .setHeader(Ddb2Constants.UPDATE_CONDITION)
        .body(RevisedDay.class, day -> layout.unchanged(day.readable()))
        .to(StoreRoutes.table("UpdateItem"))
        .process(exchange -> Runs.of(exchange).note(new RevisionFact.RevisionTaken(key(exchange))))
        .id("note-taken");

    from("direct:settle-revision")
        .routeId("settle-revision")
        .routeConfigurationId("settled-revisions")
        .process(TakeRoutes::keepError)
        .id("keep-error")
        .removeHeaders("*")
        .setHeader(Ddb2Constants.KEY)
        .body(RevisedDay.class, day -> layout.key(day.published().key()))
        .setHeader(Ddb2Constants.CONSISTENT_READ, constant(true))
        .to(StoreRoutes.table("GetItem"))
        .process(this::settle)
        .id("settle-by-item");
  }

  /** Notes the days that are left without an attempt: only figures of this place are taken. */
  private static void compare(Exchange exchange) {
    Run run = Runs.of(exchange);
    RevisionReport found = RevisionReport.of(run);
    LOG.info(
        "Of {} published days the table has {} with other figures, and lacks {}",
        found.published(),
        found.days().size(),
        found.missing());
    for (RevisedDay day : found.days()) {
      Day stored = day.stored();
      if (stored == null) {
        leave(run, day, "Its item cannot be read as a day: correct it.");
      } else if (!stored.place().equals(day.published().place())) {
        leave(run, day, "Its item is of %s.".formatted(stored.place()));
      }
    }
  }

  private static RevisedDay day(Exchange exchange) {
    return exchange.getMessage().getBody(RevisedDay.class);
  }

  private static DayKey key(Exchange exchange) {
    return day(exchange).published().key();
  }

  private static void keepError(Exchange exchange) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    exchange.setVariable(ERROR, error);
    exchange.setVariable(
        MAY_BE_DONE,
        exchange.getVariable(Redelivery.IN_DOUBT) != null || AwsErrors.mayBeDone(error));
  }

  /**
   * Decides by the item what became of an update that was refused, or whose answer is lost. If the
   * item has the published figures, they are of this run if it may have set them.
   */
  @SuppressWarnings("unchecked")
  private void settle(Exchange exchange) {
    Run run = Runs.of(exchange);
    RevisedDay day = day(exchange);
    Map<String, AttributeValue> item =
        exchange.getMessage().getHeader(Ddb2Constants.ATTRIBUTES, Map.of(), Map.class);
    Optional<Day> now = layout.day(item);
    Throwable error = exchange.getVariable(ERROR, Throwable.class);
    if (now.equals(Optional.of(day.published()))) {
      run.note(
          exchange.getVariable(MAY_BE_DONE, boolean.class)
              ? new RevisionFact.RevisionTaken(key(exchange))
              : new RevisionFact.RevisionPresent(key(exchange)));
    } else if (error instanceof ConditionalCheckFailedException
        || !now.equals(Optional.of(day.readable()))) {
      leave(run, day, "Its item was changed meanwhile%s.".formatted(change(day, item, now)));
    } else {
      fail(run, day, error);
    }
  }

  private static String change(
      RevisedDay day, Map<String, AttributeValue> item, Optional<Day> now) {
    if (now.isPresent()) {
      return ": " + RevisedDay.change(day.readable(), now.get());
    }
    return item.isEmpty() ? ": it was removed" : ": it cannot be read as a day";
  }

  private static void leave(Run run, RevisedDay day, String reason) {
    note(run, day, reason, false);
  }

  private static void noteFailed(Exchange exchange) {
    fail(
        Runs.of(exchange),
        day(exchange),
        exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
  }

  private static void fail(Run run, RevisedDay day, Throwable error) {
    note(run, day, Reason.of(error, "take-day"), true);
  }

  private static void note(Run run, RevisedDay day, String reason, boolean failed) {
    DayKey key = day.published().key();
    String what = failed ? "failed" : "is left as it is";
    LOG.warn("{} {} {}: {}", key.place(), key.date(), what, reason);
    run.note(new RevisionFact.RevisionLeft(key, reason, failed));
  }
}
