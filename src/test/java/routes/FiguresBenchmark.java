package routes;

import covid.ArchivedSet;
import covid.Day;
import covid.DayColumns;
import covid.DayKey;
import covid.FeedSet;
import covid.Gaps;
import covid.Interval;
import covid.JoinedDays;
import covid.Metric;
import covid.Place;
import covid.RowCounts;
import covid.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import web.Answer;
import web.Json;
import web.Periods;
import web.Totals;

/** What is computed of 816 days: the join, and two answers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FiguresBenchmark {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 22);
  private static final int DAYS = 816;

  private static final Place US = new Place("US");

  private final List<FeedSet> feeds =
      List.of(feed("nyt", Metric.CASES, Metric.DEATHS), feed("jhu", Metric.RECOVERED));
  private final ArchivedSet set = new ArchivedSet(new Series(days()), "", "\"x\"", Instant.EPOCH);
  private final Json json = new Json();

  private static FeedSet feed(String name, Metric... metrics) {
    List<Day> days = new ArrayList<>();
    for (int i = 0; i < DAYS; i++) {
      Map<Metric, Long> figures = new TreeMap<>();
      for (Metric metric : metrics) {
        figures.put(metric, 1_000L * i);
      }
      days.add(new Day(new DayKey(US, FIRST.plusDays(i)), figures));
    }
    return new FeedSet(
        new FeedSet.Origin(name, "", "", 0, ""),
        List.of(),
        new RowCounts(DAYS, DAYS, 0, 0),
        DayColumns.copyOf(days),
        Gaps.NONE,
        List.of());
  }

  private static List<Day> days() {
    List<Day> days = new ArrayList<>();
    for (int i = 0; i < DAYS; i++) {
      days.add(Day.of(FIRST.plusDays(i), "US", 1_000L * i, 10L * i, 100L * i));
    }
    return days;
  }

  /** The join of two feeds. */
  @Benchmark
  public JoinedDays join() {
    return JoinedDays.of(feeds);
  }

  /** The answer to {@code GET /totals}. */
  @Benchmark
  public Answer totals() {
    return Answer.of(Answer.JSON, json.write(Totals.of(set.series(), set.updatedAt())));
  }

  /** The answer to {@code GET /days}. */
  @Benchmark
  public Answer series() {
    List<Series.Period> days = set.series().periods(Interval.DAY, LocalDate.MIN, LocalDate.MAX);
    return Answer.of(Answer.JSON, json.write(Periods.of(set.series(), Interval.DAY, days)));
  }
}
