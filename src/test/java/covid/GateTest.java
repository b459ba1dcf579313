package covid;

import static covid.Samples.days;
import static covid.Samples.jhu;
import static covid.Samples.nyt;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GateTest {
  private static final List<Day> NOTHING_ARCHIVED = List.of();

  private final Gate gate = gate(new BigDecimal("0.1"), 0, new BigDecimal("0.1"));

  @Test
  void letsAGoodPullPass() {
    assertThat(refusal(gate, nyt(1, 2, 3), jhu(2, 3, 4), days(2, 3))).isEmpty();
    assertThat(refusal(gate, nyt(1), jhu(1), NOTHING_ARCHIVED)).isEmpty();
  }

  @Test
  void refusesAFeedWithoutItsColumns() {
    FeedSet page = without(nyt(), "date");
    assertThat(refusal(gate, page, jhu(1), NOTHING_ARCHIVED))
        .contains(
            "Feed nyt has no column 'date': what https://feeds.test/nyt serves is not this feed, or"
                + " its layout changed.");
    FeedSet other = without(jhu(), "Country/Region", "Recovered");
    assertThat(refusal(gate, nyt(1), other, NOTHING_ARCHIVED))
        .contains(
            "Feed jhu has no column 'Country/Region', 'Recovered': what https://feeds.test/jhu"
                + " serves is not this feed, or its layout changed.");
  }

  @Test
  void refusesAFeedWithoutRowsOfTheCountry() {
    assertThat(refusal(gate, nyt(1), jhu(), NOTHING_ARCHIVED))
        .contains(
            "Feed jhu has no rows of country 'US': look at https://feeds.test/jhu, and at"
                + " feed.jhu.country.");
  }

  @Test
  void refusesFeedsWithoutACommonDay() {
    assertThat(refusal(gate, nyt(1, 2), jhu(3, 5), NOTHING_ARCHIVED))
        .contains(
            "No day is in every feed: nyt has 2020-03-01 to 2020-03-02, jhu has 2020-03-03 to"
                + " 2020-03-05. Compare the dates of the feeds.");
  }

  @Test
  void refusesFeedsThatChangeTheDaysArchivedLast() {
    Day archived = Day.of(days(2, 2).get(0).date(), "US", 1_000, 10, 2);
    assertThat(refusal(gate, nyt(1, 2), jhu(1, 2), List.of(archived)))
        .hasValueSatisfying(
            reason ->
                assertThat(reason).startsWith("1 of the 1 days archived last have a figure less"));
  }

  @Test
  void refusesAFeedOfEmptyRows() {
    FeedSet empty = counted(jhu(), new RowCounts(4, 0, 4, 0));
    assertThat(refusal(gate, nyt(1), empty, NOTHING_ARCHIVED))
        .contains(
            "Feed jhu has 4 rows of country 'US', and none of them has a figure: its source does not"
                + " give what this feed is read for. Look at https://feeds.test/jhu, and at"
                + " feed.jhu.country.");
  }

  @Test
  void refusesAFeedOfEmptyAndBadRows() {
    FeedSet bad = counted(jhu(), new RowCounts(10, 0, 9, 1));
    assertThat(refusal(gate, nyt(1), bad, NOTHING_ARCHIVED))
        .contains(
            "No day is in every feed: nyt has 2020-03-01 to 2020-03-01, jhu has no good day."
                + " Compare the dates of the feeds.");
  }

  @Test
  void letsExactlyTheShareOfBadRowsPass() {
    FeedSet tenth = counted(jhu(1), new RowCounts(30, 26, 1, 3));
    assertThat(refusal(gate, nyt(1), tenth, NOTHING_ARCHIVED)).isEmpty();
  }

  @Test
  void refusesMoreThanTheShareOfBadRows() {
    FeedSet more = counted(jhu(1), new RowCounts(29, 25, 1, 3));
    assertThat(refusal(gate, nyt(1), more, NOTHING_ARCHIVED))
        .contains(
            "Feed jhu has 3 bad rows of 29, more than gate.max-bad-rows allows; the first is line"
                + " 7: cases 'x' is not a number.");
  }

  @Test
  void comparesTheShareOfHugeFeedsExactly() {
    long rows = 9_000_000_000_000_000_000L;
    FeedSet tenth = counted(jhu(1), new RowCounts(rows, rows / 10 * 9, 0, rows / 10));
    FeedSet more = counted(jhu(1), new RowCounts(rows, rows / 10 * 9 - 1, 0, rows / 10 + 1));
    assertThat(refusal(gate, nyt(1), tenth, NOTHING_ARCHIVED)).isEmpty();
    assertThat(refusal(gate, nyt(1), more, NOTHING_ARCHIVED)).isPresent();
  }

  @Test
  void mayAllowNoBadRowOrNothingButBadRows() {
    FeedSet one = counted(jhu(1), new RowCounts(1_000, 999, 0, 1));
    assertThat(refusal(gate(BigDecimal.ZERO, 0, BigDecimal.ZERO), nyt(1), one, NOTHING_ARCHIVED))
        .contains(
            "Feed jhu has 1 bad rows of 1,000, more than gate.max-bad-rows allows; the first is"
                + " line 7: cases 'x' is not a number.");
    FeedSet nearlyAll = counted(jhu(1), new RowCounts(1_000, 1, 0, 999));
    assertThat(
            refusal(gate(BigDecimal.ONE, 0, BigDecimal.ZERO), nyt(1), nearlyAll, NOTHING_ARCHIVED))
        .isEmpty();
  }

  @Test
  void letsExactlyTheLostDaysPass() {
    Gate two = gate(BigDecimal.ZERO, 2, BigDecimal.ZERO);
    assertThat(refusal(two, nyt(3), jhu(3), days(1, 3))).isEmpty();
  }

  @Test
  void refusesMoreThanTheLostDays() {
    Gate two = gate(BigDecimal.ZERO, 2, BigDecimal.ZERO);
    assertThat(refusal(two, nyt(4), jhu(4), days(1, 4)))
        .contains(
            "3 of the 4 days archived last are gone (2020-03-01, 2020-03-02, 2020-03-03), more than"
                + " gate.max-lost-days allows: check which feed lost them.");
    assertThat(refusal(gate, nyt(1, 3), jhu(1, 3), days(1, 3)))
        .contains(
            "1 of the 3 days archived last are gone (2020-03-02), more than"
                + " gate.max-lost-days allows: check which feed lost them.");
  }

  @Test
  void saysTheSameInEveryLocale() {
    FeedSet bad = counted(jhu(1), new RowCounts(2_000, 0, 0, 2_000));
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(refusal(gate, nyt(1), bad, NOTHING_ARCHIVED))
          .contains(
              "Feed jhu has 2,000 bad rows of 2,000, more than gate.max-bad-rows allows; the first"
                  + " is line 7: cases 'x' is not a number.");
    } finally {
      Locale.setDefault(locale);
    }
  }

  // --- Several places

  private static final Dataset PLACES =
      new Dataset(
          "some",
          PlaceSelection.ALL,
          Metric.PUBLISHED,
          Interval.DAY,
          KeySchema.PLACE_DATE,
          "some/");

  @Test
  void refusesAPlaceThatLostADayAndAcceptsTheOthers() {
    DayColumns published = places(10, "DE", "FR", "US");
    DayColumns joined = without(published, new DayKey(new Place("FR"), Samples.date(10)));

    assertThat(decide("34%", joined, published))
        .isEqualTo(
            Verdict.accepted(
                new TreeMap<>(
                    Map.of(
                        new Place("FR"),
                        "1 of the 10 days archived last are gone (2020-03-10), more"
                            + " than gate.max-lost-days allows: check which feed lost them."))));
  }

  @Test
  void refusesAPlaceThatIsGone() {
    DayColumns published = places(10, "DE", "FR", "US");

    assertThat(decide("34%", places(10, "DE", "US"), published).refusedPlaces())
        .containsOnlyKeys(new Place("FR"));
  }

  @Test
  void acceptsAPlaceThatIsNewEvenIfItIsTheOnlyOneWithFigures() {
    assertThat(decide("0%", places(10, "DE", "FR"), places(10, "DE")))
        .isEqualTo(Verdict.accepted(new TreeMap<>()));
  }

  @Test
  void refusesThePullWhenMorePlacesAreRefusedThanAllowed() {
    DayColumns published = places(10, "DE", "FR", "US");

    assertThat(decide("33%", places(10, "DE", "US"), published).refusal())
        .contains(
            "1 of the 3 places are refused, more than gate.max-refused-places allows: FR: 10 of the"
                + " 10 days archived last are gone (2020-03-01 to 2020-03-10), more than"
                + " gate.max-lost-days allows: check which feed lost them.");
  }

  @Test
  void letsPlacesWithoutAnyCountPassUnlessAllAreSo() {
    Day zero = Day.of(Samples.date(1), "TV", 0, 0, 0);
    List<Day> days = new ArrayList<>(places(3, "DE"));
    days.add(zero);

    assertThat(decide("0%", DayColumns.copyOf(days), DayColumns.NONE))
        .isEqualTo(Verdict.accepted(new TreeMap<>()));
    assertThat(decide("0%", DayColumns.copyOf(List.of(zero)), DayColumns.NONE).refusal())
        .hasValueSatisfying(
            reason -> assertThat(reason).startsWith("Every figure of the 1 days is 0: "));
  }

  @Test
  void namesNoPlaceWhereAFeedOfEveryPlaceHasNoRows() {
    assertThat(
            new Gate(PLACES, BigDecimal.ONE, 0, BigDecimal.ONE, BigDecimal.ONE)
                .decide(List.of(jhu()), DayColumns.NONE, DayColumns.NONE)
                .refusal())
        .contains("Feed jhu has no rows: look at https://feeds.test/jhu, and at places.");
  }

  private static Verdict decide(String maxRefused, DayColumns joined, DayColumns published) {
    BigDecimal share = new BigDecimal(maxRefused.replace("%", "")).movePointLeft(2);
    return new Gate(PLACES, BigDecimal.ONE, 0, new BigDecimal("0.1"), share)
        .decide(List.of(jhu(1)), joined, published);
  }

  private static DayColumns places(int days, String... places) {
    List<Day> all = new ArrayList<>();
    for (String place : places) {
      for (int day = 1; day <= days; day++) {
        all.add(Day.of(Samples.date(day), place, 1_000L * day, 10L * day, day));
      }
    }
    return DayColumns.copyOf(all);
  }

  private static DayColumns without(DayColumns days, DayKey key) {
    return DayColumns.copyOf(days.stream().filter(day -> !day.key().equals(key)).toList());
  }

  private static Gate gate(BigDecimal maxBadRows, long maxLostDays, BigDecimal maxChangedDays) {
    return new Gate(
        Dataset.ofCountry(Samples.US), maxBadRows, maxLostDays, maxChangedDays, BigDecimal.ZERO);
  }

  private static Optional<String> refusal(Gate gate, FeedSet nyt, FeedSet jhu, List<Day> archived) {
    List<FeedSet> feeds = List.of(nyt, jhu);
    return gate.decide(feeds, JoinedDays.of(feeds).days(), DayColumns.copyOf(archived)).refusal();
  }

  private static FeedSet without(FeedSet feed, String... columns) {
    return new FeedSet(
        feed.origin(), List.of(columns), feed.counts(), feed.days(), Gaps.NONE, List.of());
  }

  private static FeedSet counted(FeedSet feed, RowCounts counts) {
    return new FeedSet(
        feed.origin(),
        List.of(),
        counts,
        feed.days(),
        Gaps.NONE,
        List.of(new QuarantinedRow(feed.name(), 7, "...", "cases 'x' is not a number")));
  }
}
