package routes;

import aws.BatchInsert;
import covid.Day;
import covid.DeadLetter;
import covid.StoreFact;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes dead letters of the days of a place that could not be written, and notes them. */
final class FailedDays {
  private static final Logger LOG = LoggerFactory.getLogger("dead-letter-days");

  private final Clock clock;

  /**
   * @param clock the time of a failure
   */
  FailedDays(Clock clock) {
    this.clock = clock;
  }

  /** Notes the failed days of a batch, each with its own error if the table gave it one. */
  @SuppressWarnings("unchecked")
  List<DeadLetter> ofBatch(Exchange exchange) {
    List<BatchInsert.Failed> failed = exchange.getVariable(InsertDays.FAILED, List.class);
    if (failed != null) {
      return failed.stream().map(one -> letter(exchange, one.day(), one.error())).toList();
    }
    List<Day> days = exchange.getMessage().getBody(List.class);
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return days.stream().map(day -> letter(exchange, day, error)).toList();
  }

  /** Notes a failed day. */
  List<DeadLetter> ofDay(Exchange exchange) {
    Throwable error = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
    return List.of(letter(exchange, exchange.getMessage().getBody(Day.class), error));
  }

  /** Notes a day that could not be written; the entry includes the failures of earlier runs. */
  @SuppressWarnings("unchecked")
  private DeadLetter letter(Exchange exchange, Day day, Throwable error) {
    String reason = Reason.of(error, "store-day");
    int attempts = exchange.getVariable("attempts", 1, Integer.class);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    List<DeadLetter> earlier = exchange.getVariable("letters", List.of(), List.class);
    DeadLetter letter =
        earlier.stream()
            .filter(one -> one.day().key().equals(day.key()))
            .findFirst()
            .map(one -> one.again(reason, attempts, now))
            .orElseGet(() -> DeadLetter.first(day, reason, attempts, now));
    LOG.warn(
        "{} of {} goes to the dead letter: {}",
        day.date(),
        ForeignText.oneLine(day.place().name()),
        reason);
    Runs.of(exchange).note(new StoreFact.DayDeadLettered(letter));
    return letter;
  }
}
