package web;

import static java.util.Collections.nCopies;

import covid.Metric;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of the first picture: the last 30 days, and the latest figures of places that are
 * compared.
 *
 * @param page the picture
 * @param metrics in the order of columns
 */
record FirstTables(FirstPicture page, List<Metric> metrics) {
  private static final int DAYS = 30;
  private static final String NONE = "–";

  /** A table as the template has it. */
  record Table<R>(List<String> columns, List<R> rows) {}

  /** A day and what is new of each column. */
  record Row(Headline.Said day, List<String> cells) {}

  /**
   * A place and its latest figures.
   *
   * @param line the class of its colour
   */
  record Latest(String line, String name, List<Total> cells) {}

  /**
   * A latest figure.
   *
   * @param asOf its day; null if there is no figure
   */
  record Total(String value, Headline.@Nullable Said asOf) {}

  /** The latest figures of each place. */
  Table<Latest> comparison() {
    List<ShownPlace> places = page.places();
    return new Table<>(
        metrics.stream().map(Metric::capitalized).toList(),
        IntStream.range(0, places.size())
            .mapToObj(
                i ->
                    new Latest(
                        FirstPicture.line(i),
                        places.get(i).name(),
                        metrics.stream().map(metric -> total(places.get(i), metric)).toList()))
            .toList());
  }

  private static Total total(ShownPlace place, Metric metric) {
    return place
        .latest(metric)
        .map(
            latest ->
                new Total(ReaderWords.number(latest.value()), Headline.Said.briefly(latest.asOf())))
        .orElseGet(() -> new Total(NONE, null));
  }

  /** What is new on each of the last days, newest first. */
  Table<Row> lastDays() {
    return new Table<>(columns(), rows());
  }

  private List<String> columns() {
    return metrics.stream()
        .flatMap(
            metric ->
                page.isCompared()
                    ? page.places().stream().map(place -> place.name() + ", " + metric)
                    : Stream.of(metric.capitalized()))
        .toList();
  }

  private List<Row> rows() {
    LocalDate from = page.lastDay().minusDays(DAYS - 1L);
    TreeMap<LocalDate, List<String>> rows = new TreeMap<>(Comparator.reverseOrder());
    int width = metrics.size() * page.places().size();
    int column = 0;
    for (Metric metric : metrics) {
      for (ShownPlace place : page.places()) {
        for (PanelDrawing.Point point : place.points(metric, false)) {
          if (!point.date().isBefore(from)) {
            rows.computeIfAbsent(point.date(), date -> new ArrayList<>(nCopies(width, NONE)))
                .set(column, said(point));
          }
        }
        column++;
      }
    }
    return rows.entrySet().stream()
        .map(row -> new Row(Headline.Said.briefly(row.getKey()), row.getValue()))
        .toList();
  }

  private String said(PanelDrawing.Point point) {
    return point.value() == null
        ? NONE
        : ReaderWords.change(point.value())
            + (point.span() > 1
                ? " in "
                    + ReaderWords.count(point.span(), page.interval() + "", page.interval() + "s")
                : "");
  }
}
