package webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as the Standard Webhooks specification has it, with the version {@code v1}: HMAC
 * with SHA-256.
 */
public final class Secret {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String PREFIX = "whsec_";
  private static final Pattern TEXT = Pattern.compile(PREFIX + "[A-Za-z0-9+/]+={0,2}");
  private static final int FEWEST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  private final SecretKeySpec key;

  private Secret(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /**
   * Reads a secret: {@code whsec_} and 24 to 64 bytes in Base64.
   *
   * @throws IllegalArgumentException if it is none; the message does not repeat it
   */
  public static Secret parse(String text) {
    if (TEXT.matcher(text).matches()) {
      try {
        byte[] key = Base64.getDecoder().decode(text.substring(PREFIX.length()));
        if (key.length >= FEWEST_BYTES && key.length <= MOST_BYTES) {
          return new Secret(key);
        }
      } catch (IllegalArgumentException e) {
        // Its length is none of Base64: said below.
      }
    }
    throw new IllegalArgumentException(
        "not whsec_ and %d to %d bytes in Base64".formatted(FEWEST_BYTES, MOST_BYTES));
  }

  /**
   * The signature of a request, one of those in its header {@code webhook-signature}.
   *
   * @param id the header {@code webhook-id}
   * @param timestamp the header {@code webhook-timestamp}: when it is sent, in seconds
   */
  public String sign(String id, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update("%s.%d.".formatted(id, timestamp).getBytes(UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + ALGORITHM, e);
    }
  }

  /** Not the secret. */
  @Override
  public String toString() {
    return PREFIX + "***";
  }
}
