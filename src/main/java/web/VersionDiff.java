package web;

import covid.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import versions.Changes;

/**
 * What two versions differ in.
 *
 * @param from the earlier version
 * @param to the later one
 * @param changes how many days differ
 * @param days those days, by place and date
 */
public record VersionDiff(
    VersionLine from, VersionLine to, Changes changes, List<ChangedDay> days) {

  /** The header of the CSV. */
  public static List<String> header(List<Metric> metrics, boolean ofPlaces) {
    List<String> header = new ArrayList<>();
    if (ofPlaces) {
      header.add("Place");
    }
    header.addAll(List.of("Date", "Kind"));
    for (Metric metric : metrics) {
      header.add(metric.capitalized() + "Before");
      header.add(metric.capitalized() + "After");
    }
    return header;
  }

  /** The rows of the CSV. */
  public Stream<List<?>> rows(List<Metric> metrics) {
    return days.stream().map(day -> day.row(metrics));
  }
}
