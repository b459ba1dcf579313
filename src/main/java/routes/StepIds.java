package routes;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NamedNode;
import org.apache.camel.spi.NodeIdFactory;

/**
 * Gives each step of a route that has no id one that says where it is and what it does, such as
 * {@code store-day.to-aws2-ddb-PutItem}: consoles show ids, and Camel's own are kinds and numbers.
 * A step that runs code needs an id of its own in the route, for nothing in it has a name.
 */
public final class StepIds implements NodeIdFactory {
  /** What a step is about, as Camel puts it in brackets behind the kind of the step. */
  private static final Pattern SUBJECT =
      Pattern.compile(
          "(?:^ref:|direct:|method:|\\[(?:[a-z0-9]+\\.)*(?=[A-Z]\\w*Exception)|(?:Header|Headers|Variable|Property)\\[)"
              + "([\\w-]+)");

  private static final Pattern SERVICE = Pattern.compile("\\[(aws2-\\w+|http):");
  private static final Pattern OPERATION = Pattern.compile("operation=(\\w+)");

  private final Map<String, Integer> given = new ConcurrentHashMap<>();

  @Override
  public String createId(NamedNode step) {
    String id = outermost(step) + kind(step) + subject(step.getLabel());
    int times = given.merge(id, 1, Integer::sum);
    return times == 1 ? id : id + "-" + times;
  }

  /** The route or error policy that a step is in. */
  private static String outermost(NamedNode step) {
    NamedNode node = step;
    while (node.getParent() != null) {
      node = node.getParent();
    }
    return node == step ? "" : node.getId() + ".";
  }

  private static String kind(NamedNode step) {
    return step.getShortName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static String subject(String label) {
    Matcher subject = SUBJECT.matcher(label);
    if (subject.find()) {
      return "-" + subject.group(1);
    }
    Matcher service = SERVICE.matcher(label);
    Matcher operation = OPERATION.matcher(label);
    return (service.find() ? "-" + service.group(1) : "")
        + (operation.find() ? "-" + operation.group(1) : "");
  }
}
