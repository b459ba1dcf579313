package simulator;

import aws.ItemLayout;
import covid.Day;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Looks at the ends before and after a call, for promises that hold at each moment: no item is
 * overwritten, and what is published is whole.
 */
record Watch(
    World world,
    Trace trace,
    String what,
    Optional<Map<String, AttributeValue>> item,
    Map<LocalDate, Integer> feeds) {
  static final String SET = "CovidData.csv";
  private static final String PUT_ITEM = "PutItem ";
  private static final String DELETE_DEAD_LETTER = "DELETE dead-letter/";
  private static final String DELETE_MARKER = "DELETE open-runs/";

  static Watch before(World world, Trace trace, String what) {
    return new Watch(
        world,
        trace,
        what,
        what.startsWith(PUT_ITEM)
            ? Optional.ofNullable(world.table().items().get(date(what)))
            : Optional.empty(),
        world.feeds().cases());
  }

  private static String date(String what) {
    return what.substring(PUT_ITEM.length());
  }

  /** The name of a JSON object. */
  private String name(String prefix) {
    return what.substring(prefix.length(), what.length() - ".json".length());
  }

  void after() {
    if (what.startsWith(PUT_ITEM)) {
      if (item.isPresent()) {
        world.found("the item of %s is overwritten", date(what));
      }
      Optional<Day> day = ItemLayout.OF_ONE_PLACE.day(world.table().items().get(date(what)));
      if (day.filter(world.feeds()::everHad).isEmpty()) {
        world.found("the feeds never had what was put: %s", day);
      }
      trace.inserts(date(what));
    } else if (what.startsWith(DELETE_DEAD_LETTER)) {
      String date = name(DELETE_DEAD_LETTER);
      if (!world.table().items().containsKey(date)) {
        world.found("the dead letter of %s is removed, and the table does not have it", date);
      }
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

  private void published(String set) {
    trace.publishes();
    if (!set.equals(SimulatedFeeds.set(trace.nyt(), trace.jhu()))) {
      world.found("the published set is not the join of the feeds:\n%s", set);
    }
    if (days(set) < trace.publishedBefore()) {
      world.found("the published set loses days: %s of %s", days(set), trace.publishedBefore());
    }
  }

  private String published() {
    return world.bucket().objects().get(SET).text();
  }

  private static int days(String set) {
    return (int) set.lines().count() - 1;
  }
}
