package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastPullTest {
  private static final Instant THEN = Instant.parse("2026-11-22T21:00:00Z");
  private static final String SHA256 = "0a".repeat(32);
  private static final LastPull.Content CONTENT =
      new LastPull.Content(9_000, 800, 16, 800, LocalDate.parse("2022-04-16"));

  private static LastPull with(String etag, String lastModified) {
    return new LastPull(
        "jhu", SHA256, "8ddcc3fca440", etag, lastModified, THEN, THEN, Optional.of(CONTENT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"v1\"", "W/\"a b/c%+é,\"", "\"\u00ff\""})
  void isTheSameWhenItIsReadAgain(String etag) {
    LastPull last = with(etag, "Sat, 25 Jan 2020 05:00:00 GMT");

    assertThat(last.word()).matches("[\\x21-\\x7e]+");
    assertThat(LastPull.parse(last.word())).contains(last);
    assertThat(LastPull.parse(last.withoutContent().word())).contains(last.withoutContent());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jhu",
        "jhu/0a/8d/////",
        "jhu/0a/8d///then/1",
        "jhu/0a/8d///1/1/1",
        "jhu/0a/8d///1/1/1/2/3/4/soon",
        "jhu/0a/8d/%zz//1/1",
      })
  void isNotReadFromWhatIsNone(String word) {
    assertThat(LastPull.parse(word.replace("0a", SHA256))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0a", "{{archive.bucket}}", "${body}"})
  void isNotReadIfItsBodyIsNotNamedByADigest(String sha256) {
    String word = with("", "").word();

    assertThat(LastPull.parse(word.replace(SHA256, sha256))).isEmpty();
  }
}
