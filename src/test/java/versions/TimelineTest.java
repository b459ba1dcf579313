package versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimelineTest {
  /** The second and the third are of one second, in which the ids sort the other way. */
  private static final VersionEntry FIRST = entry("2026-11-20T12-00-00Z-00000001");

  private static final VersionEntry SECOND = entry("2026-11-21T12-00-00Z-ffffffff");
  private static final VersionEntry THIRD = entry("2026-11-21T12-00-00Z-00000000");
  private static final VersionEntry FOURTH = entry("2026-11-22T12-00-00Z-00000002");

  private final Timeline timeline =
      new Timeline(new VersionIndex(List.of(FIRST, SECOND), null, null), List.of(FOURTH, THIRD));

  private static VersionEntry entry(String id) {
    return new VersionEntry(id, Origin.RUN, null, 1, LocalDate.EPOCH, Changes.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T12:00:00Z,           2026-11-20T12-00-00Z-00000001",
    "2026-11-21T11:59:59.999999999Z, 2026-11-20T12-00-00Z-00000001",
    "2026-11-21T12:00:00Z,           2026-11-21T12-00-00Z-00000000",
    "2026-11-22T11:59:59Z,           2026-11-21T12-00-00Z-00000000",
    "2026-11-22T12:00:00.5Z,         2026-11-22T12-00-00Z-00000002",
    "+1000000000-12-31T23:59:59Z,    2026-11-22T12-00-00Z-00000002",
  })
  void theNewestVersionThatIsNotLaterIsTheOneOfAMoment(Instant moment, String id) {
    assertThat(timeline.asOf(moment)).map(VersionEntry::id).contains(id);
  }

  @Test
  void thereIsNoVersionBeforeTheFirst() {
    assertThat(timeline.asOf(Instant.parse("2026-11-20T11:59:59.9Z"))).isEmpty();
    assertThat(timeline.first()).contains(FIRST);
    assertThat(Timeline.EMPTY.asOf(Instant.MAX)).isEmpty();
    assertThat(Timeline.EMPTY.first()).isEmpty();
    assertThat(Timeline.EMPTY.before("", 9)).isEmpty();
  }

  @Test
  void theVersionsBeforeOneAreTheNewestFirst() {
    assertThat(timeline.before("", 9)).containsExactly(FOURTH, THIRD, SECOND, FIRST);
    assertThat(timeline.before("", 2)).containsExactly(FOURTH, THIRD);
    assertThat(timeline.before(THIRD.id(), 9)).containsExactly(SECOND, FIRST);
    assertThat(timeline.before(FIRST.id(), 9)).isEmpty();
  }

  @Test
  void beforeAVersionThatIsNotThereAreThoseOfEarlierSeconds() {
    assertThat(timeline.before("2026-11-21T12-00-00Z-11111111", 9)).containsExactly(FIRST);
    assertThat(timeline.before("2026-11-23T12-00-00Z-11111111", 1)).containsExactly(FOURTH);
    assertThat(timeline.before("2020-11-23T12-00-00Z-11111111", 1)).isEmpty();
  }

  @Test
  void aVersionInTheIndexAndAmongTheRecentIsThereOnce() {
    Timeline both =
        new Timeline(new VersionIndex(List.of(FIRST, SECOND), null, null), List.of(SECOND, FIRST));

    assertThat(both.size()).isEqualTo(2);
  }

  @Test
  void eachVersionIsFoundHoweverManyThereAre() {
    List<VersionEntry> many =
        IntStream.range(0, 100)
            .mapToObj(i -> entry("2026-11-20T12-%02d-%02dZ-00000000".formatted(i / 60, i % 60)))
            .toList();
    Timeline longer = new Timeline(new VersionIndex(many, null, null), List.of());

    assertThat(many.stream().flatMap(each -> longer.asOf(each.at()).stream())).isEqualTo(many);
    assertThat(Stream.of(longer.before("", 100).get(99))).containsExactly(many.get(0));
  }

  @Test
  void findsTheVersionThatARunPublished() {
    String run = "2026-11-23T12-00-00Z-0123";
    VersionEntry published =
        new VersionEntry(
            "2026-11-23T12-00-00Z-00000003", Origin.RUN, run, 1, FIRST.newestDay(), Changes.NONE);
    Timeline longer = new Timeline(VersionIndex.EMPTY, List.of(published, FOURTH));
    assertThat(longer.ofRun(run)).contains(published);
    assertThat(longer.ofRun("2026-11-23T12-00-00Z-0124")).isEmpty();
  }
}
