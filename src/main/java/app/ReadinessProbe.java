package app;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/** Asks a process that serves whether it is ready: in the image there is no curl to do it. */
final class ReadinessProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private ReadinessProbe() {}

  /**
   * Whether it is; {@code false} as well if nobody listens or answers within 2 seconds each.
   *
   * @param management where its management server listens
   */
  static boolean isReady(InetSocketAddress management) {
    try {
      URI address =
          new URI(
              "http",
              null,
              management.getHostString(),
              management.getPort(),
              "/observe/health/ready",
              null,
              null);
      HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection();
      asked.setConnectTimeout((int) PATIENCE.toMillis());
      asked.setReadTimeout((int) PATIENCE.toMillis());
      return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
    } catch (URISyntaxException | IOException e) {
      return false;
    }
  }
}
