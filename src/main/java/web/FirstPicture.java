package web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import covid.Interval;
import covid.KnownBreak;
import covid.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows before its script has read anything, and where there is no script: the latest
 * figures, the chart and the last 30 days, as they are without a choice of the reader but for the
 * places. It is laid out as the page is, so that nothing moves when the script takes over.
 *
 * @param places that are shown, at least one
 * @param isChosen whether they are some of many
 * @param interval how far apart the figures are: a day or a week
 * @param updatedAt when the set was published
 * @param isEarlier whether it is an earlier version
 * @param isSynthetic whether the figures are invented
 * @param standing what is to be said of metrics that stand still
 * @param known since when figures mean something else; null if nothing is known
 * @param credits the sentences that name the sources
 */
public record FirstPicture(
    List<ShownPlace> places,
    boolean isChosen,
    Interval interval,
    Instant updatedAt,
    boolean isEarlier,
    boolean isSynthetic,
    List<String> standing,
    @Nullable List<KnownBreak> known,
    List<String> credits) {
  private static final Template TEMPLATE = template();

  /** Everything that a value has of the signs of HTML is escaped. */
  private static Template template() {
    try (InputStream file =
            Objects.requireNonNull(
                FirstPicture.class.getResourceAsStream("/dashboard/first.mustache"));
        Reader text = new InputStreamReader(file, UTF_8)) {
      return Mustache.compiler().defaultValue("").emptyStringIsFalse(true).compile(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the template has. */
  private record Page(
      String heading,
      Headline.Said lastDay,
      boolean earlier,
      Instant updatedAt,
      String updated,
      boolean synthetic,
      String remarks,
      boolean embedded,
      boolean chosen,
      boolean compared,
      boolean legend,
      List<Named> places,
      List<Control> controls,
      int count,
      List<FirstPanel> panels,
      boolean hasBreaks,
      List<Known> breaks,
      FirstTables.@Nullable Table<FirstTables.Latest> comparison,
      String measure,
      String dayColumn,
      FirstTables.Table<FirstTables.Row> lastDays,
      List<String> credits) {}

  private record Known(Headline.Said day, String text) {}

  private record Named(String line, String name) {}

  private record Control(String legend, List<String> options) {}

  /** Whether the places are compared: then the lines have the colours of places. */
  boolean isCompared() {
    return places.size() > 1;
  }

  boolean isDaily() {
    return interval == Interval.DAY;
  }

  /** Its title. */
  public String heading() {
    return "COVID-19 · " + ReaderWords.list(places.stream().map(ShownPlace::name).toList());
  }

  /**
   * The picture as HTML.
   *
   * @param isEmbedded whether it is alone, for pages of other sites
   * @param runs the last ones, newest first, which know of the feeds; none if they cannot be read
   */
  public String html(boolean isEmbedded, List<RunLine> runs) {
    List<Metric> metrics = metrics();
    List<Known> breaks = breaks();
    FirstTables tables = new FirstTables(this, metrics);
    LocalDate last = lastDay();
    List<FirstPanel> panels = metrics.stream().map(metric -> FirstPanel.of(this, metric)).toList();
    return TEMPLATE.execute(
        new Page(
            heading(),
            new Headline.Said(last, ReaderWords.day(last)),
            isEarlier,
            updatedAt,
            ReaderWords.moment(updatedAt),
            isSynthetic,
            Remarks.of(isEarlier ? List.of() : runs, standing),
            isEmbedded,
            isChosen && !isEmbedded,
            isCompared(),
            isCompared() && isEmbedded,
            IntStream.range(0, places.size())
                .mapToObj(i -> new Named(line(i), places.get(i).name()))
                .toList(),
            controls(),
            panels.size(),
            panels,
            !breaks.isEmpty(),
            breaks,
            isCompared() ? tables.comparison() : null,
            isDaily() ? "what is new" : "what is new in the week",
            isDaily() ? "Day" : "Week to",
            tables.lastDays(),
            credits));
  }

  /** What is to be said of a metric that stands still in some of many places. */
  public static String standing(Metric metric, long places, long all) {
    return Remarks.standing(metric.name(), places, all);
  }

  /** The class of a place's colour. */
  static String line(int place) {
    return "line-" + (place + 1);
  }

  private List<Metric> metrics() {
    return places.stream().flatMap(place -> place.metrics().stream()).distinct().toList();
  }

  LocalDate firstDay() {
    return places.stream().map(ShownPlace::firstDay).min(Comparator.naturalOrder()).orElseThrow();
  }

  LocalDate lastDay() {
    return places.stream().map(ShownPlace::lastDay).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** The known breaks of the days that are shown. */
  List<KnownBreak> knownHere() {
    return Stream.ofNullable(known)
        .flatMap(List::stream)
        .filter(each -> !each.date().isBefore(firstDay()) && !each.date().isAfter(lastDay()))
        .toList();
  }

  private List<Known> breaks() {
    return knownHere().stream()
        .map(
            each ->
                new Known(
                    new Headline.Said(each.date(), ReaderWords.day(each.date())), each.text()))
        .toList();
  }

  /** The room that the controls of the script are going to take. */
  private List<Control> controls() {
    return List.of(
        new Control(
            "Figures",
            isDaily() ? List.of("Daily", "7-day average", "Total") : List.of("Weekly", "Total")),
        new Control("Range", List.of("All", "1 year", "6 months", "3 months", "1 month")));
  }
}
