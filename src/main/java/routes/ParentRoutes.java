package routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import covid.RunFailedException;
import feeds.ArchiveRecords;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.jspecify.annotations.Nullable;
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
  private static final String REMEDY = "restore it from a copy";

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
    StoredIndex.Read index;
    try {
      index = VersionObjects.of(exchange, json).index().read();
    } catch (IOException e) {
      throw damaged(exchange, BucketKeys.INDEX, "is not the index of versions", e);
    }
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
    String csv = new String(objects.series().csv(manifest(exchange, objects, entry)), UTF_8);
    try {
      return new BaseSet(
          "",
          entry.at(),
          Optional.of(new Pointer(entry.id(), entry.at(), entry.run(), List.of(entry))),
          ArchiveRecords.read(new StringReader(csv)),
          List.of(),
          "");
    } catch (ArchiveRecords.NotASetException e) {
      throw damaged(exchange, BucketKeys.version(entry.id()), e.finding(), e);
    }
  }

  private static Version manifest(Exchange exchange, VersionObjects objects, VersionEntry entry)
      throws RunFailedException {
    String key = BucketKeys.version(entry.id());
    try {
      Optional<Version> version = objects.version(entry.id());
      if (version.isPresent()) {
        return version.get();
      }
    } catch (IOException e) {
      throw damaged(exchange, key, "is not the manifest of a version", e);
    }
    throw damaged(exchange, key, "is gone", null);
  }

  private static RunFailedException damaged(
      Exchange exchange, String key, String finding, @Nullable Exception cause) {
    RunFailedException damaged =
        new RunFailedException(
            Bucket.foreign(exchange, Bucket.PREFIX + key, finding, REMEDY).forOperators());
    damaged.initCause(cause);
    return damaged;
  }
}
