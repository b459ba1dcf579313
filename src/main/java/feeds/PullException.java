package feeds;

import java.io.IOException;

/**
 * A pull that did not give the whole feed. The message says why, as a sentence about the feed
 * without its full stop: "its body ended early".
 */
public class PullException extends IOException {
  private static final long serialVersionUID = 1L;

  PullException(String reason) {
    super(reason);
  }
}
