package routes;

import covid.RunFailedException;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import versions.Changes;
import versions.Origin;
import versions.Pointer;
import versions.Version;
import versions.Version.PlaceSeries;
import versions.VersionId;
import versions.Withheld;
import web.Json;

/**
 * What an operator does about a published set that is wrong.
 *
 * <pre>
 *   rollback   publishes a new version with the content of an earlier one; withholds the current one
 * </pre>
 *
 * What it withholds is published again by {@link ReleaseRoutes}.
 */
public final class RollbackRoutes extends RouteBuilder {
  /** Older ones are let go: a feed does not come back to them. */
  private static final int MOST_WITHHELD = 5;

  private final Json json;
  private final Clock clock;
  private final Runnable published;

  /**
   * @param json how manifests are read and written
   * @param clock the time of the version
   * @param published called when the set is in the bucket
   */
  public RollbackRoutes(Json json, Clock clock, Runnable published) {
    this.json = json;
    this.clock = clock;
    this.published = published;
  }

  @Override
  public void configure() {
    from("direct:rollback")
        .routeId("rollback")
        .routeConfigurationId("stages")
        .process(this::rollBack)
        .id("roll-back")
        .process(exchange -> published.run())
        .id("expire-withdrawn")
        .filter(simple("{{site.publish}}"))
        .enrich("direct:publish-site", (version, site) -> version);
  }

  /** The body is a {@link Version.Rollback}, and then the new {@link Version}. */
  private void rollBack(Exchange exchange) throws IOException, RunFailedException {
    Version.Rollback asked = exchange.getMessage().getBody(Version.Rollback.class);
    VersionObjects objects = VersionObjects.of(exchange, json);
    CurrentSet set = CurrentSet.read(exchange, objects);
    Pointer pointer = set.pointer();
    Version current = version(objects, pointer.version());
    Version earlier = version(objects, asked.to());
    if (earlier.sha256().equals(current.sha256())) {
      throw new RunFailedException(
          "The published set, version %s, has the content of %s already."
              .formatted(current.id(), earlier.id()));
    }
    StoredSeries stored = objects.series();
    Version made = made(stored, current, earlier, asked);
    byte[] csv = stored.csv(made);
    objects.putManifest(made);
    Pointer next =
        new Pointer(
            made.id(),
            made.at(),
            null,
            and(made.entry(), pointer.recent()),
            withheld(current, earlier, pointer));
    Map<String, String> metadata = new HashMap<>(set.metadata());
    metadata.putAll(SetMetadata.of(made));
    if (!SetMetadata.fits(next, metadata)) {
      objects.index().add(pointer.recent());
      next = next.alone();
    }
    set.replace(csv, metadata, next);
    exchange.getMessage().setBody(made);
  }

  /** What is withheld from now on: not what this rollback publishes again. */
  private static List<Withheld> withheld(Version current, Version earlier, Pointer pointer) {
    return and(Withheld.of(current), pointer.withheld()).stream()
        .filter(one -> !one.isSet(earlier.sha256()))
        .limit(MOST_WITHHELD)
        .toList();
  }

  private static <T> List<T> and(T first, List<T> more) {
    return Stream.concat(Stream.of(first), more.stream()).toList();
  }

  /** The new version. The series that it brings back are put again, so that no sweep takes them. */
  private Version made(
      StoredSeries stored, Version current, Version earlier, Version.Rollback asked)
      throws IOException, RunFailedException {
    Instant at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    List<PlaceSeries> all = new ArrayList<>();
    Changes changes = Changes.NONE;
    for (PlaceSeries series : earlier.series()) {
      Optional<PlaceSeries> now = current.of(series.place());
      Changes ofPlace = stored.changes(now, Optional.of(series));
      if (!ofPlace.isNone()) {
        stored.putAgain(series, clock.instant());
      }
      changes = changes.plus(ofPlace);
      all.add(series.with(ofPlace));
    }
    for (PlaceSeries series : current.series()) {
      if (earlier.of(series.place()).isEmpty()) {
        changes = changes.plus(stored.changes(Optional.of(series), Optional.empty()));
      }
    }
    return new Version(
        VersionId.of(at, earlier.sha256(), current.id(), null),
        Origin.ROLLBACK,
        current.id(),
        null,
        at,
        earlier.sha256(),
        earlier.rows(),
        earlier.newestDay(),
        earlier.synthetic(),
        changes,
        List.of(),
        earlier.settings(),
        all,
        asked);
  }

  private static Version version(VersionObjects objects, String id)
      throws IOException, RunFailedException {
    return objects
        .version(id)
        .orElseThrow(
            () ->
                new RunFailedException(
                    "There is no version %s: GET /versions lists those that there are."
                        .formatted(id)));
  }
}
