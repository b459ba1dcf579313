package serve;

import covid.Series;
import java.time.Instant;
import versions.Version;
import web.Answer;

/**
 * A version of the set of one place.
 *
 * @param version its manifest
 * @param object its only series, which is the whole set
 * @param series the same
 * @param charts draw it
 */
record OneVersion(Version version, SeriesObject object, Series series, PlaceCharts charts)
    implements OneSet {

  OneVersion(Version version, SeriesObject object, PlaceCharts charts) {
    this(version, object, new Series(object.days(), version.synthetic()), charts);
  }

  @Override
  public Instant updatedAt() {
    return version.at();
  }

  @Override
  public Answer csv() {
    return Answer.packed(Answer.CSV, object.packed(), "");
  }

  @Override
  public Answer png() throws Exception {
    return charts.png(version.id(), picture());
  }

  @Override
  public Answer svg() throws Exception {
    return charts.svg(version.id(), picture());
  }

  private PlaceCharts.Picture picture() {
    return new PlaceCharts.Stack(series, series.country());
  }
}
