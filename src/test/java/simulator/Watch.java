package simulator;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Looks at the ends before and after a call, for promises that hold at each moment: no item is
 * overwritten, and what is published is whole.
 */
record Watch(World world, Trace trace, String what, Optional<Map<String, AttributeValue>> item) {
  static final String SET = "CovidData.csv";
  private static final String PUT_ITEM = "PutItem ";

  static Watch before(World world, Trace trace, String what) {
    return new Watch(
        world,
        trace,
        what,
        what.startsWith(PUT_ITEM)
            ? Optional.ofNullable(world.table().items().get(date(what)))
            : Optional.empty());
  }

  private static String date(String what) {
    return what.substring(PUT_ITEM.length());
  }

  void after() {
    if (what.startsWith(PUT_ITEM)) {
      if (item.isPresent()) {
        world.found("the item of %s is overwritten", date(what));
      }
      trace.inserts(date(what));
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
    if (!set.equals(world.feeds().set())) {
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
