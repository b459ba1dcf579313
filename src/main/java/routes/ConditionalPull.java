package routes;

import covid.Freshness;
import covid.LastPull;
import covid.PullFact;
import covid.Run;
import feeds.FeedSource;
import feeds.Validators;
import java.time.Clock;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * A pull of a feed that may not have changed: what it is asked with, and what follows if its server
 * answers 304.
 *
 * @param bodies which kept bodies a pull may rely on
 * @param freshness detects a stalled feed
 * @param clock decides whether it has stalled
 */
record ConditionalPull(RawBodies bodies, Freshness freshness, Clock clock) {
  private static final int NOT_MODIFIED = 304;

  /** Asks for the whole feed, or only if it is another than that of the last pull. */
  void ask(Exchange exchange) {
    Optional<LastPull> last =
        exchange.getVariable(PullVariables.ANEW) == null
            ? bodies.last(exchange, PullVariables.source(exchange))
            : Optional.empty();
    exchange.setVariable(PullVariables.ASKED, last.orElse(null));
    last.map(found -> new Validators(found.etag(), found.lastModified()).conditions())
        .ifPresent(conditions -> conditions.forEach(exchange.getMessage()::setHeader));
  }

  /** Removes what a feed was asked with from the answer. */
  static void forget(Exchange exchange) {
    Validators.CONDITIONS.forEach(exchange.getMessage()::removeHeader);
  }

  /** Whether the answer has a body. */
  static boolean isModified(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, int.class)
        != NOT_MODIFIED;
  }

  /** Notes a feed that has not changed since the last pull; the body then is what the log says. */
  void noteUnchanged(Exchange exchange) {
    Run run = Runs.of(exchange);
    FeedSource source = PullVariables.source(exchange);
    LastPull last = exchange.getVariable(PullVariables.ASKED, LastPull.class);
    run.note(new PullFact.FeedUnchanged(last, source.shownUrl()));
    if (last.content()
        .filter(content -> freshness.isStalled(content.newestDay(), clock.instant()))
        .isPresent()) {
      run.note(new PullFact.FeedStalled(source.name()));
    }
    exchange.getMessage().setBody("unchanged since %s".formatted(last.since()));
  }
}
