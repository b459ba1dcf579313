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
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.component.aws2.ddb.Ddb2Constants;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The steps of {@link StoreRoutes}: they note what became of each day.
 *
 * @param place what the days in the table are of
 * @param clock tells when a day failed
 */
public record StoreSteps(Place place, Clock clock) {
  private static final Logger LOG = LoggerFactory.getLogger("store-day");

  /**
   * Notes a day that an earlier run left.
   *
   * @throws RunFailedException if it lacks a figure: the table would have the day without for ever
   */
  public void replaying(@Body DeadLetter letter, @Variable("run") Run run)
      throws RunFailedException {
    if (!letter.day().figures().keySet().containsAll(Metric.PUBLISHED)) {
      throw new RunFailedException(
          "The dead letter of %s lacks a figure.".formatted(letter.day().date()));
    }
    run.note(new Fact.DeadLetterFound(letter));
  }

  /** Notes an entry of the dead letter that cannot be read. */
  public void damaged(@Header(AWS2S3Constants.KEY) String key, @Variable("run") Run run) {
    run.note(new Fact.Warned("%s cannot be read; it was set aside.".formatted(key)));
  }

  /** Notes what the table has, a page of it at a time. */
  public void stored(
      @Header(Ddb2Constants.ITEMS) List<Map<String, AttributeValue>> items,
      @Variable("run") Run run) {
    run.note(new Fact.DaysStored(DayItem.days(place, items)));
  }

  /** Notes that a day is in the table now. */
  public void added(@Body Day day, @Variable("run") Run run) {
    run.note(new Fact.DayAdded(day.key()));
  }

  /** Whether a day was tried more than once. */
  public boolean wasTriedAgain(@Variable("attempts") Integer attempts) {
    return attempts != null;
  }

  /**
   * Notes a day that is in the table although it was not when this run looked. Either another
   * process was faster; or an earlier try wrote it and its answer got lost: then the figures are
   * the same, and it counts as added.
   *
   * @param item null if it could not be read again
   * @param triedAgain whether there was an earlier try
   */
  public void addedOrPresent(
      @Body Day day,
      @Header(Ddb2Constants.ATTRIBUTES) Map<String, AttributeValue> item,
      @Variable("triedAgain") boolean triedAgain,
      @Variable("run") Run run) {
    if (item == null) {
      run.note(new Fact.DayPresent(day.key()));
      return;
    }
    Optional<Day> stored = DayItem.day(item);
    if (triedAgain && stored.equals(Optional.of(day))) {
      run.note(new Fact.DayAdded(day.key()));
    } else {
      run.note(new Fact.DayPresent(day.key()));
      run.note(new Fact.DaysStored(Map.of(day.key(), stored)));
    }
  }

  /** Notes a cause that concerns every write. */
  public void stop(
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error, @Variable("run") Run run) {
    LOG.error("No day can be written: {}", Reason.forLog(error, "store-day"), error);
    run.note(new Fact.StoreStopped(Reason.of(error, "store-day")));
  }

  /** Ends the run if a cause was found that concerns every write. */
  public void checkStop(@Variable("run") Run run) throws RunFailedException {
    run.table().check();
  }

  /** What earlier runs left. */
  public List<DeadLetter> left(@Variable("run") Run run) {
    return run.days().left();
  }

  /** Days that earlier runs left and that are in the table now. */
  public List<Day> replayed(@Variable("run") Run run) {
    return run.days().replayed();
  }

  /** The joined days that the table lacks. */
  public List<Day> missing(@Variable("run") Run run) {
    return run.days().missing();
  }

  /**
   * Notes a day that could not be written.
   *
   * @param earlier what an earlier run left of it; null if none did
   * @return what is to be kept of it, earlier failures included
   */
  public DeadLetter deadLettered(
      @Body Day day,
      @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable error,
      @Variable("attempts") Integer attempts,
      @Variable("letter") DeadLetter earlier,
      @Variable("run") Run run) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    int tries = attempts == null ? 1 : attempts;
    DeadLetter letter =
        earlier == null
            ? DeadLetter.first(day, Reason.of(error, "store-day"), tries, now)
            : earlier.again(Reason.of(error, "store-day"), tries, now);
    run.note(new Fact.DayDeadLettered(letter));
    return letter;
  }
}
