package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import covid.Day;
import covid.DayColumns;
import covid.JoinedDays;
import covid.PullFact;
import covid.Run;
import feeds.ArchiveRecords;
import feeds.SetFormat;
import feeds.SetText;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import versions.Changes;
import versions.Origin;
import versions.Pointer;
import versions.VersionEntry;
import versions.VersionId;

class PublicationTest {
  private static final Instant AT = Instant.parse("2026-11-29T06:00:00Z");
  private static final DayColumns DAYS =
      DayColumns.copyOf(
          List.of(
              Day.of(LocalDate.of(2020, 3, 1), "US", 1, 2, 3),
              Day.of(LocalDate.of(2020, 3, 2), "US", 4, 5, 6)));

  /** Every day of the version is another one than those before, so all of them are added. */
  private static final Changes ALL_DAYS = new Changes(2, 0, 2);

  private final Run run = Run.begin("2026-11-29T06-00-00Z-7f3a", "schedule", AT);

  @BeforeEach
  void pull() {
    run.note(new PullFact.PullBegan(AT));
    run.note(new PullFact.DaysJoined(new JoinedDays(DAYS, new TreeMap<>())));
  }

  @Test
  void knowsWhatAnotherProcessOfTheRunHasPublishedThatReplacesEveryDay() throws IOException {
    VersionEntry published = published("2026-11-28T06-00-00Z-00000001", run.id());

    assertThat(found(published).publishedByThisRun(run)).contains(published);
  }

  @Test
  void knowsThatTheFirstVersionHasChangedNothing() throws IOException {
    assertThat(found(published(null, run.id())).publishedByThisRun(run)).isEmpty();
  }

  @Test
  void isNotOfThisRunIfAnotherOnePublishedTheSameSet() throws IOException {
    VersionEntry published =
        published("2026-11-28T06-00-00Z-00000001", "2026-11-29T06-00-00Z-0000");

    assertThat(found(published).publishedByThisRun(run)).isEmpty();
  }

  private static VersionEntry published(@Nullable String parent, String by) throws IOException {
    return new VersionEntry(
        VersionId.of(AT, text().sha256(), parent, by),
        Origin.RUN,
        by,
        DAYS.size(),
        DAYS.newest(),
        ALL_DAYS);
  }

  /** What a run makes of its days where it finds them published as a version. */
  private Publication found(VersionEntry version) throws IOException {
    BaseSet base =
        new BaseSet(
            "\"1\"",
            AT,
            Optional.of(new Pointer(version.id(), AT, version.run(), List.of(version))),
            new ArchiveRecords.Content(SetFormat.DATED, DAYS),
            List.of(),
            SetFormat.DATED.text(DAYS.stream()));
    return Publication.of(
        run,
        text(),
        SetFormat.DATED,
        new ComparedSet.Source(Origin.RUN, run.id(), false, List.of(), new TreeMap<>()),
        Optional.of(base));
  }

  private static SetText text() throws IOException {
    return SetText.of(
        DAYS.byPlace().firstKey(), SetFormat.DATED.text(DAYS.stream()).getBytes(UTF_8));
  }
}
