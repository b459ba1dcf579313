package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import covid.Place;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class SetTextTest {
  private static final String HEADER = "Place,Cases\n";

  /** The places whose rows were made, in that order. */
  private final List<String> made = new ArrayList<>();

  private SetText text(String... places) {
    SortedMap<Place, SetText.Rows> rows = new TreeMap<>();
    for (String place : places) {
      rows.put(
          new Place(place),
          () -> {
            made.add(place);
            return row(place).getBytes(UTF_8);
          });
    }
    SetText text = SetText.of(HEADER.getBytes(UTF_8), rows);
    assertThat(made).containsExactly(places);
    made.clear();
    return text;
  }

  private static String row(String place) {
    return place + ",1\n";
  }

  @Test
  void makesNoPlaceMoreWhenReadingItBreaksOff() throws IOException {
    SetText text = text("DE", "FR", "IT");

    try (InputStream whole = text.open()) {
      assertThat(whole.readNBytes(HEADER.length() + 1)).asString(UTF_8).isEqualTo(HEADER + "D");
    }

    assertThat(made).containsExactly("DE");
  }

  @Test
  void isReadByteByByteAsAtOnce() throws IOException {
    SetText text = text("DE", "FR");
    StringBuilder bytes = new StringBuilder();

    try (InputStream whole = text.open()) {
      for (int one = whole.read(); one >= 0; one = whole.read()) {
        bytes.append((char) one);
      }
      assertThat(whole.read()).isEqualTo(-1);
      assertThat(whole.read(new byte[1])).isEqualTo(-1);
    }

    assertThat(bytes).hasToString(HEADER + row("DE") + row("FR"));
    assertThat(text.open().readAllBytes()).asString(UTF_8).isEqualTo(bytes.toString());
  }

  @Test
  void knowsTheDigestsOfItsSeriesWithoutMakingThemAgain() {
    SetText many = text("DE", "FR");
    SetText one = text("DE");

    assertThat(many.sha256(new Place("FR"))).isEqualTo(DigestUtils.sha256Hex(HEADER + row("FR")));
    assertThat(one.sha256(new Place("DE"))).isEqualTo(many.sha256(new Place("DE")));
    assertThat(made).isEmpty();
  }
}
