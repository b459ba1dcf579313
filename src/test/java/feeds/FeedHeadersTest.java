package feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeedHeadersTest {
  private static final Map<String, String> TWO =
      Map.of("Authorization", "Bearer abc==", "X-Key", "1:2, 3");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization: Bearer abc==; X-Key: 1:2, 3",
        "Authorization:Bearer abc==;X-Key:1:2, 3;",
        "\n Authorization : Bearer abc==\r\n\n X-Key: 1:2, 3\n",
      })
  void areSeparatedBySemicolonsOrLineEnds(String text) {
    assertThat(FeedHeaders.parse(text).values()).isEqualTo(TWO);
  }

  @Test
  void mayHoldSemicolonsWhereLineEndsSeparateThem() {
    assertThat(FeedHeaders.parse("Cookie: a=b; c=d\nX-Key: 1").values())
        .isEqualTo(Map.of("Cookie", "a=b; c=d", "X-Key", "1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void mayBeNone(String text) {
    assertThat(FeedHeaders.parse(text)).isEqualTo(FeedHeaders.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "secret, header 1 of 1 is not 'Name: value' (several are separated by ; or by line ends)",
    "A: b; secret, header 2 of 2 is not 'Name: value' (several are separated by ; or by line ends)",
    "my secret: b, header 1 of 1 is not 'Name: value' (several are separated by ; or by line ends)",
    "': secret', header 1 of 1 is not 'Name: value' (several are separated by ; or by line ends)",
    "'A:', 'header 1 of 1 has no value, or one with characters other than those of ASCII'",
    "A: s\u00e9cret, 'header 1 of 1 has no value, or one with characters other than those of ASCII'",
    "A: \u0000secret, 'header 1 of 1 has no value, or one with characters other than those of ASCII'",
    "Host: secret, Host may not be set",
    "range: secret, range may not be set",
    "A: secret; a: secret, a is there twice"
  })
  void areRefusedWithoutBeingRepeated(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeedHeaders.parse(text))
        .withMessage(reason);
  }

  @Test
  void showTheirNamesAlone() {
    assertThat(new FeedHeaders(TWO)).hasToString("[Authorization, X-Key]");
  }
}
