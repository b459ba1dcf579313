package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.Place;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import local.Gzip;

/**
 * A case of the grammar of feeds: what is read. What is to come of it are keys of {@link
 * FeedOutcome}.
 *
 * <pre>
 *   name: what the program does
 *   each: [texts]         the case is one for each of these, which stands for {} in all else
 *   feed: its layout      as in feed.NAME.columns
 *   place: US             whose rows are read
 *   now: 2023-03-10T00:00:00Z
 *   max-bytes: 100        how long the unpacked body may be
 *   csv: its text         or a list of parts, some of which may be {repeat: text, times: 3}
 *   members: [texts]      instead of csv: each is a gzip member
 *   charset: ISO-8859-1   of the text, to write any byte; UTF-8 if there is none
 *   gzip: 2               how often the body is packed
 *   behind: text          what follows the packed body
 *   encodings: [gzip]     of Content-Encoding
 * </pre>
 *
 * @param name what the program does
 * @param layout of the feed, in its short form
 * @param place whose rows are read
 * @param now the moment of the pull
 * @param maxBytes how long the unpacked body may be
 * @param body as it arrives
 * @param encodings of Content-Encoding
 * @param expected what is to come of it
 */
record FeedCase(
    String name,
    String layout,
    Place place,
    Instant now,
    long maxBytes,
    byte[] body,
    List<String> encodings,
    FeedOutcome expected) {

  /** The name of every feed, to which quarantined rows belong. */
  static final String FEED = "spec";

  static final URI URL = URI.create("http://feeds.test/spec.csv");
  static final String ETAG = "\"v1\"";

  /** Reads all keys but {@code name} and {@code each}. */
  static FeedCase read(String name, SpecNode node) {
    List<String> members = node.texts("members");
    String text = node.text("csv").orElse("");
    String csv = members.isEmpty() ? text : String.join("", members);
    Charset charset = node.text("charset").map(Charset::forName).orElse(UTF_8);
    byte[] plain = csv.getBytes(charset);
    byte[] body = plain;
    if (!members.isEmpty()) {
      body = Gzip.joined(members.stream().map(Gzip::gzip).toArray(byte[][]::new));
    }
    for (int i = node.number("gzip", 0); i > 0; i--) {
      body = Gzip.gzip(body);
    }
    Place place = new Place(node.text("place").orElse("US"));
    FeedCase spec =
        new FeedCase(
            name,
            node.text("feed").orElse(""),
            place,
            Instant.parse(node.text("now").orElse("2023-03-10T00:00:00Z")),
            node.number("max-bytes", Integer.MAX_VALUE),
            Gzip.joined(body, node.text("behind").orElse("").getBytes(charset)),
            node.texts("encodings"),
            FeedOutcome.read(node, place, csv.split("\r\n|\r|\n", -1), plain));
    node.end();
    return spec;
  }

  @Override
  public String toString() {
    return name;
  }
}
