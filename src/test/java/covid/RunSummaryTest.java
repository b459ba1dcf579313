package covid;

import static covid.Samples.date;
import static covid.Samples.day;
import static covid.Samples.days;
import static covid.Samples.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private static final Instant START = Instant.parse("2020-06-01T20:00:00Z");
  private static final RunReport.Archive ARCHIVE =
      new RunReport.Archive("CovidData.csv", 1_142, date(2), "ab", null, null);

  @Test
  void tellsOfARunThatSucceeded() {
    RunReport report = reports().added(2).days(1_142, 2, 1_140, 0, 0).archive(ARCHIVE).report();
    assertThat(RunSummary.of(report))
        .isEqualTo(
            new RunSummary(
                "Covid Table Update",
                """
                2 row(s) have been added

                Run       r-2 by schedule: succeeded in 7.3 s
                Feed jhu  1,142 rows to 2020-03-02, 1 empty, 12 quarantined, 0 days only here
                Feed nyt  1,158 rows to no day, 0 empty, 0 quarantined, 1,016 days only here
                Days      1,142 joined: 2 added, 1,140 present (0 revised), 0 in the dead letter
                Archive   CovidData.csv, 1,142 days to 2020-03-02
                """));
  }

  @Test
  void tellsOfDaysThatWereNotWritten() {
    RunReport report =
        reports()
            .ended(RunStatus.PARTIAL, null)
            .added(1_003)
            .days(1_142, 1_000, 140, 1, 2)
            .revised(List.of(new RunReport.Revision(day(5), null)))
            .deadLetters(
                new DeadLetter(day(1), "throttled", 6, START, START),
                new DeadLetter(day(2), "unreachable", 12, START, START))
            .replay(List.of(key(7), key(8), key(9)), List.of(key(3)), List.of(key(1)))
            .archive(ARCHIVE)
            .unfinishedRuns(
                new RunMarker("r-1", "schedule", START, new RunMarker.Owner("mill", 42, START)))
            .warnings("dead-letter/x.json cannot be read; it was set aside.")
            .report();
    assertThat(RunSummary.of(report))
        .isEqualTo(
            new RunSummary(
                "Covid Table Update",
                """
                1003 row(s) have been added

                Run       r-2 by schedule: partial in 7.3 s
                Feed jhu  1,142 rows to 2020-03-02, 1 empty, 12 quarantined, 0 days only here
                Feed nyt  1,158 rows to no day, 0 empty, 0 quarantined, 1,016 days only here
                Days      1,142 joined: 1,000 added, 140 present (1 revised), 2 in the dead letter
                Replayed  5 from the dead letter: 3 added, 1 present, 1 failed again
                Archive   CovidData.csv, 1,142 days to 2020-03-02

                Not written, and kept for the next run:
                  2020-03-01  throttled (6 attempts)
                  2020-03-02  unreachable (12 attempts)

                Revised by the feeds, and left as they are in the table:
                  2020-03-05

                Earlier runs:
                  Run r-1 (schedule, on mill) did not finish.

                Please note:
                  dead-letter/x.json cannot be read; it was set aside.
                """));
  }

  @Test
  void tellsWhyAPullWasRefused() {
    assertThat(RunSummary.of(ended(RunStatus.REFUSED, "Feed jhu has no rows of country 'us'.")))
        .isEqualTo(
            new RunSummary(
                "Covid Table Update FAILED",
                """
                Feed jhu has no rows of country 'us'.

                Run       r-2 by schedule: refused in 7.3 s
                Feed jhu  1,142 rows to 2020-03-02, 1 empty, 12 quarantined, 0 days only here
                Feed nyt  1,158 rows to no day, 0 empty, 0 quarantined, 1,016 days only here
                Days      0 joined: 0 added, 0 present (0 revised), 0 in the dead letter
                Archive   left as it was
                """));
  }

  @Test
  void tellsWhyARunFailed() {
    assertThat(RunSummary.of(ended(RunStatus.FAILED, "The table is missing.")))
        .isEqualTo(
            new RunSummary(
                "Covid Table Update FAILED",
                """
                The table is missing.

                Run       r-2 by schedule: failed in 7.3 s
                Feed jhu  1,142 rows to 2020-03-02, 1 empty, 12 quarantined, 0 days only here
                Feed nyt  1,158 rows to no day, 0 empty, 0 quarantined, 1,016 days only here
                Days      0 joined: 0 added, 0 present (0 revised), 0 in the dead letter
                Archive   left as it was
                """));
  }

  @Test
  void namesWhatAFeedLacksOfADay() {
    RunReport lacking =
        reports()
            .feeds(
                Reports.feed(
                    "jhu",
                    4,
                    0,
                    0,
                    date(2),
                    0,
                    new IncompleteDay(key(3), 1, List.of("West")),
                    new IncompleteDay(key(4), 5, List.of("East", "North", "South"))))
            .report();
    assertThat(RunSummary.of(lacking).text())
        .endsWith(
            """

            Incomplete in feed jhu, and held back unless published before:
              2020-03-03  without West
              2020-03-04  without East, North, South and 2 more
            """);
  }

  @Test
  void listsTwentyDaysAndCountsTheOthers() {
    assertThat(listing(20).lines())
        .containsExactlyElementsOf(
            Stream.of(
                    Stream.of("Revised by the feeds, and left as they are in the table:"),
                    IntStream.rangeClosed(1, 20).mapToObj(day -> "  " + date(day)))
                .flatMap(lines -> lines)
                .toList());
    assertThat(listing(1_022).lines())
        .hasSize(22)
        .startsWith("Revised by the feeds, and left as they are in the table:", "  2020-03-01")
        .endsWith("  2020-03-20", "  and 1002 more");
  }

  @Test
  void saysTheSameInEveryLocale() {
    RunReport report = ended(RunStatus.SUCCEEDED, null);
    String english = RunSummary.of(report).text();
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      assertThat(RunSummary.of(report).text()).isEqualTo(english);
    } finally {
      Locale.setDefault(locale);
    }
  }

  private static String listing(int revised) {
    RunReport report =
        reports()
            .days(revised, 0, revised, revised, 0)
            .revised(
                days(1, revised).stream().map(day -> new RunReport.Revision(day, null)).toList())
            .archive(ARCHIVE)
            .report();
    String text = RunSummary.of(report).text();
    return text.substring(text.indexOf("Revised"));
  }

  private static RunReport ended(RunStatus status, String reason) {
    return reports().ended(status, reason).report();
  }

  private static Reports reports() {
    return Reports.of("r-2", START, Duration.ofMillis(7_250))
        .feeds(
            Reports.feed("jhu", 1_129, 1, 12, date(2), 0),
            Reports.feed("nyt", 1_158, 0, 0, null, 1_016));
  }
}
