package covid;

import static covid.Samples.date;
import static covid.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartFiguresTest {
  private final Feed feed = new Feed();

  @Test
  void hasNoGapsInAFeedOfOnePart() {
    feed.figures("", 1, 5).figures("", 9, 9).figures("", 50, 60).row(100);
    assertThat(feed.gaps()).isEqualTo(Gaps.NONE);
  }

  @Test
  void waitsForAPartThatGaveAFigureBefore() {
    feed.figures("East", 1, 5).figures("West", 1, 3);
    assertThat(feed.gaps())
        .isEqualTo(new Gaps(List.of(lacking(4, "West"), lacking(5, "West")), List.of()));
  }

  @Test
  void doesNotWaitForAPartBeforeItsFirstFigure() {
    feed.figures("East", 1, 5).figures("West", 4, 5);
    assertThat(feed.gaps()).isEqualTo(Gaps.NONE);
  }

  @Test
  void waitsForAPartInTheMiddleOfItsFigures() {
    feed.figures("East", 1, 9).figures("West", 1, 3).figures("West", 6, 9);
    assertThat(feed.gaps())
        .isEqualTo(new Gaps(List.of(lacking(4, "West"), lacking(5, "West")), List.of()));
  }

  @ParameterizedTest
  @CsvSource({"28, 27, 0", "29, 0, 1"})
  void waitsNoLongerForAPartWithoutAFigureFor28Days(int newest, int incomplete, int ended) {
    feed.figures("East", 1, newest).figures("West", 1, 1);
    assertThat(feed.gaps().incomplete()).hasSize(incomplete);
    assertThat(feed.gaps().ended())
        .isEqualTo(List.of(new EndedPart("West", date(1))).subList(0, ended));
  }

  @ParameterizedTest
  @CsvSource({"29, 27", "30, 0"})
  void doesNotWaitForAPartThatWentOnAfter28Days(int again, int incomplete) {
    feed.figures("East", 1, 60).figures("West", 1, 1).figures("West", again, 60);
    assertThat(feed.gaps().incomplete()).hasSize(incomplete);
    assertThat(feed.gaps().ended()).isEmpty();
  }

  @Test
  void countsTheDaysOfAWeeklyFeedByTheCalendar() {
    IntStream.of(1, 8, 15, 22, 29).forEach(day -> feed.figures("East", day, day));
    feed.figures("West", 1, 1);
    assertThat(feed.gaps()).isEqualTo(new Gaps(List.of(), List.of(new EndedPart("West", date(1)))));
  }

  @Test
  void measuresUpToTheNewestRowEvenIfItHasNoFigure() {
    feed.figures("East", 1, 5).figures("West", 1, 3).row(31);
    assertThat(feed.gaps()).isEqualTo(new Gaps(List.of(), List.of(new EndedPart("West", date(3)))));
  }

  @Test
  void saysNothingOfAFeedAllOfWhosePartsEndOnOneDay() {
    feed.figures("East", 1, 5).figures("West", 1, 5).row(100);
    assertThat(feed.gaps()).isEqualTo(Gaps.NONE);
  }

  @Test
  void takesADayWithAnUnreadablePartForIncompleteUnlessAnotherRowGivesIt() {
    feed.figures("East", 1, 2).figures("West", 2, 2);
    feed.unreadable("West", 1).unreadable("West", 2).unreadable("East", 3);
    assertThat(feed.gaps()).isEqualTo(new Gaps(List.of(lacking(1, "West")), List.of()));
  }

  @Test
  void namesThreePartsOfADayInOneLineEach() {
    feed.figures("East", 1, 2);
    for (String part : List.of("", "b\r\nc", "x".repeat(70), "y", "z")) {
      feed.figures(part, 1, 1);
    }
    assertThat(feed.gaps().incomplete())
        .containsExactly(
            new IncompleteDay(
                key(2), 5, List.of("(the part without a name)", "b c", "x".repeat(60) + "...")))
        .first()
        .extracting(IncompleteDay::missingParts)
        .isEqualTo("(the part without a name), b c, " + "x".repeat(60) + "... and 2 more");
  }

  /** A row: whether it has a figure, of which part and day. */
  private record Row(boolean good, String part, int day) {}

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void doesNotDependOnTheOrderOfTheRows(@ForAll("orders") List<List<Row>> orders) {
    assertThat(gaps(orders.get(0))).isEqualTo(gaps(orders.get(1)));
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void neverWaitsBeforeAFirstFigureAndNeverForADayWithoutAny(@ForAll("rows") List<Row> rows) {
    for (IncompleteDay day : gaps(rows).incomplete()) {
      assertThat(rows).anyMatch(row -> row.good() && date(row.day()).equals(day.date()));
      assertThat(day.parts())
          .allSatisfy(
              part ->
                  assertThat(rows)
                      .anyMatch(
                          row ->
                              row.good()
                                  && row.part().equals(part)
                                  && date(row.day()).isBefore(day.date()))
                      .noneMatch(
                          row ->
                              row.good()
                                  && row.part().equals(part)
                                  && date(row.day()).equals(day.date())));
    }
  }

  @Provide
  Arbitrary<List<Row>> rows() {
    return Combinators.combine(
            Arbitraries.of(true, true, true, false),
            Arbitraries.of("East", "West", "South"),
            Arbitraries.integers().between(1, 80))
        .as(Row::new)
        .list()
        .ofMaxSize(80);
  }

  @Provide
  Arbitrary<List<List<Row>>> orders() {
    return rows()
        .flatMap(rows -> Arbitraries.shuffle(rows).map(shuffled -> List.of(rows, shuffled)));
  }

  private static Gaps gaps(List<Row> rows) {
    Feed feed = new Feed();
    for (Row row : rows) {
      if (row.good()) {
        feed.figures(row.part(), row.day(), row.day());
      } else {
        feed.row(row.day());
      }
    }
    return feed.gaps();
  }

  private static IncompleteDay lacking(int day, String... parts) {
    return new IncompleteDay(key(day), parts.length, List.of(parts));
  }

  /** What is noted of a feed, days by their numbers. */
  private static final class Feed {
    private final PlaceSums place =
        new PlaceSums(Samples.US, List.of(Metric.CASES), new FigurePages.Room(0));

    Feed figures(String part, int first, int last) {
      for (int day = first; day <= last; day++) {
        place.part(part).add(DateSet.epochDay(date(day)), new long[] {1});
      }
      return this;
    }

    Feed unreadable(String part, int day) {
      place.part(part).unreadable(DateSet.epochDay(date(day)));
      return this;
    }

    void row(int day) {
      place.row(DateSet.epochDay(date(day)));
    }

    Gaps gaps() {
      return new Gaps(place.incomplete(), place.ended(false));
    }
  }
}
