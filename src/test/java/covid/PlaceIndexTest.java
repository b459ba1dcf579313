package covid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceIndexTest {
  private static final PlaceIndex INDEX =
      new PlaceIndex(
          Stream.of("Congo (Brazzaville)", "Cote d'Ivoire", "Denmark", "Germany", "Korea, South")
              .map(Place::new)
              .toList(),
          new Gazetteer(
              Map.of(
                  "Germany", new Gazetteer.Entry("Germany", "DE", "DEU", 83_155_031L),
                  "Denmark", new Gazetteer.Entry("Denmark", "DK", "DNK", 5_837_213L),
                  "Cote d'Ivoire", new Gazetteer.Entry("Côte d'Ivoire", "CI", "CIV", null),
                  "Korea, South", new Gazetteer.Entry("South Korea", "KR", "KOR", null))));

  private static String names(List<Place> places) {
    return String.join("; ", places.stream().map(Place::name).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "korea south   | Korea, South",
        "KOR           | Korea, South",
        "deu           | Germany",
        "côte          | Cote d'Ivoire",
        "IVOIRE cote   | Cote d'Ivoire",
        "co            | Congo (Brazzaville); Cote d'Ivoire",
        "north korea   | ''",
        "' '           | Congo (Brazzaville); Cote d'Ivoire; Denmark; Germany; Korea, South",
      })
  void allWordsAreInTheCodeTheNameOrTheIsoCode(String text, String places) {
    assertThat(names(INDEX.matching(text))).isEqualTo(places);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DE            | Germany; Denmark",
        "dnk           | Denmark",
        "Germnay       | Germany",
        "cote d ivoire | Cote d'Ivoire",
        "South Korea   | Korea, South",
        "Congo         | Congo (Brazzaville)",
        "Atlantis      | ''",
        "''            | ''",
      })
  void theNearestIsSpeltMostAlike(String text, String places) {
    assertThat(names(INDEX.nearest(text, 3))).isEqualTo(places);
  }

  @Test
  void aLongTextIsNoMisspeltName() {
    assertThat(INDEX.nearest("Germany".repeat(1_000), 3)).isEmpty();
  }
}
