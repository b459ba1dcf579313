package feeds;

import covid.Dataset;
import covid.FeedDate;
import covid.FeedLayout;
import covid.Metric;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * How the feeds of a dataset are read: the same body read in the same way gives the same days.
 *
 * @param dataset its places and metrics
 * @param synthetic whether the figures of its feeds are invented
 * @param version of the program, which may read otherwise than another one
 */
public record Reading(Dataset dataset, boolean synthetic, String version) {
  private static final int LENGTH = 12;

  /**
   * A digest of where and how a feed is read, in hexadecimal. Values of headers are left out: they
   * may be secrets, and short ones could be guessed from it.
   */
  public String of(FeedSource feed) {
    FeedLayout layout = feed.layout();
    List<Object> all =
        List.of(
            version,
            synthetic,
            dataset.name(),
            dataset.places(),
            dataset.metrics().stream().map(Metric::name).toList(),
            feed.name(),
            feed.url(),
            feed.headers(),
            feed.encoding(),
            feed.place(),
            layout.date(),
            layout.dates().pattern().map(FeedDate.Format::pattern),
            layout.place(),
            layout.part(),
            layout.name(),
            // Others would be in another order in each process.
            new TreeMap<>(layout.figures()),
            new TreeSet<>(layout.needed()));
    return DigestUtils.sha256Hex(all.toString()).substring(0, LENGTH);
  }
}
