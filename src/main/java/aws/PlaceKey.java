package aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.Place;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A place as a part of a key in the bucket, whatever its name is: letters, digits and hyphens stay,
 * each other byte of its UTF-8 is {@code _} and two hexadecimal digits, so that {@code Korea,
 * South} is {@code Korea_2C_20South}. A long one is cut, and ends with its SHA-256.
 */
public final class PlaceKey {
  /** With the rest of the key, a file of that name can be stored where S3 is a file system. */
  private static final int LONGEST = 180;

  private static final int BEGINNING = 100;

  private PlaceKey() {}

  /** The part of the key. Different places have different ones. */
  public static String of(Place place) {
    StringBuilder key = new StringBuilder();
    for (byte one : place.name().getBytes(UTF_8)) {
      if (isPlain(one)) {
        key.append((char) one);
      } else {
        key.append('_').append(String.format(Locale.ROOT, "%02X", one));
      }
    }
    return key.length() <= LONGEST
        ? key.toString()
        // Two of these characters in a row are in no other key.
        : key.substring(0, BEGINNING) + "__" + sha256(place.name());
  }

  private static boolean isPlain(byte one) {
    return one >= 'a' && one <= 'z'
        || one >= 'A' && one <= 'Z'
        || one >= '0' && one <= '9'
        || one == '-';
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
