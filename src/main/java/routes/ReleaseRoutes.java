package routes;

import covid.RunFailedException;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import versions.Pointer;
import versions.Withheld;
import web.Json;

/**
 * What an operator does once something is right that a rollback withdrew.
 *
 * <pre>
 *   release    lets what was withheld be published again
 * </pre>
 */
public final class ReleaseRoutes extends RouteBuilder {
  private final Json json;

  /**
   * @param json how manifests are read
   */
  public ReleaseRoutes(Json json) {
    this.json = json;
  }

  @Override
  public void configure() {
    from("direct:release")
        .routeId("release")
        .routeConfigurationId("stages")
        .process(this::release)
        .id("release-withheld");
  }

  /**
   * The body is the id of a withdrawn version, or empty for all, and then the ids of those that are
   * released.
   */
  private void release(Exchange exchange) throws RunFailedException {
    String asked = exchange.getMessage().getBody(String.class);
    CurrentSet set = CurrentSet.read(exchange, VersionObjects.of(exchange, json));
    Pointer pointer = set.pointer();
    List<Withheld> kept =
        pointer.withheld().stream()
            .filter(one -> !asked.isEmpty() && !one.version().equals(asked))
            .toList();
    if (kept.size() == pointer.withheld().size()) {
      throw new RunFailedException(
          pointer.withheld().isEmpty()
              ? "Nothing is withheld."
              : "Version %s is not withheld; these are: %s."
                  .formatted(asked, ids(pointer.withheld())));
    }
    Pointer next =
        new Pointer(pointer.version(), pointer.pulledAt(), pointer.run(), pointer.recent(), kept);
    set.replace(set.csv(), set.metadata(), next);
    List<Withheld> released = new ArrayList<>(pointer.withheld());
    released.removeAll(kept);
    exchange.getMessage().setBody(ids(released));
  }

  private static String ids(List<Withheld> withheld) {
    return String.join(", ", withheld.stream().map(Withheld::version).toList());
  }
}
