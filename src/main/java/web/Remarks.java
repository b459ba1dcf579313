package web;

import java.util.ArrayList;
import java.util.List;

/** In a line, what a reader should know of the sources before trusting the figures. */
final class Remarks {
  private Remarks() {}

  /**
   * The line, as {@code remarks.js} words it.
   *
   * @param runs the last ones, newest first
   * @param standing what is to be said of metrics that stand still
   * @return empty if there is nothing to say
   */
  static String of(List<RunLine> runs, List<String> standing) {
    List<RunLine.Feed> feeds = feeds(runs);
    int stalled = (int) feeds.stream().filter(RunLine.Feed::stalled).count();
    int unmatched = feeds.stream().mapToInt(RunLine.Feed::onlyHere).sum();
    List<String> said = new ArrayList<>();
    if (stalled > 0) {
      said.add(sources(stalled, feeds.size()) + " stalled");
    }
    if (unmatched > 0) {
      said.add(ReaderWords.count(unmatched, "unmatched day", "unmatched days"));
    }
    said.addAll(standing);
    String line = String.join(" · ", said);
    return line.isEmpty() ? "" : Character.toUpperCase(line.charAt(0)) + line.substring(1);
  }

  /** Those of the newest run that read any. */
  private static List<RunLine.Feed> feeds(List<RunLine> runs) {
    return runs.stream()
        .map(RunLine::feeds)
        .filter(feeds -> feeds != null && feeds.stream().anyMatch(feed -> feed.newestDay() != null))
        .findFirst()
        .orElse(List.of());
  }

  private static String sources(int stalled, int all) {
    return all == 1
        ? "the source has"
        : stalled == 2 && all == 2
            ? "both sources have"
            : ReaderWords.count(stalled, "source has", "sources have");
  }

  /** Of many places, how many have a metric that stands still. */
  static String standing(String metric, long places, long all) {
    return "%s stand still in %s of %s"
        .formatted(metric, ReaderWords.number(places), ReaderWords.count(all, "place", "places"));
  }
}
