package routes;

import covid.RunFailedException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Json;

/**
 * The end of versions ({@code versions.keep}).
 *
 * <pre>
 *   sweep-versions    S3 versions/, series/: those that are no longer kept
 * </pre>
 */
public final class SweepRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("sweep-versions");

  /** A sweep reads the manifest of each kept version, so it waits until it is worth that. */
  private static final int FEWEST = 16;

  private final Duration keep;
  private final Json json;
  private final Clock clock;

  /**
   * @param keep how long versions are kept
   * @param json how manifests and the index are written
   * @param clock measures their age
   */
  public SweepRoutes(Duration keep, Json json, Clock clock) {
    this.keep = keep;
    this.json = json;
    this.clock = clock;
  }

  @Override
  public void configure() {
    from("direct:sweep-versions")
        .routeId("sweep-versions")
        .routeConfigurationId("best-effort")
        .process(this::sweep)
        .id("sweep");
  }

  private void sweep(Exchange exchange) throws RunFailedException {
    new VersionSweep(
            VersionObjects.of(exchange, json),
            Bucket.resolved(exchange, Bucket.ARCHIVE),
            clock.instant())
        .sweep(keep, FEWEST)
        .ifPresent(
            swept ->
                LOG.info(
                    "Removed {} versions older than {} days, and {} series that no other has",
                    swept.versions(),
                    keep.toDays(),
                    swept.series()));
  }
}
