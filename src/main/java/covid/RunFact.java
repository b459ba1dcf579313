package covid;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;

/** What a run finds of earlier ones, and how it ends. */
public sealed interface RunFact extends Fact {
  /** With a queue: the run is the open one. From now on another process may continue it. */
  record RunOpened() implements RunFact {}

  /** An earlier run has died, or not all have got its message. */
  record UnfinishedRunFound(RunMarker run) implements RunFact {}

  /** An earlier run left a day in the dead letter, which this run replays. */
  record DeadLetterFound(DeadLetter letter) implements RunFact {}

  /**
   * The stalled feeds and ended parts reported with the last published set.
   *
   * @param stalledFeeds names of feeds
   * @param endedParts digests of parts, see {@link Pulls#endedParts}
   * @param run that published the set; empty if that is not known
   * @param at when the set was put
   */
  record ReportedBefore(Set<String> stalledFeeds, Set<String> endedParts, String run, Instant at)
      implements RunFact {
    /** With a set that may be of any run. */
    public ReportedBefore(Collection<String> stalledFeeds, Collection<String> endedParts) {
      this(Set.copyOf(stalledFeeds), Set.copyOf(endedParts), "", Instant.MAX);
    }
  }

  /** The gate has refused the pull. */
  record RunRefused(String reason) implements RunFact {}

  /** The run has failed. */
  record RunFailed(String reason) implements RunFact {}

  /** A warning for operators, which does not end the run. */
  record Warned(String warning) implements RunFact {}

  /** The stages have ended, even if early. */
  record StagesEnded(Instant at) implements RunFact {}

  /** The run waits for the webhooks, the last ones to get its message. */
  record WebhooksAsked() implements RunFact {}

  /** The message was sent, to the topic or to a webhook. */
  record Announced() implements RunFact {}

  /** The message could not be sent to the topic. */
  record NotAnnounced(String reason) implements RunFact {}

  /**
   * The message could not be sent to a webhook.
   *
   * @param webhook its number and server
   */
  record NotPosted(String webhook, String reason) implements RunFact {}

  /** The run has ended, successfully or not, rather than died. */
  record RunEnded() implements RunFact {}
}
