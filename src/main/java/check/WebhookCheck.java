package check;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import webhooks.Announcement;

/**
 * A web address that takes messages. Whether it takes one shows only if one is sent; whether its
 * server can be connected to, without.
 *
 * @param number its place among those of the setting
 * @param form of its messages
 * @param address of which only the server is shown
 */
public record WebhookCheck(int number, String form, String address) {

  /**
   * What it is, if nothing is to be sent.
   *
   * @param connected whether its server was connected to; a proxy in between is not asked
   */
  public Finding unasked(boolean connected) {
    return connected
        ? Finding.ok(
            subject(),
            "%s, as %s, can be connected to; not tested with a message: --send-test"
                .formatted(address, form))
        : Finding.unknown(
            subject(),
            "%s, as %s, is reached through a proxy: that it takes messages shows only if one is sent, with --send-test"
                .formatted(address, form));
  }

  /** Why its server cannot be connected to, in a sentence. */
  public Finding away(String reason) {
    return Finding.wrong(subject(), reason);
  }

  /**
   * What came of a test.
   *
   * @param failure why it was not taken, in a sentence; empty if it was
   */
  public Finding asked(Optional<String> failure) {
    return failure
        .map(reason -> Finding.wrong(subject(), reason))
        .orElseGet(
            () ->
                Finding.ok(
                    subject(), TopicCheck.TAKEN.formatted("%s, as %s,".formatted(address, form))));
  }

  /** A test message like that of a failed run, so that it reaches those who handle failures. */
  public static Announcement test(String id, Instant now, String dataset) {
    return new Announcement(
        id, "test", now, dataset, TopicCheck.TEST_SUBJECT, TopicCheck.TEST, Map.of());
  }

  private String subject() {
    return "webhook " + number;
  }
}
