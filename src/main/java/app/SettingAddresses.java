package app;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import routes.ChunkQueue;

/**
 * The kinds of values of settings that are addresses. Each throws a {@link SettingException} that
 * names the setting if a text is invalid.
 */
final class SettingAddresses {
  private static final String DIRECT = "direct:store-chunk";
  private static final Pattern QUEUE =
      Pattern.compile("aws2-sqs:[A-Za-z0-9_.-]{1,80}\\?queueUrl=(https?://[^\\s?&#()]{1,1000})");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_%-]{1,253}");
  private static final int HIGHEST_PORT = 65_535;

  private SettingAddresses() {}

  /**
   * What is wrong with a text that should be an http or https address; empty if it is one. It may
   * hold a password, so this does not repeat it.
   */
  static Optional<String> wrongAddress(String text) {
    try {
      URI url = new URI(text);
      String scheme = String.valueOf(url.getScheme());
      if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
        return Optional.of("is not an http or https address");
      }
      return url.getPort() == 0 || url.getPort() > HIGHEST_PORT
          ? Optional.of("has no valid port: give one from 1 to " + HIGHEST_PORT)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.of("is not an http or https address");
    }
  }

  static URI url(String name, String text) {
    Optional<String> wrong = wrongAddress(text);
    if (wrong.isPresent()) {
      throw new SettingException(name + " " + wrong.get());
    }
    URI url = URI.create(text);
    if (url.getUserInfo() != null) {
      throw new SettingException("%s must not hold a user name".formatted(name));
    }
    if (url.getFragment() != null) {
      throw new SettingException(
          "%s must not hold a #, for what follows it is never sent".formatted(name));
    }
    return url;
  }

  /** The address of a page, beside which its files are. */
  static URI page(String name, String text) {
    URI url = url(name, text);
    if (url.getRawQuery() != null) {
      throw new SettingException(
          "%s must not hold a ?, for the files of the page have no query".formatted(name));
    }
    return url;
  }

  /** A queue; empty for {@code direct:store-chunk}. */
  static Optional<ChunkQueue> queue(String name, String text) {
    if (text.equals(DIRECT)) {
      return Optional.empty();
    }
    Matcher queue =
        SettingKinds.matching(
            name,
            text,
            QUEUE,
            DIRECT
                + " or a queue, such as aws2-sqs:chunks?queueUrl=https://sqs.us-east-1.amazonaws.com/123456789012/chunks");
    Optional<String> wrong = wrongAddress(queue.group(1));
    if (wrong.isPresent()) {
      throw new SettingException("the address in %s %s".formatted(name, wrong.get()));
    }
    return Optional.of(new ChunkQueue(queue.group(1)));
  }

  static String host(String name, String text) {
    String kind = "an address or a name of this machine, such as 127.0.0.1";
    return SettingKinds.matching(name, text, HOST, kind).group();
  }
}
