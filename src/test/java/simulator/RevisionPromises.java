package simulator;

import static java.util.stream.Collectors.toMap;

import covid.Day;
import covid.DayKey;
import covid.KeySchema;
import covid.Metric;
import covid.Place;
import covid.RevisedDay;
import covid.RevisionReport;
import covid.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import web.Json;

/**
 * What must hold when published revisions are taken into the table.
 *
 * @param world where it happens
 * @param trace of the process that takes them
 */
record RevisionPromises(World world, Trace trace) {
  private static final List<String> FIGURES = List.of("Cases", "Deaths", "Recovered");
  private static final Map<KeySchema, Json> JSON =
      Map.of(
          KeySchema.DATE, new Json(KeySchema.DATE),
          KeySchema.PLACE_DATE, new Json(KeySchema.PLACE_DATE));

  /** What must hold of a process when its round is over. */
  static void of(World world, Trace run) {
    run.revisions().ifPresent(report -> new RevisionPromises(world, run).ofReport(report));
  }

  /** What must hold after one that nothing disturbed. */
  static void whenTaken(World world) {
    SimulatedBucket.Stored set = world.bucket().objects().get(Watch.SET);
    if (set == null) {
      return;
    }
    Map<DayKey, List<String>> published = figures(world.store(), set.text());
    world
        .table()
        .items()
        .values()
        .forEach(
            item -> {
              DayKey day = world.table().day(item);
              if (published.containsKey(day) && !published.get(day).equals(figures(item))) {
                world.found("%s is not taken: %s", day, item);
              }
            });
  }

  /**
   * What must hold of an update: it changes the figures of items only, to those of the published
   * set that the process read, and both are recorded before.
   *
   * @param before what the table held
   */
  void ofUpdate(Map<String, Map<String, AttributeValue>> before) {
    if (!before.keySet().equals(world.table().items().keySet())) {
      world.found("taking revisions adds or removes days: %s", world.table().items());
      return;
    }
    world.table().items().entrySet().stream()
        .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
        .forEach(entry -> changed(before.get(entry.getKey()), entry.getValue()));
  }

  private void changed(Map<String, AttributeValue> before, Map<String, AttributeValue> now) {
    DayKey day = world.table().day(now);
    trace.updates(day);
    if (!others(before).equals(others(now))) {
      world.found("taking revisions changes more than figures: %s, was %s", now, before);
    }
    if (!figures(now).equals(figures(world.store(), trace.set()).get(day))) {
      world.found("what is taken is not published: %s", now);
    }
    String id = trace.id();
    SimulatedBucket.Stored stored = world.bucket().objects().get("revisions/" + id + ".json");
    if (stored == null) {
      world.found("%s is taken before run %s has recorded it", day, id);
      return;
    }
    RevisionReport recorded = recorded(stored);
    if (recorded.days().stream()
        .noneMatch(
            one -> one.published().key().equals(day) && is(one, figures(before), figures(now)))) {
      world.found("the record of run %s lacks %s as it was, %s", id, day, before);
    }
  }

  private RevisionReport recorded(SimulatedBucket.Stored record) {
    try {
      return JSON.get(world.store().key()).read(record.bytes(), RevisionReport.class).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean is(RevisedDay day, List<String> before, List<String> now) {
    return figures(day.readable()).equals(before) && figures(day.published()).equals(now);
  }

  private static List<String> figures(Day day) {
    return Stream.of(Metric.CASES, Metric.DEATHS, Metric.RECOVERED)
        .map(metric -> Long.toString(day.figure(metric).orElseThrow()))
        .toList();
  }

  /**
   * What a process says that it took is what it changed, but for days whose answer was lost: these
   * have failed if the item cannot be read, and may be another process's if one took them, too.
   */
  private void ofReport(RevisionReport report) {
    Set<DayKey> changed = new HashSet<>(trace.updated());
    Set<DayKey> taken = keys(report.with(RevisedDay.Outcome.TAKEN));
    Set<DayKey> failed = keys(report.with(RevisedDay.Outcome.FAILED));
    boolean shared = trace.isLost("UpdateItem") && !trace.isAlone();
    if (!shared && !changed.containsAll(taken)) {
      world.found("run %s says %s taken, and changed %s", report.id(), taken, changed);
    }
    changed.removeAll(taken);
    changed.removeAll(failed);
    if (!changed.isEmpty()) {
      world.found("run %s changed %s, and says nothing of it", report.id(), changed);
    }
    if (!failed.isEmpty() && !trace.isDisturbed("UpdateItem")) {
      world.found("run %s failed to take %s, though nothing was disturbed", report.id(), failed);
    }
    if (report.status() == RunStatus.SUCCEEDED && !report.open().isEmpty()) {
      world.found("run %s succeeded with %s open", report.id(), report.open());
    }
  }

  private static Set<DayKey> keys(List<RevisedDay> days) {
    Set<DayKey> keys = new HashSet<>();
    days.forEach(day -> keys.add(day.published().key()));
    return keys;
  }

  private static List<String> figures(Map<String, AttributeValue> item) {
    return FIGURES.stream().map(name -> item.get(name).n()).toList();
  }

  private static Map<String, AttributeValue> others(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> others = new HashMap<>(item);
    others.keySet().removeAll(FIGURES);
    return others;
  }

  /** The figures of each day of a published set. */
  private static Map<DayKey, List<String>> figures(Store store, String set) {
    return set.lines()
        .skip(1)
        .map(row -> row.split(","))
        .collect(toMap(row -> day(store, row), row -> figures(store, row)));
  }

  private static DayKey day(Store store, String[] row) {
    return store.key() == KeySchema.DATE
        ? new DayKey(SimulatedTable.US, LocalDate.parse(row[0]))
        : new DayKey(new Place(row[0]), LocalDate.parse(row[1]));
  }

  private static List<String> figures(Store store, String[] row) {
    return store.key() == KeySchema.DATE
        ? List.of(row[1], row[2], row[4])
        : List.of(row[2], row[3], row[4]);
  }
}
