package versions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointerTest {
  private static final Instant AT = Instant.parse("2026-11-22T21:00:00Z");
  private static final String SHA256 = "a".repeat(64);
  private static final String ID = VersionId.of(AT, "ab", null, "2026-11-22T21-00-00Z-7f3a");

  private static VersionEntry entry(Origin origin, String run) {
    return new VersionEntry(
        ID, origin, run, 1_142, LocalDate.parse("2023-03-09"), new Changes(1, 20, 3));
  }

  @Test
  void isReadFromTheMetadataThatItIsWrittenTo() {
    Pointer pointer =
        new Pointer(
            ID,
            AT.plusMillis(7),
            "2026-11-22T22-00-00Z-7f3b",
            List.of(entry(Origin.RUN, "2026-11-22T21-00-00Z-7f3a"), entry(Origin.FOUND, null)));
    assertThat(Pointer.of(pointer.metadata())).contains(pointer);
  }

  @Test
  void whatIsWithheldIsReadFromTheMetadataThatItIsWrittenTo() {
    Withheld known = Withheld.of(version(List.of(new Version.Feed("nyt", SHA256))));
    Withheld unknown = Withheld.of(version(List.of()));
    Pointer pointer = new Pointer(ID, AT, null, List.of(), List.of(known, unknown));
    assertThat(Pointer.of(pointer.metadata())).contains(pointer);
    assertThat(known.isOf(List.of(new Version.Feed("nyt", SHA256)))).isTrue();
    assertThat(known.isOf(List.of(new Version.Feed("nyt", "b".repeat(64))))).isFalse();
    assertThat(unknown.isOf(List.of())).isFalse();
    assertThat(unknown.isSet(SHA256)).isTrue();
    assertThat(unknown.isSet("b".repeat(64))).isFalse();
  }

  private static Version version(List<Version.Feed> feeds) {
    return new Version(
        ID,
        Origin.RUN,
        null,
        null,
        AT,
        SHA256,
        3,
        LocalDate.parse("2023-03-09"),
        false,
        Changes.NONE,
        feeds,
        new TreeMap<>(),
        List.of(),
        null);
  }

  @Test
  void twentyRecentVersionsFitIntoTheMetadataOfAnObject() {
    List<VersionEntry> recent =
        Collections.nCopies(20, entry(Origin.RUN, "2026-11-22T21-00-00Z-7f3a"));
    int bytes =
        new Pointer(ID, AT, "2026-11-22T22-00-00Z-7f3b", recent)
            .metadata().entrySet().stream()
                .mapToInt(each -> (each.getKey() + each.getValue()).getBytes(UTF_8).length)
                .sum();
    assertThat(bytes).isLessThan(2_048);
  }

  @Test
  void thereIsNoneInMetadataOfVersion01() {
    assertThat(Pointer.of(Map.of("rows", "3", "sha256", "ab"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"version,latest", "version,2026-13-22T21-00-00Z-7f3a9c01", "pulled-at,yesterday"})
  void thereIsNoneInDamagedMetadata(String key, String value) {
    Map<String, String> metadata =
        new HashMap<>(new Pointer(ID, AT, null, List.of(entry(Origin.IMPORT, null))).metadata());
    metadata.put(key, value);
    assertThat(Pointer.of(metadata)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a/b/c/d/e/f/g", "2026-11-22T21-00-00Z-7f3a9c01/run/x/y/1/2/3"})
  void wordsThatAreNoVersionsAreLeftOut(String word) {
    Map<String, String> metadata = new HashMap<>(new Pointer(ID, AT, null, List.of()).metadata());
    metadata.put("versions", word + " " + entry(Origin.ROLLBACK, null).word());
    assertThat(Pointer.of(metadata).orElseThrow().recent())
        .containsExactly(entry(Origin.ROLLBACK, null));
  }

  @Test
  void anIdTellsTheSecondOfItsVersion() {
    assertThat(VersionId.at(ID)).isEqualTo(AT);
    assertThat(VersionId.isId(ID)).isTrue();
    assertThat(VersionId.isId("2026-11-22T21-00-00Z-7f3a")).isFalse();
  }

  @Test
  void theSameVersionHasTheSameIdAgainAndAnotherRunAnotherOne() {
    assertThat(VersionId.of(AT, "ab", null, "2026-11-22T21-00-00Z-7f3a")).isEqualTo(ID);
    assertThat(VersionId.of(AT, "ab", null, "2026-11-22T21-00-00Z-7f3b")).isNotEqualTo(ID);
    assertThat(VersionId.of(AT, "ab", ID, "2026-11-22T21-00-00Z-7f3a")).isNotEqualTo(ID);
  }

  @Test
  void theIndexHasEachVersionOnceTheOldestFirst() {
    VersionEntry old =
        new VersionEntry(
            VersionId.of(AT.minusSeconds(60), "aa", null, null),
            Origin.IMPORT,
            null,
            3,
            LocalDate.parse("2020-01-24"),
            Changes.NONE);
    VersionEntry found = entry(Origin.FOUND, null);
    VersionIndex index = VersionIndex.EMPTY.plus(List.of(found)).plus(List.of(found, old));
    assertThat(index.versions()).containsExactly(old, found);
    assertThat(index.has(ID)).isTrue();
  }
}
