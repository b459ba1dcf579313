package routes;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Feeds of an earlier time, to become a version of that time.
 *
 * @param at their time, in whole seconds: it takes the place of the current time wherever their
 *     rows are judged
 * @param files the file of each feed, by the feed's name
 */
public record Import(Instant at, Map<String, Path> files) {
  private static final String VARIABLE = "import";

  public Import {
    at = at.truncatedTo(ChronoUnit.SECONDS);
    files = Map.copyOf(files);
  }

  /** The import that an exchange is part of; empty if it is of a run. */
  static Optional<Import> of(Exchange exchange) {
    return Optional.ofNullable(exchange.getVariable(VARIABLE, Import.class));
  }

  /** The file of a feed. */
  Path file(String feed) {
    return requireNonNull(files.get(feed));
  }

  /** The clock of a pull, which stands still in an import. */
  static Clock clock(Exchange exchange, Clock otherwise) {
    return of(exchange).map(one -> Clock.fixed(one.at(), ZoneOffset.UTC)).orElse(otherwise);
  }
}
