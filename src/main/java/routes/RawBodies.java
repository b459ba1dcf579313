package routes;

import aws.BucketKeys;
import covid.LastPull;
import covid.PullFact;
import covid.Run;
import feeds.FeedSource;
import feeds.Reading;
import feeds.Validators;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Which raw bodies are kept, which of them a pull may rely on, and what a run notes of them.
 *
 * @param keep how long; empty: none are kept, and each pull asks for the whole feed
 * @param reading how the feeds are read
 * @param clock the age of kept bodies
 */
public record RawBodies(Optional<Duration> keep, Reading reading, Clock clock) {

  /**
   * The last pull of a feed, if its raw body is kept, long enough for this run and later ones, and
   * was read as it is now.
   */
  Optional<LastPull> last(Exchange exchange, FeedSource feed) {
    return BaseSet.of(exchange)
        .flatMap(base -> base.pull(feed.name()))
        .filter(last -> last.reading().equals(reading.of(feed)) && isFresh(last.keptAt()));
  }

  /**
   * Whether a body will be kept for at least half of the time. An older one is pulled and put
   * again, so that what expires by its age is never in use.
   */
  boolean isFresh(Instant keptAt) {
    return keep.filter(time -> keptAt.plus(time.dividedBy(2)).isAfter(clock.instant())).isPresent();
  }

  /** Notes that a body is in the bucket, and what the next pull has to know of it. */
  void noteKept(Exchange exchange) {
    Instant keptAt = PullVariables.keptAt(exchange);
    if (keptAt == null) {
      return;
    }
    Run run = Runs.of(exchange);
    FeedSource source = PullVariables.source(exchange);
    Validators validators = exchange.getVariable(PullVariables.VALIDATORS, Validators.class);
    run.note(
        new PullFact.BodyKept(
            LastPull.of(
                PullVariables.pulled(exchange),
                reading.of(source),
                validators.etag(),
                validators.lastModified(),
                run.pulledAt().orElseThrow(),
                keptAt,
                BaseSet.of(exchange).flatMap(base -> base.pull(source.name())))));
  }

  /** The key of a kept body, with the prefix of the dataset. */
  static String key(Exchange exchange, String sha256) {
    return Bucket.resolved(exchange, Bucket.PREFIX) + BucketKeys.raw(sha256);
  }
}
