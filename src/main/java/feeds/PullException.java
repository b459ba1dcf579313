package feeds;

import java.io.IOException;

/**
 * An incomplete pull. The message says why, as a sentence about the feed without a full stop: "its
 * body ended early".
 */
public class PullException extends IOException {
  private static final long serialVersionUID = 1L;

  PullException(String reason) {
    super(reason);
  }
}
