package routes;

import covid.Dataset;
import covid.Interval;
import covid.KeySchema;
import covid.Metric;
import covid.PlaceSelection;

/** The route pull-feed of a dataset of every place, against the same server. */
class PullFeedOfManyPlacesTest extends PullFeedTest {
  @Override
  Dataset dataset() {
    return new Dataset(
        "many", PlaceSelection.ALL, Metric.PUBLISHED, Interval.DAY, KeySchema.PLACE_DATE, "many/");
  }
}
