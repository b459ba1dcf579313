package feeds;

import covid.FeedLayout;
import covid.Metric;

/** Layouts of feeds for tests. */
final class Layouts {
  private Layouts() {}

  /** A layout with all of whose metrics a row must have a figure. */
  static FeedLayout needingAll(String columns) {
    FeedLayout layout = FeedLayout.parse(columns, Metric.PUBLISHED);
    return layout.needing(layout.metrics());
  }
}
