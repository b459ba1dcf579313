package routes;

import covid.PublicationFact;
import covid.RunFailedException;
import feeds.SetFormat;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import versions.Version;
import web.Json;

/**
 * The version that an {@link Import} has made.
 *
 * <pre>
 *   add-version
 *     -> put-version     series and manifest -> S3                                  VersionRoutes
 *     -> publish-latest  if it is the current one: names and set                    VersionRoutes
 *     -> list-version    otherwise: index -> S3, unless another process has replaced it
 * </pre>
 */
public final class AddVersionRoutes extends RouteBuilder {
  private final SetFormat format;
  private final Json json;

  /**
   * @param format the form of the set
   * @param json how the index is written
   */
  public AddVersionRoutes(SetFormat format, Json json) {
    this.format = format;
    this.json = json;
  }

  @Override
  public void configure() {
    from("direct:add-version")
        .routeId("add-version")
        .routeConfigurationId("stages")
        .to("direct:put-version")
        .process(AddVersionRoutes::checkRefused)
        .id("check-refused")
        .removeHeaders("*")
        .choice()
        .when(exchange -> ImportPlan.of(exchange).isLatest())
        .to("direct:publish-latest")
        .otherwise()
        .to("direct:list-version")
        .end()
        .filter(variable("lost").isNull())
        .id("unless-changed")
        .process(AddVersionRoutes::noteImported)
        .id("note-imported");

    RouteDefinition latest =
        from("direct:publish-latest").routeId("publish-latest").routeConfigurationId("stages");
    if (!format.isOfOnePlace()) {
      latest.to("direct:archive-names");
    }
    latest.to("direct:put-set");

    from("direct:list-version")
        .routeId("list-version")
        .routeConfigurationId("pointer")
        .removeVariable("lost")
        .process(this::listVersion)
        .id("put-index-if-unchanged");
  }

  /** A set may be published without a version, but an import is nothing else. */
  private static void checkRefused(Exchange exchange) throws RunFailedException {
    if (Runs.of(exchange).log().has(PublicationFact.VersionsRefused.class)) {
      throw new RunFailedException(
          "The program may not write to versions/ and series/ of the bucket: give its role the"
              + " rights of aws/stack.yaml.");
    }
  }

  private void listVersion(Exchange exchange) {
    StoredIndex.Read index = ImportPlan.of(exchange).index();
    VersionObjects.of(exchange, json)
        .index()
        .put(index.versions().plus(List.of(made(exchange).entry())), index);
  }

  private static Version made(Exchange exchange) {
    return Publication.find(exchange).flatMap(Publication::made).orElseThrow();
  }

  /** Notes how the import has ended. */
  static void noteImported(Exchange exchange) {
    Runs.of(exchange).note(new PublicationFact.ImportEnded(ImportPlan.imported(made(exchange))));
  }
}
