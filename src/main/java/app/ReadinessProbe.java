package app;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks a serving process whether it is ready: the image has no curl. */
final class ReadinessProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String READY = "/observe/health/ready";

  private ReadinessProbe() {}

  /**
   * Why it is not ready; empty if it is. Waits at most 2 seconds for the connection, and as long
   * for the answer.
   *
   * @param management where its management server is reached
   */
  static Optional<String> whyNotReady(InetSocketAddress management) {
    URI address = address(management);
    try {
      int status = ask(address).getResponseCode();
      return status == HttpURLConnection.HTTP_OK
          ? Optional.empty()
          : Optional.of("%s answers with status %d".formatted(address, status));
    } catch (ConnectException e) {
      return Optional.of("nothing listens at %s".formatted(address));
    } catch (UnknownHostException e) {
      return Optional.of(
          "management.host is '%s', a name that cannot be resolved"
              .formatted(management.getHostString()));
    } catch (SocketTimeoutException e) {
      return Optional.of("%s does not answer within %d s".formatted(address, PATIENCE.toSeconds()));
    } catch (IOException e) {
      return Optional.of("%s does not answer: %s".formatted(address, e.getMessage()));
    }
  }

  /** The status of its answer; empty if none comes within the same time. */
  static OptionalInt status(InetSocketAddress management) {
    try {
      int status = ask(address(management)).getResponseCode();
      return status > 0 ? OptionalInt.of(status) : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty();
    }
  }

  /** A request with the time that this probe has. */
  static HttpURLConnection ask(URI address) throws IOException {
    HttpURLConnection asked = (HttpURLConnection) address.toURL().openConnection();
    asked.setConnectTimeout((int) PATIENCE.toMillis());
    asked.setReadTimeout((int) PATIENCE.toMillis());
    return asked;
  }

  private static URI address(InetSocketAddress management) {
    try {
      return new URI(
          "http", null, management.getHostString(), management.getPort(), READY, null, null);
    } catch (URISyntaxException e) {
      throw new SettingException(
          "management.host is '%s', which is not a name or an address"
              .formatted(management.getHostString()));
    }
  }
}
