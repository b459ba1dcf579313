package check;

import covid.FeedSet;
import covid.Gate;
import covid.PullFact;
import covid.Run;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a feed is what a run needs: it was pulled whole, by the route that a run pulls it with.
 *
 * @param gate judges its columns and rows
 */
public record FeedCheck(Gate gate) {
  /**
   * Judges a pull.
   *
   * @param feed its name
   * @param pull a run that has pulled this feed alone
   */
  public Finding find(String feed, Run pull) {
    String subject = "feed " + feed;
    Optional<PullFact.FeedPulled> pulled = pull.log().first(PullFact.FeedPulled.class);
    if (pulled.isEmpty()) {
      return Finding.wrong(
          subject,
          pull.log()
              .first(PullFact.PullFailed.class)
              .map(PullFact.PullFailed::reason)
              .orElse("It was not pulled; see the log."));
    }
    FeedSet set = pulled.get().feed();
    return gate.refuses(set)
        .map(reason -> Finding.wrong(subject, reason))
        .orElseGet(
            () ->
                Finding.ok(
                    subject, text(set) + stalled(pull.log().has(PullFact.FeedStalled.class))));
  }

  private static String text(FeedSet set) {
    return String.format(
        Locale.ROOT,
        "%,d rows to %s, %,d quarantined, in %,d bytes",
        set.counts().rows(),
        set.newestDay().map(Object::toString).orElse("no day"),
        set.counts().quarantined(),
        set.origin().bytes());
  }

  private static String stalled(boolean isStalled) {
    return isStalled ? "; it has stalled, as feed.stalled-after has it" : "";
  }
}
