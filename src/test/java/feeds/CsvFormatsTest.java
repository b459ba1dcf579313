package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import app.SharedFactories;
import covid.Day;
import covid.QuarantinedRow;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of each file, as Camel writes and reads them. */
class CsvFormatsTest {
  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

  @BeforeAll
  static void start() {
    SharedFactories.in(CAMEL);
    CAMEL.start();
  }

  @AfterAll
  static void stop() {
    CAMEL.stop();
  }

  @Test
  void thePublishedSetIsWhatReadersOfTheFileAreUsedTo() throws Exception {
    String csv = "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,2,US,3\n";
    List<Day> days = List.of(Day.of(LocalDate.of(2020, 1, 22), "US", 1, 2, 3));

    assertThat(written(CsvFormats.set(SetFormat.DATED), SetFormat.DATED.records(days)))
        .isEqualTo(csv);
    assertThat(read(CsvFormats.set(SetFormat.DATED), csv))
        .isEqualTo(
            List.of(
                List.of("Date", "Cases", "Deaths", "Country", "Recovered"),
                List.of("2020-01-22", "1", "2", "US", "3")));
  }

  @Test
  void quotesWhatWasSetAside() throws Exception {
    assertThat(
            written(
                CsvFormats.quarantine(),
                List.of(
                    Map.of(
                        "Feed",
                        "nyt",
                        "Line",
                        3,
                        "Reason",
                        "cases 'x' is no number",
                        "Raw",
                        "a,x"))))
        .isEqualTo("Feed,Line,Reason,Raw\nnyt,3,cases 'x' is no number,\"a,x\"\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "nyt,3,no,x\n", "Feed,Line,Raw,Reason\nnyt,3,x,no\n", "a\n", "Feed,Line\n"})
  void takesNothingElseForQuarantinedRows(String csv) {
    assertThatIOException().isThrownBy(() -> CsvFormats.quarantined(csv));
  }

  @Test
  void readsQuarantinedRows() throws Exception {
    assertThat(CsvFormats.quarantined("Feed,Line,Reason,Raw\nnyt,3,no,\"a,x\"\n"))
        .containsExactly(new QuarantinedRow("nyt", 3, "a,x", "no"));
    assertThat(CsvFormats.quarantined("Feed,Line,Reason,Raw\n")).isEmpty();
  }

  @Test
  void aFigureThatThereIsNotIsEmpty() throws Exception {
    assertThat(
            CsvFormats.table(
                List.of("Date", "Cases", "NewCases"),
                Stream.of(
                    Arrays.asList(LocalDate.of(2020, 1, 22), 10L, null),
                    Arrays.asList(LocalDate.of(2020, 1, 23), 15L, 5L))))
        .isEqualTo("Date,Cases,NewCases\n2020-01-22,10,\n2020-01-23,15,5\n");
  }

  private static String written(CsvDataFormat format, Object records) throws Exception {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    try (format) {
      format.start();
      format.marshal(new DefaultExchange(CAMEL), records, csv);
    }
    return csv.toString(UTF_8);
  }

  private static Object read(CsvDataFormat format, String csv) throws Exception {
    Exchange exchange = new DefaultExchange(CAMEL);
    try (format) {
      format.start();
      return format.unmarshal(exchange, new ByteArrayInputStream(csv.getBytes(UTF_8)));
    }
  }
}
