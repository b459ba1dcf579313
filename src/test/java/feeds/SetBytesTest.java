package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import covid.Day;
import covid.DayColumns;
import covid.DayKey;
import covid.Metric;
import covid.Place;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SetBytesTest {
  private static final SetFormat FORMAT = SetFormat.placed(Metric.PUBLISHED);

  @Test
  void quotesAPlaceThatNeedsItAndLeavesAnAbsentFigureEmpty() throws IOException {
    assertThat(
            new String(
                SetBytes.of(FORMAT, days(List.of(day("Korea, South", 1, 7L, null)))).csv(), UTF_8))
        .isEqualTo("Place,Date,Cases,Deaths,Recovered\n\"Korea, South\",1970-01-02,7,,0\n");
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.FIRST)
  void areTheBytesOfTheTextThatTheCsvPrinterWrites(@ForAll("days") List<Day> days)
      throws IOException {
    DayColumns columns = days(days);
    assertThat(new String(SetBytes.of(FORMAT, columns).csv(), UTF_8))
        .isEqualTo(FORMAT.text(columns.stream()));
  }

  private static DayColumns days(List<Day> days) {
    return DayColumns.copyOf(days);
  }

  @Provide
  Arbitrary<List<Day>> days() {
    return Combinators.combine(
            Arbitraries.oneOf(
                Arbitraries.of("US", "Korea, South", "C\u00f4te d'Ivoire", "say \"so\"", " x", "-"),
                Arbitraries.strings().ofMaxLength(3)),
            Arbitraries.integers().between(-800_000, 3_000_000),
            figures(),
            figures())
        .as(SetBytesTest::day)
        .list()
        .ofMaxSize(30);
  }

  private static Arbitrary<Long> figures() {
    return Arbitraries.longs()
        .between(0, Long.MAX_VALUE)
        .edgeCases(edges -> edges.add(9L, 10L, 99L, 100L, 2_147_483_647L, 2_147_483_648L))
        .injectNull(0.2);
  }

  private static Day day(String place, int epochDay, Long cases, Long deaths) {
    Map<Metric, Long> figures = new HashMap<>(Map.of(Metric.RECOVERED, 0L));
    if (cases != null) {
      figures.put(Metric.CASES, cases);
    }
    if (deaths != null) {
      figures.put(Metric.DEATHS, deaths);
    }
    return new Day(new DayKey(new Place(place), LocalDate.ofEpochDay(epochDay)), figures);
  }
}
