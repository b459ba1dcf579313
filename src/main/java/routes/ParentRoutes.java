package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import covid.RunFailedException;
import feeds.ArchiveRecords;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import versions.Pointer;
import versions.Version;
import versions.VersionEntry;
import web.Json;

/**
 * The version before an {@link Import}, against which it is judged.
 *
 * <pre>
 *   find-parent       S3 versions/index.json: where the import belongs
 *                     S3 versions/, series/: the version before it, unless that is the set
 * </pre>
 */
public final class ParentRoutes extends RouteBuilder {
  private final Json json;

  /**
   * @param json how manifests and the index are written
   */
  public ParentRoutes(Json json) {
    this.json = json;
  }

  @Override
  public void configure() {
    from("direct:find-parent")
        .routeId("find-parent")
        .routeConfigurationId("stages")
        .process(this::findParent)
        .id("read-index")
        .filter(exchange -> !ImportPlan.of(exchange).isLatest())
        .id("if-earlier")
        .process(this::readParent)
        .id("read-parent");
  }

  private void findParent(Exchange exchange) throws RunFailedException {
    StoredIndex.Read index = VersionObjects.of(exchange, json).index().read();
    ImportPlan.of(Import.of(exchange).orElseThrow().at(), BaseSet.of(exchange), index)
        .keep(exchange);
  }

  /** Keeps the version before the import in place of the published set. */
  private void readParent(Exchange exchange) throws IOException, RunFailedException {
    VersionEntry parent = ImportPlan.of(exchange).parent();
    BaseSet.keep(exchange, parent == null ? null : read(exchange, parent));
  }

  private BaseSet read(Exchange exchange, VersionEntry entry)
      throws IOException, RunFailedException {
    VersionObjects objects = VersionObjects.of(exchange, json);
    String csv = new String(objects.series().csv(manifest(objects, entry)), UTF_8);
    try {
      return new BaseSet(
          "",
          entry.at(),
          Optional.of(new Pointer(entry.id(), entry.at(), entry.run(), List.of(entry))),
          ArchiveRecords.read(new StringReader(csv), Map.of()),
          List.of(),
          "");
    } catch (ArchiveRecords.NotASetException e) {
      throw objects.damaged(BucketKeys.version(entry.id()), e.finding(), e);
    }
  }

  private static Version manifest(VersionObjects objects, VersionEntry entry)
      throws RunFailedException {
    return objects
        .version(entry.id())
        .orElseThrow(() -> objects.damaged(BucketKeys.version(entry.id()), "is gone", null));
  }
}
