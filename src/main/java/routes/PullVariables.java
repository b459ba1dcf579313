package routes;

import covid.FeedSet;
import feeds.BodyCopy;
import feeds.FeedSource;
import feeds.Validators;
import java.io.Closeable;
import java.time.Instant;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.util.IOHelper;
import org.jspecify.annotations.Nullable;

/** What an exchange that pulls a feed, or reads or keeps its body, knows of it. */
final class PullVariables {
  /** That of a run that keeps the bodies; a preview has none. */
  static final String KEEPS = "keeps-bodies";

  /** That of an exchange that has to pull a whole feed. */
  static final String ANEW = "anew";

  /** The last pull, by whose validators the feed was asked for. */
  static final String ASKED = "asked";

  /** The {@link BodyCopy} of the last attempt. */
  static final String COPY = "copy";

  /** The {@link Validators} of the answer. */
  static final String VALIDATORS = "validators";

  /** The {@link FeedSet} that was read. */
  static final String PULLED = "pulled";

  /** The SHA-256 of the kept body to be read. */
  static final String SHA256 = "sha256";

  /** The entity tag that the kept body came with. */
  static final String ETAG = "etag";

  /** When the body was put into the bucket; none if it is not there. */
  static final String KEPT_AT = "keptAt";

  /** The {@link FeedSource}, as {@code feeds.camel.yaml} sets it. */
  static final String SOURCE = "source";

  private PullVariables() {}

  static FeedSource source(Exchange exchange) {
    return exchange.getVariable(SOURCE, FeedSource.class);
  }

  static FeedSet pulled(Exchange exchange) {
    return exchange.getVariable(PULLED, FeedSet.class);
  }

  static @Nullable Instant keptAt(Exchange exchange) {
    return exchange.getVariable(KEPT_AT, Instant.class);
  }

  /** Has something that an exchange reads closed when the exchange ends. */
  static void closeAfter(Exchange exchange, Closeable open) {
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                IOHelper.close(open);
              }
            });
  }
}
