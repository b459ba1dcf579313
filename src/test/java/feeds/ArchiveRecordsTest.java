package feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import covid.Day;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveRecordsTest {
  private static final List<String> HEADER =
      List.of("Date", "Cases", "Deaths", "Country", "Recovered");

  private static final List<Day> DAYS =
      List.of(
          new Day(LocalDate.of(2020, 1, 22), "US", 1, 2, 3),
          new Day(LocalDate.of(2020, 1, 23), "US", 3_000_000_000L, 5, 0));

  /** What a CSV of the records is read as. */
  private static List<List<String>> written(List<Map<String, Object>> records) {
    return Stream.concat(
            Stream.of(HEADER),
            records.stream()
                .map(
                    record ->
                        HEADER.stream().map(column -> record.get(column).toString()).toList()))
        .toList();
  }

  @Test
  void daysAreRecordsBelowAHeader() {
    assertThat(written(ArchiveRecords.of(DAYS)))
        .containsExactly(
            HEADER,
            List.of("2020-01-22", "1", "2", "US", "3"),
            List.of("2020-01-23", "3000000000", "5", "US", "0"));
  }

  @Test
  void whatWasWrittenIsReadAgain() throws Exception {
    assertThat(ArchiveRecords.days(written(ArchiveRecords.of(DAYS)))).isEqualTo(DAYS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Date,Cases,Deaths,Country,Recovered",
        "Date,Cases,Deaths,Recovered|2020-01-22,1,2,3",
        "date,cases,deaths,country,recovered|2020-01-22,1,2,US,3",
        "Date,Cases,Deaths,Country,Recovered,More|2020-01-22,1,2,US,3,4",
        "2020-01-22,1,2,US,3|2020-01-23,1,2,US,3",
      })
  void thereIsNoSetWithoutTheHeaderAndADay(String text) {
    List<List<String>> records =
        text.isEmpty()
            ? List.of()
            : Arrays.stream(text.split("\\|")).map(line -> List.of(line.split(","))).toList();

    assertThatExceptionOfType(ArchiveRecords.NotASetException.class)
        .isThrownBy(() -> ArchiveRecords.days(records))
        .withMessage(
            "There is no header [Date, Cases, Deaths, Country, Recovered] with days below");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "22.01.2020,1,2,US,3",
        "2020-02-30,1,2,US,3",
        "2020-01-22,one,2,US,3",
        "2020-01-22,1,2.5,US,3",
        "2020-01-22,1,2,US,99999999999999999999",
        "2020-01-22,1,2,US",
        "2020-01-22,1,2,3,US",
        "x",
      })
  void namesTheRecordThatIsNoDay(String line) {
    List<String> record = List.of(line.split(","));

    assertThatExceptionOfType(ArchiveRecords.NotASetException.class)
        .isThrownBy(
            () ->
                ArchiveRecords.days(
                    List.of(HEADER, List.of("2020-01-21", "1", "2", "US", "3"), record)))
        .withMessage("Record %s is not a day", record);
  }
}
