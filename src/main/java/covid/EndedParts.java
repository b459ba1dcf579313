package covid;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The parts that have ended in the feeds of a run, and which of them were reported before.
 *
 * <p>The reported parts are kept as one short digest each, since names are foreign text of any
 * length and the metadata of an object hold 2 kB.
 */
final class EndedParts {
  /** With more ended parts than that, one digest stands for all of them. */
  private static final int MOST_DIGESTS = 100;

  private static final int MOST_NAMED = 5;

  private EndedParts() {}

  /** The digests to keep once all ended parts of these feeds are reported. */
  static List<String> digests(Collection<FeedSet> feeds) {
    List<String> digests =
        feeds.stream()
            .flatMap(feed -> feed.gaps().ended().stream().map(part -> digest(feed, part)))
            .toList();
    return digests.size() <= MOST_DIGESTS ? digests : List.of(digest(String.join(" ", digests)));
  }

  /**
   * A sentence for each feed with parts that have ended and were not reported.
   *
   * @param reported the digests of those that were
   */
  static Stream<String> news(Collection<FeedSet> feeds, Set<String> reported) {
    if (reported.containsAll(digests(feeds))) {
      return Stream.of();
    }
    return feeds.stream()
        .map(
            feed ->
                Map.entry(
                    feed.name(),
                    feed.gaps().ended().stream()
                        .filter(part -> !reported.contains(digest(feed, part)))
                        .toList()))
        .filter(news -> !news.getValue().isEmpty())
        .map(news -> sentence(news.getKey(), news.getValue()));
  }

  private static String sentence(String feed, List<EndedPart> parts) {
    String names =
        parts.stream()
            .limit(MOST_NAMED)
            .map(part -> "%s (last on %s)".formatted(part.name(), part.last()))
            .collect(joining(", "));
    String more =
        parts.size() > MOST_NAMED ? " and %d more".formatted(parts.size() - MOST_NAMED) : "";
    return "Feed %s has had no figure of %s%s for %d days: later days are published without. This is reported once."
        .formatted(feed, names, more, PartFigures.ENDED_AFTER);
  }

  private static String digest(FeedSet feed, EndedPart part) {
    return digest(feed.name() + "\n" + part.name());
  }

  private static String digest(String text) {
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(UTF_8));
    return "%08x".formatted(sum.getValue());
  }
}
