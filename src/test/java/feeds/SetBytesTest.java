package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import covid.Day;
import covid.DayColumns;
import covid.DayKey;
import covid.Metric;
import covid.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class SetBytesTest {
  private static final SetFormat FORMAT = SetFormat.placed(Metric.PUBLISHED);

  @Test
  void quotesAPlaceThatNeedsItAndLeavesAnAbsentFigureEmpty() throws IOException {
    assertThat(text(SetBytes.of(FORMAT, days(List.of(day("Korea, South", 1, 7L, null))))))
        .isEqualTo("Place,Date,Cases,Deaths,Recovered\n\"Korea, South\",1970-01-02,7,,0\n");
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.FIRST)
  void areTheBytesOfTheTextThatTheCsvPrinterWrites(@ForAll("days") List<Day> days)
      throws IOException {
    DayColumns columns = days(days);

    SetText text = SetBytes.of(FORMAT, columns);

    String plain = FORMAT.text(columns.stream());
    assertThat(text(text)).isEqualTo(plain);
    assertThat(text.length()).isEqualTo(plain.getBytes(UTF_8).length);
    assertThat(text.sha256()).isEqualTo(DigestUtils.sha256Hex(plain));
    for (Place place : columns.byPlace().keySet()) {
      String series = FORMAT.text(columns.of(place).stream());
      assertThat(text.sha256(place)).isEqualTo(DigestUtils.sha256Hex(series));
      assertThat(unpacked(text.packed(place, Instant.EPOCH))).isEqualTo(series);
    }
  }

  private static String text(SetText text) throws IOException {
    return new String(text.open().readAllBytes(), UTF_8);
  }

  private static String unpacked(byte[] packed) throws IOException {
    return new String(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), UTF_8);
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
