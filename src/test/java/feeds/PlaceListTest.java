package feeds;

import static org.assertj.core.api.Assertions.assertThat;

import covid.Gazetteer;
import covid.Place;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceListTest {
  private static final Gazetteer PLACES = PlaceList.places();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DE           | Germany        | DE | DEU | 83155031",
        "Germany      | Germany        | DE | DEU | 83155031",
        "NA           | Namibia        | NA | NAM | 2540916",
        "US           | United States  | US | USA | 329466283",
        "KR           | South Korea    | KR | KOR | 51269183",
        "Korea, South | South Korea    | KR | KOR | 51269183",
        "Taiwan*      | Taiwan         | TW | TWN | 23816775",
        "Burma        | Myanmar        | MM | MMR | 54409794",
        "72           | Puerto Rico    | PR | PRI | 3193694",
        "36           | New York       |    |     | 19453561",
        "13           | Georgia        |    |     | 10617423",
        "Georgia      | Georgia        | GE | GEO | 3989175",
        "AQ           | Antarctica     | AQ | ATA |",
        "MS Zaandam   | MS Zaandam     |    |     |",
      })
  void findsAPlaceByTheCodesOfFeeds(
      String code, String name, String iso2, String iso3, Long population) {
    assertThat(PLACES.of(new Place(code)))
        .isEqualTo(new Gazetteer.Entry(name, iso2, iso3, population));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TV", "XXL", "36061", "Atlantis", "de", ""})
  void aCodeThatItDoesNotKnowIsItsOwnName(String code) {
    assertThat(PLACES.of(new Place(code))).isEqualTo(new Gazetteer.Entry(code, null, null, null));
  }

  @Test
  void everyNameCanBeShown() {
    assertThat(PLACES.entries().values())
        .extracting(Gazetteer.Entry::name)
        .allSatisfy(name -> assertThat(name).isNotBlank().doesNotContain("\uFFFD", "*"));
  }

  @Test
  void placesWithTheSameIsoCodeAreOne() {
    List<String> codes =
        PLACES.entries().values().stream()
            .distinct()
            .map(Gazetteer.Entry::iso2)
            .filter(Objects::nonNull)
            .toList();

    assertThat(codes).hasSize(232).doesNotHaveDuplicates();
  }
}
