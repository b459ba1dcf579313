package bench;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import local.Call;
import local.Fault;
import local.Faults;
import local.Interceptor;
import local.RandomFaults;
import local.Service;

/**
 * For the soak: disturbs calls by chance, and has the table refuse a day, until {@link #end}.
 * Thread-safe.
 */
final class Disturbance implements Interceptor {
  private static final int ALL = 1_000;

  /** The condition of an insert. */
  private static final String IF_ABSENT = "\"Exists\":false";

  private final Map<String, Integer> counts = new TreeMap<>();
  private SplittableRandom random = new SplittableRandom();
  private int perMille;
  private String place = "";
  private String date = "";

  /** Disturbs so many of a thousand calls from now on. */
  synchronized void begin(long seed, int share) {
    random = new SplittableRandom(seed);
    perMille = share;
  }

  /** Has the table refuse a day from now on. */
  synchronized void refuse(String ofPlace, String onDate) {
    place = text(ofPlace);
    date = text(onDate);
  }

  /**
   * Disturbs nothing from now on.
   *
   * @return how often what was disturbed so far, and how often there was a write to the table that
   *     may change an item
   */
  synchronized Map<String, Integer> end() {
    perMille = 0;
    place = "";
    return Map.copyOf(counts);
  }

  @Override
  public synchronized Fault intercept(Call call) {
    if (isOtherWrite(call)) {
      counts.merge("other write", 1, Integer::sum);
    }
    if (isRefused(call.body())) {
      // A day alone is put, several are a batch.
      if (call.is(Service.DYNAMODB, "PutItem")) {
        return Faults.refusal(Service.DYNAMODB, 400, "ValidationException");
      }
      if (call.is(Service.DYNAMODB, "BatchExecuteStatement")) {
        return Fault.statementsRefused(this::isRefused, "ValidationError");
      }
    }
    if (random.nextInt(ALL) >= perMille) {
      return Fault.none();
    }
    Fault fault = RandomFaults.of(call, random);
    counts.merge(call.service().title() + " " + fault.getClass().getSimpleName(), 1, Integer::sum);
    return fault;
  }

  /** Whether a call may change an item that is there. */
  private static boolean isOtherWrite(Call call) {
    return call.service() == Service.DYNAMODB
        && (call.operation().matches("(Update|Delete).*")
            || call.operation().equals("PutItem")
                && !call.body().replaceAll("\\s", "").contains(IF_ABSENT));
  }

  private synchronized boolean isRefused(String statements) {
    String text = statements.replaceAll("\\s", "");
    return !place.isEmpty() && text.contains(place) && text.contains(date);
  }

  private static String text(String value) {
    return "{\"S\":\"%s\"}".formatted(value.replaceAll("\\s", ""));
  }
}
