package aws;

import static org.assertj.core.api.Assertions.assertThat;

import covid.Place;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PlaceKeyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DE | DE",
        "36061 | 36061",
        "Guinea-Bissau | Guinea-Bissau",
        "Korea, South | Korea_2C_20South",
        "Côte d'Ivoire | C_C3_B4te_20d_27Ivoire",
        "a_b | a_5Fb",
        ". | _2E",
        ".. | _2E_2E",
        "a/../b | a_2F_2E_2E_2Fb",
        "%2F | _252F"
      })
  void isSafeAndReadable(String place, String key) {
    assertThat(PlaceKey.of(new Place(place))).isEqualTo(key);
  }

  @ParameterizedTest
  @MethodSource
  void hasAtMost180SafeCharacters(String place) {
    assertThat(PlaceKey.of(new Place(place)))
        .matches("[A-Za-z0-9_-]{1,180}")
        .isNotEqualTo(PlaceKey.of(new Place(place + "x")));
  }

  static Stream<String> hasAtMost180SafeCharacters() {
    return Stream.of(
        "a".repeat(180), "a".repeat(181), "a".repeat(1_000), "/".repeat(1_000), "\ud83d\ude37\n\0");
  }

  @Test
  void isDifferentForDifferentPlaces() {
    String cut = PlaceKey.of(new Place("a".repeat(1_000)));

    assertThat(List.of("us", "US", "_55S", "U S", "U/S", cut))
        .extracting(name -> PlaceKey.of(new Place(name)))
        .doesNotHaveDuplicates()
        .doesNotContain(cut);
  }
}
