package serve;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import versions.Changes;
import versions.Origin;
import versions.VersionEntry;
import versions.VersionId;

class VersionsOfSiteTest {
  private static final Instant NEWEST = Instant.parse("2026-11-22T21:00:00Z");

  private static List<Instant> kept(int versions) {
    List<VersionEntry> daily =
        IntStream.range(0, versions)
            .mapToObj(day -> version(NEWEST.minus(day, ChronoUnit.DAYS)))
            .toList();
    return VersionsOfSite.kept(daily, UTC).stream().map(VersionEntry::at).toList();
  }

  private static VersionEntry version(Instant at) {
    String id = VersionId.of(at, "00", null, null);
    return new VersionEntry(id, Origin.RUN, null, 1, LocalDate.EPOCH, Changes.NONE);
  }

  @Test
  void theSiteHasEachOfAFewVersions() {
    assertThat(kept(30)).hasSize(30).startsWith(NEWEST);
  }

  @Test
  void theSiteHasTheLastVersionOfEachMonthBeforeTheNewestAndTheFirst() {
    assertThat(kept(70).subList(30, 33))
        .containsExactly(
            Instant.parse("2026-10-23T21:00:00Z"),
            Instant.parse("2026-09-30T21:00:00Z"),
            Instant.parse("2026-09-14T21:00:00Z"));
    assertThat(kept(70)).hasSize(33);
  }

  @Test
  void theSiteHasNoMoreVersionsAfterTenYears() {
    assertThat(kept(3650))
        .hasSize(VersionsOfSite.NEWEST + VersionsOfSite.MONTHS + 1)
        .endsWith(NEWEST.minus(3649, ChronoUnit.DAYS));
  }
}
