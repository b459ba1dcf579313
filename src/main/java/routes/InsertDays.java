package routes;

import aws.AwsErrors;
import aws.BatchInsert;
import aws.BatchInsert.Failed;
import aws.BatchInsert.Outcome;
import covid.Dates;
import covid.Day;
import covid.Run;
import covid.StoreFact;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Inserts the days of the body, all of one place, as a batch, and notes the outcome of each. The
 * body becomes those that are to be put one by one: where there are only a few, and all if the role
 * may insert no batch. The first batch of a run goes alone, so that only one is refused.
 *
 * <p>The variable {@link #FAILED} has the days that failed; a retry is of those that failed
 * transiently.
 */
final class InsertDays implements Processor {
  /** The variable with a {@link List} of {@link Failed}; not set if no day failed. */
  static final String FAILED = "failed";

  /** So many days are put one by one. */
  private static final int FEW = 3;

  private final BatchInsert inserts;
  private final int few;
  private final boolean shared;

  /** The id of a run of which a batch was accepted. */
  private volatile String accepted = "";

  private InsertDays(BatchInsert inserts, int few, boolean shared) {
    this.inserts = inserts;
    this.few = few;
    this.shared = shared;
  }

  /** Leaves a few days to be put one by one, which takes less than a batch. */
  static InsertDays fewOneByOne(BatchInsert inserts) {
    return new InsertDays(inserts, FEW, false);
  }

  /**
   * Inserts any number of days as a batch. Another worker may insert the same days for the same run
   * at the same time: then they are added, whichever worker inserted them.
   */
  static InsertDays allInBatches(BatchInsert inserts) {
    return new InsertDays(inserts, 0, true);
  }

  /**
   * @throws SdkException if a retry may insert more days, or if the error concerns every write
   */
  @Override
  @SuppressWarnings("unchecked")
  public void process(Exchange exchange) {
    Run run = Runs.of(exchange);
    List<Failed> before = exchange.getVariable(FAILED, List.class);
    boolean again = before != null;
    List<Failed> failed = new ArrayList<>();
    List<Day> days = exchange.getMessage().getBody(List.class);
    if (before != null) {
      days = days(before.stream().filter(InsertDays::isTransient).toList());
      before.stream().filter(one -> !isTransient(one)).forEach(failed::add);
    }
    if (again || days.size() > few) {
      List<Outcome> outcomes = insert(run, days, again || shared);
      note(run, outcomes);
      List<Failed> now =
          outcomes.stream().filter(Failed.class::isInstance).map(Failed.class::cast).toList();
      if (run.table().refusesBatches()) {
        days = outcomes.isEmpty() ? days : days(now);
      } else {
        days = List.of();
        failed.addAll(now);
      }
    }
    exchange.setVariable(FAILED, failed.isEmpty() ? null : List.copyOf(failed));
    for (Failed one : failed) {
      if (isTransient(one) || AwsErrors.concernsEveryWrite(one.error())) {
        throw one.error();
      }
    }
    exchange.getMessage().setBody(days);
  }

  private List<Outcome> insert(Run run, List<Day> days, boolean again) {
    if (accepted.equals(run.id())) {
      return send(run, days, again);
    }
    synchronized (this) {
      List<Outcome> outcomes = run.table().refusesBatches() ? List.of() : send(run, days, again);
      if (outcomes.stream().anyMatch(outcome -> !(outcome instanceof Failed))) {
        accepted = run.id();
      }
      return outcomes;
    }
  }

  private List<Outcome> send(Run run, List<Day> days, boolean again) {
    List<Outcome> outcomes = inserts.insert(days, run.id(), again);
    for (Outcome outcome : outcomes) {
      if (outcome instanceof Failed failed && AwsErrors.refusesBatches(failed.error())) {
        run.note(
            new StoreFact.BatchesRefused(
                "Each day took a request of its own. " + Reason.of(failed.error(), "insert-days")));
        break;
      }
    }
    return outcomes;
  }

  private static void note(Run run, List<Outcome> outcomes) {
    List<Day> added = days(outcomes.stream().filter(BatchInsert.Added.class::isInstance).toList());
    if (!added.isEmpty()) {
      run.note(new StoreFact.DaysAdded(added.get(0).place(), dates(added)));
    }
    List<Day> present =
        days(outcomes.stream().filter(BatchInsert.Present.class::isInstance).toList());
    if (!present.isEmpty()) {
      run.note(new StoreFact.DaysPresent(present.get(0).place(), dates(present)));
    }
  }

  private static boolean isTransient(Failed failed) {
    return AwsErrors.isTransient(failed.error());
  }

  private static List<Day> days(List<? extends Outcome> outcomes) {
    return outcomes.stream().map(Outcome::day).toList();
  }

  private static Dates dates(List<Day> days) {
    return Dates.of(days.stream().map(Day::date).toList());
  }
}
