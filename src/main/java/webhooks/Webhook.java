package webhooks;

import java.net.URI;

/**
 * A web address that takes messages. The address is a secret: that of Slack or Teams is all that it
 * takes to write there.
 *
 * @param number its place among those of the setting, from 1
 * @param form of its messages
 * @param url {@code https}, or {@code http}
 */
public record Webhook(int number, Form form, URI url) {
  /** The address for display, of which only the server remains. */
  public String shown() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    boolean isWhole = url.getRawQuery() == null && url.getRawPath().length() <= 1;
    return url.getScheme() + "://" + url.getHost() + port + (isWhole ? "" : "/***");
  }

  /** Its place and its server, in a sentence. */
  public String named() {
    return "webhook %d (%s)".formatted(number, shown());
  }

  @Override
  public String toString() {
    return "webhook %d, %s at %s".formatted(number, form, shown());
  }
}
