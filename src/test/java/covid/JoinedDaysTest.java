package covid;

import static covid.Samples.day;
import static covid.Samples.jhu;
import static covid.Samples.nyt;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JoinedDaysTest {
  @Test
  void hasTheDaysOfBothFeedsAscending() {
    assertThat(JoinedDays.of(List.of(nyt(3, 1, 2), jhu(2, 4, 3))))
        .isEqualTo(
            new JoinedDays(List.of(day(2), day(3)), new TreeMap<>(Map.of("nyt", 1, "jhu", 1))));
  }

  @Test
  void doesNotDependOnTheOrderOfTheFeeds() {
    assertThat(JoinedDays.of(List.of(jhu(1, 2), nyt(2, 3, 4))))
        .isEqualTo(JoinedDays.of(List.of(nyt(2, 3, 4), jhu(1, 2))));
  }

  @Test
  void isEmptyWithoutACommonDay() {
    assertThat(JoinedDays.of(List.of(nyt(1, 2), jhu(3))))
        .isEqualTo(new JoinedDays(List.of(), new TreeMap<>(Map.of("nyt", 2, "jhu", 1))));
    assertThat(JoinedDays.of(List.of(nyt(), jhu())))
        .isEqualTo(new JoinedDays(List.of(), new TreeMap<>(Map.of("nyt", 0, "jhu", 0))));
  }

  @Test
  void keepsPublishedDaysThatAreIncompleteInAFeed() {
    List<FeedSet> feeds = List.of(nyt(1, 2, 3, 5), lacking(jhu(1), 2, 3, 4));
    Day published = Day.of(day(2).date(), "US", 7, 7, 7);
    Day revised = Day.of(day(1).date(), "US", 8, 8, 8);
    Day elsewhere = Day.of(day(3).date(), "Utopia", 9, 9, 9);

    // The first is whole; the fourth and fifth are gone from one of the feeds.
    assertThat(
            JoinedDays.of(feeds)
                .keeping(
                    feeds,
                    DayColumns.copyOf(List.of(revised, published, elsewhere, day(4), day(5)))))
        .isEqualTo(
            new JoinedDays(List.of(day(1), published), new TreeMap<>(Map.of("nyt", 3, "jhu", 0))));
  }

  private static FeedSet lacking(FeedSet feed, int... days) {
    List<IncompleteDay> incomplete =
        Arrays.stream(days)
            .mapToObj(day -> new IncompleteDay(day(day).key(), 1, List.of("West")))
            .toList();
    return new FeedSet(
        feed.origin(),
        List.of(),
        feed.counts(),
        feed.days(),
        new Gaps(incomplete, List.of()),
        List.of());
  }
}
