package versions;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an operator has withdrawn: a pull of the same feeds, or with the same set, is not published
 * again before it is released.
 *
 * @param version the id of the withdrawn version
 * @param set the first digits of the SHA-256 of its set
 * @param feeds the first digits of the SHA-256 of its feeds, by name; none if they are not known
 */
public record Withheld(String version, String set, SortedMap<String, String> feeds) {
  /** As many digits as make a chance hit impossible, and leave room in the metadata. */
  private static final int DIGITS = 16;

  private static final Pattern WORD =
      Pattern.compile("([^/]+)/([0-9a-f]{16})/((?:[^=,/]+=[0-9a-f]{16}(?:,|$))*)");

  public Withheld {
    requireNonNull(version, "version");
    requireNonNull(set, "set");
    requireNonNull(feeds, "feeds");
  }

  /** A version that is withdrawn. */
  public static Withheld of(Version version) {
    return new Withheld(version.id(), digits(version.sha256()), digits(version.feeds()));
  }

  private static String digits(String sha256) {
    return sha256.substring(0, DIGITS);
  }

  private static SortedMap<String, String> digits(Collection<Version.Feed> feeds) {
    SortedMap<String, String> digests = new TreeMap<>();
    feeds.forEach(feed -> digests.put(feed.name(), digits(feed.sha256())));
    return digests;
  }

  /** Whether these are the feeds of the withdrawn version. */
  public boolean isOf(Collection<Version.Feed> pulled) {
    return !feeds.isEmpty() && feeds.equals(digits(pulled));
  }

  /** Whether this is the set of the withdrawn version. */
  public boolean isSet(String sha256) {
    return set.equals(digits(sha256));
  }

  /** As a word for the metadata of an object, which {@link #parse} reads. */
  String word() {
    return "%s/%s/%s"
        .formatted(
            version, set, feeds.entrySet().stream().map(Map.Entry::toString).collect(joining(",")));
  }

  /** Reads a word; empty if it is none. */
  static Optional<Withheld> parse(String word) {
    var matcher = WORD.matcher(word);
    if (!matcher.matches() || !VersionId.isId(matcher.group(1))) {
      return Optional.empty();
    }
    SortedMap<String, String> feeds = new TreeMap<>();
    for (String feed : matcher.group(3).split(",", -1)) {
      int equals = feed.indexOf('=');
      if (equals > 0) {
        feeds.put(feed.substring(0, equals), feed.substring(equals + 1));
      }
    }
    return Optional.of(new Withheld(matcher.group(1), matcher.group(2), feeds));
  }
}
