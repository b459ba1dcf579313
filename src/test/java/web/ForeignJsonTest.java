package web;

import static org.assertj.core.api.Assertions.assertThatIOException;

import chunks.ChunkResult;
import covid.DeadLetter;
import covid.KeySchema;
import covid.RunReport;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import versions.Version;
import versions.VersionIndex;

/** What this program does not write is none of its objects, rather than one that fails later. */
class ForeignJsonTest {
  private static final Json JSON = new Json(KeySchema.PLACE_DATE);

  @Test
  void anIndexWithAnIdThatIsNoneIsNone() {
    assertIsNone(
        """
        {"versions": [{"id": "the first", "origin": "run", "rows": 1, "newestDay": "2020-01-24",
                       "changes": {"added": 1, "revised": 0, "removed": 0}}]}
        """,
        VersionIndex.class);
  }

  @Test
  void aManifestWithAnIdThatIsNoneIsNone() {
    assertIsNone(
        """
        {"id": "the first", "origin": "run", "at": "2026-11-22T21:00:00Z", "sha256": "ab", "rows": 1,
         "newestDay": "2020-01-24", "changes": {"added": 1, "revised": 0, "removed": 0}, "series": []}
        """,
        Version.class);
  }

  @Test
  void aReportWithAFeedThatIsNullIsNone() {
    assertIsNone(
        """
        {"id": "2026-11-22T21-00-00Z-7f3a", "trigger": "schedule", "status": "succeeded",
         "startedAt": "2026-11-22T21:00:00Z", "feeds": [null]}
        """,
        RunReport.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2020-01-01/+5000000-01-01",
        "-0001-12-31",
        "2020-01-02/2020-01-01",
        "2020-01-02/2020-01-01/2020-01-03",
      })
  void aResultWithDatesOfAnotherAgeIsNone(String dates) {
    assertIsNone(
        """
        {"run": "2026-11-22T21-00-00Z-7f3a", "chunk": 0, "joined": 0, "added": ["%s"], "present": [],
         "revised": [], "unreadable": [], "deadLetters": []}
        """
            .formatted(dates),
        ChunkResult.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1e3", "18446744073709551617"})
  void aDeadLetterWithAFigureThatIsNoCountIsNone(String figure) {
    String letter =
        """
        {"day": {"place": "DE", "country": "DE", "date": "2020-01-24", "cases": %s}, "error": "any",
         "attempts": 1, "firstFailure": "2026-11-22T21:00:00Z", "lastFailure": "2026-11-22T21:00:00Z"}
        """
            .formatted(figure);
    assertIsNone(letter, DeadLetter.class);
    assertThatIOException()
        .isThrownBy(
            () -> new Json().read(letter.getBytes(StandardCharsets.UTF_8), DeadLetter.class));
  }

  private static void assertIsNone(String text, Class<?> type) {
    assertThatIOException()
        .isThrownBy(() -> JSON.read(text.getBytes(StandardCharsets.UTF_8), type));
  }
}
