package routes;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.NamedNode;
import org.apache.camel.spi.NodeIdFactory;

/**
 * Gives each step without an id one that shows its route and what it does, such as {@code
 * store-day.to-aws2-ddb-PutItem}: consoles show ids, and Camel's own have only a kind and a number.
 * A step that runs code needs an explicit id, since it has no name.
 */
public final class StepIds implements NodeIdFactory {
  /** The subject of a step, which Camel shows in brackets after its kind. */
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

  /** The route or error policy of a step. */
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
