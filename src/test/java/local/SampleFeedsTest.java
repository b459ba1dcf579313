package local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleFeedsTest {
  private static final String NYT = nyt();
  private static final List<String> JHU = jhu(1).lines().toList();

  @Test
  void nytHasARowForEachDayAndNoNewlineAfterTheLast() {
    var rows = NYT.split("\n", -1);
    assertThat(rows).hasSize(1101);
    assertThat(rows[0]).isEqualTo("date,cases,deaths");
    assertThat(rows[1]).isEqualTo("2020-01-21,1,0");
    assertThat(rows[1100]).startsWith("2023-01-24,");
  }

  @Test
  void jhuHasEveryPlaceOnEveryDay() {
    assertThat(JHU).hasSize(1 + 285 * 816);
    assertThat(JHU.get(0))
        .isEqualTo("Date,Country/Region,Province/State,Confirmed,Recovered,Deaths");
    assertThat(JHU.get(1)).isEqualTo("2020-01-22,Afghanistan,,0,0,0");
    assertThat(JHU.get(285 * 816)).startsWith("2022-04-16,Zimbabwe,,");
  }

  @Test
  void namesWithCommasAreQuoted() {
    assertThat(JHU)
        .anyMatch(row -> row.startsWith("2021-03-17,\"Korea, South\",,"))
        .anyMatch(
            row -> row.startsWith("2021-03-17,Netherlands,\"Bonaire, Sint Eustatius and Saba\","));
  }

  @Test
  void theUsHasOneRowADayWhoseTotalsNeverFall() {
    var us = us(JHU);
    assertThat(us).hasSize(816).allMatch(row -> row.split(",")[2].isEmpty());
    assertThat(column(us, 3)).isSorted();
    assertThat(column(us, 5)).isSorted();
    assertThat(column(NYT.lines().skip(1).toList(), 1)).isSorted();
    assertThat(column(NYT.lines().skip(1).toList(), 2)).isSorted();
  }

  @Test
  void theRecoveredOfTheUsDropToZeroWhenTheyWereNoLongerReported() {
    var recovered = column(us(JHU), 4);
    int end = 327;
    assertThat(us(JHU).get(end)).startsWith("2020-12-14,");
    assertThat(recovered.subList(0, end)).isSorted();
    assertThat(recovered.get(end - 1)).isPositive();
    assertThat(recovered.subList(end, 816)).containsOnly(0L);
  }

  @Test
  void canadaGivesNoRecovered() {
    assertThat(JHU)
        .filteredOn(row -> row.contains(",Canada,"))
        .hasSize(16 * 816)
        .allMatch(row -> row.split(",")[4].isEmpty());
  }

  @Test
  void theSameBytesEveryTime() {
    assertThat(jhu(1)).isEqualTo(jhu(1));
    assertThat(nyt()).isEqualTo(NYT);
  }

  @Test
  void aScaleMultipliesThePlacesAndLeavesTheUsAsItIs() {
    var threefold = jhu(3).lines().toList();
    assertThat(threefold).hasSize(1 + 3 * 285 * 816);
    assertThat(us(threefold)).isEqualTo(us(JHU));
    var places = new LinkedHashSet<String>();
    threefold.stream().skip(1).forEach(row -> places.add(place(row)));
    assertThat(places).hasSize(3 * 285);
  }

  @Test
  void refusesAScaleBelowOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SampleFeeds(0))
        .withMessage("The scale must be 1 or more, not 0.");
  }

  /** Country and province, as they are written: what is between the date and the three figures. */
  private static String place(String row) {
    int end = row.length();
    for (int figures = 0; figures < 3; figures++) {
      end = row.lastIndexOf(',', end - 1);
    }
    return row.substring(row.indexOf(',') + 1, end);
  }

  private static List<String> us(List<String> rows) {
    return rows.stream()
        .filter(row -> row.contains(",US,"))
        .sorted(Comparator.naturalOrder())
        .toList();
  }

  private static List<Long> column(List<String> rows, int column) {
    return rows.stream().map(row -> Long.valueOf(row.split(",")[column])).toList();
  }

  private static String nyt() {
    var bytes = new ByteArrayOutputStream();
    try {
      new SampleFeeds().writeNyt(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toString(US_ASCII);
  }

  private static String jhu(int scale) {
    var bytes = new ByteArrayOutputStream();
    try {
      new SampleFeeds(scale).writeJhu(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toString(US_ASCII);
  }
}
