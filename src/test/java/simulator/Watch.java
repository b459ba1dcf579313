package simulator;

import aws.ItemLayout;
import covid.Day;
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
    Set<String> stored,
    Set<String> deadLetters,
    Optional<SimulatedBucket.Stored> set,
    Map<LocalDate, Integer> feeds) {
  static final String SET = "CovidData.csv";
  private static final String PUT_ITEM = "PutItem ";
  private static final String DEAD_LETTER = " dead-letter/";
  private static final String DELETE_MARKER = "DELETE open-runs/";

  static Watch before(World world, Trace trace, String what) {
    return new Watch(
        world,
        trace,
        what,
        isWrite(what) ? world.table().dates() : Set.of(),
        what.contains(DEAD_LETTER) ? world.deadLetters() : Set.of(),
        Optional.ofNullable(world.bucket().objects().get(SET)),
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
    if (isWrite(what)) {
      inserted();
    } else if (what.contains(DEAD_LETTER)) {
      deadLetters.stream()
          .filter(date -> !world.deadLetters().contains(date))
          .filter(date -> !world.table().dates().contains(date))
          .forEach(
              date ->
                  world.found(
                      "the dead letter of %s is removed, and the table does not have it", date));
    } else if (what.startsWith(DELETE_MARKER)) {
      String run = name(DELETE_MARKER);
      if (!Promises.isAnnounced(world, run)) {
        world.found("the marker of run %s is removed before a message names it", run);
      }
    } else if (what.equals("GET /nyt.csv")) {
      trace.pullsNyt(feeds);
    } else if (what.equals("GET /jhu.csv")) {
      trace.pullsJhu(feeds);
    } else if (what.startsWith("PUT open-runs/")) {
      trace.marks();
    } else if (what.equals("GET " + SET)) {
      trace.reads(days(published()));
    } else if (what.equals("PUT " + SET)) {
      published(published());
    }
  }

  private void inserted() {
    world.table().overwritten().forEach(key -> world.found("the item of %s is overwritten", key));
    ItemLayout layout = new ItemLayout(world.key(), Metric.PUBLISHED);
    for (Map<String, AttributeValue> item : world.table().items().values()) {
      String date = item.get("Date").s();
      if (!stored.contains(date)) {
        trace.inserts(date);
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
    if (!text.equals(SimulatedFeeds.set(world.key(), trace.nyt(), trace.jhu()))) {
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
