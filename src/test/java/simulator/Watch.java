package simulator;

import aws.ItemLayout;
import covid.Day;
import covid.DayKey;
import covid.Metric;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Looks at the ends before and after a call, for promises that hold at each moment: no item is
 * overwritten, and what is published is whole.
 */
record Watch(
    World world,
    Trace trace,
    String what,
    Set<DayKey> stored,
    Set<DayKey> deadLetters,
    Optional<SimulatedBucket.Stored> set,
    Optional<SimulatedBucket.Stored> object,
    Map<String, Map<String, AttributeValue>> items,
    Map<LocalDate, Integer> feeds) {
  static final String SET = "CovidData.csv";
  private static final String PUT_ITEM = "PutItem ";
  private static final String UPDATE_ITEM = "UpdateItem ";
  private static final String PUT = "PUT ";
  private static final String DELETE_MESSAGE = "DeleteMessage ";
  private static final String DEAD_LETTER = " dead-letter/";
  private static final String DELETE_MARKER = "DELETE open-runs/";

  static Watch before(World world, Trace trace, String what) {
    return new Watch(
        world,
        trace,
        what,
        isWrite(what) ? world.table().days() : Set.of(),
        what.contains(DEAD_LETTER) ? world.deadLetters() : Set.of(),
        Optional.ofNullable(world.bucket().objects().get(SET)),
        what.startsWith(PUT)
            ? Optional.ofNullable(world.bucket().objects().get(what.substring(PUT.length())))
            : Optional.empty(),
        what.startsWith(UPDATE_ITEM) ? Map.copyOf(world.table().items()) : Map.of(),
        world.feeds().cases());
  }

  private static boolean isWrite(String what) {
    return what.startsWith(PUT_ITEM) || what.equals(SimulatedTable.BATCH);
  }

  /** The name of a JSON object. */
  private String name(String prefix) {
    return what.substring(prefix.length(), what.length() - ".json".length());
  }

  void after() {
    if (world.store().isQueued()) {
      afterOfQueue();
    }
    if (isWrite(what)) {
      inserted();
    } else if (what.startsWith(UPDATE_ITEM)) {
      new RevisionPromises(world, trace).ofUpdate(items);
    } else if (what.contains(DEAD_LETTER)) {
      deadLetters.stream()
          .filter(day -> !world.deadLetters().contains(day))
          .filter(day -> !world.table().days().contains(day))
          .forEach(
              day ->
                  world.found(
                      "the dead letter of %s is removed, and the table does not have it", day));
    } else if (what.startsWith(DELETE_MARKER)) {
      String run = name(DELETE_MARKER);
      // It removes its marker also if it could not put one.
      boolean own = trace.id().isEmpty() || run.equals(trace.id());
      if (own) {
        trace.unmarks();
      }
      boolean nothingTaken = own && trace.takesRevisions() && trace.updated().isEmpty();
      if (!Promises.isAnnounced(world, run) && !nothingTaken) {
        world.found("the marker of run %s is removed before a message names it", run);
      }
    } else if (what.equals("GET /nyt.csv")) {
      trace.pullsNyt(feeds);
      world.nyt().add(feeds);
    } else if (what.equals("GET /jhu.csv")) {
      trace.pullsJhu(feeds);
      world.jhu().add(feeds);
    } else if (what.startsWith("PUT open-runs/")) {
      trace.marks();
    } else if (what.equals("GET " + SET)) {
      trace.reads(published(), days(published()));
    } else if (what.equals("PUT " + SET)) {
      published(published());
    }
  }

  private void afterOfQueue() {
    if (what.startsWith(PUT)) {
      new QueuePromises(world).ofPut(what.substring(PUT.length()), object);
    } else if (what.startsWith(DELETE_MESSAGE) && what.length() > DELETE_MESSAGE.length()) {
      new QueuePromises(world).ofDelete(what.substring(DELETE_MESSAGE.length()));
    }
  }

  private void inserted() {
    world.table().overwritten().forEach(key -> world.found("the item of %s is overwritten", key));
    ItemLayout layout = new ItemLayout(world.store().key(), Metric.PUBLISHED);
    for (Map<String, AttributeValue> item : world.table().items().values()) {
      DayKey key = world.table().day(item);
      if (!stored.contains(key)) {
        trace.inserts(key);
        Optional<Day> day = layout.day(item);
        if (day.filter(world.feeds()::everHad).isEmpty()) {
          world.found("the feeds never had what was put: %s", day);
        }
      }
    }
  }

  private void published(String text) {
    trace.publishes();
    new VersionPromises(world).ofPut(set, world.bucket().objects().get(SET));
    // A run that is continued has the pull of another process.
    if (world.store().isQueued()
        ? !world.isJoin(text)
        : !text.equals(SimulatedFeeds.set(world.store(), trace.nyt(), trace.jhu()))) {
      world.found("the published set is not the join of the feeds:\n%s", text);
    }
    if (days(text) < trace.publishedBefore()) {
      world.found("the published set loses days: %s of %s", days(text), trace.publishedBefore());
    }
  }

  private String published() {
    return world.bucket().objects().get(SET).text();
  }

  private static int days(String set) {
    return (int) set.lines().count() - 1;
  }
}
