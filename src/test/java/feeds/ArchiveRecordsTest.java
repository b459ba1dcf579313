package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import covid.Day;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveRecordsTest {
  private static final String TWO_DAYS =
      "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,2,US,3\n2020-01-23,1,2,US,3\n";

  private static final String TWO_DAYS_OF_PLACES =
      "Place,Date,Cases\nDE,2020-01-23,1\nFR,2020-01-22,1\n";

  private static final List<String> HEADER =
      List.of("Date", "Cases", "Deaths", "Country", "Recovered");

  private static final List<Day> DAYS =
      List.of(
          Day.of(LocalDate.of(2020, 1, 22), "US", 1, 2, 3),
          Day.of(LocalDate.of(2020, 1, 23), "US", 3_000_000_000L, 5, 0));

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

  private static String csv(List<List<String>> records) {
    return records.stream().map(record -> String.join(",", record) + "\n").collect(joining());
  }

  @Test
  void daysAreRecordsBelowAHeader() {
    assertThat(written(SetFormat.DATED.records(DAYS)))
        .containsExactly(
            HEADER,
            List.of("2020-01-22", "1", "2", "US", "3"),
            List.of("2020-01-23", "3000000000", "5", "US", "0"));
  }

  @Test
  void whatWasWrittenIsReadAgain() throws Exception {
    assertThat(ArchiveRecords.days(csv(written(SetFormat.DATED.records(DAYS))))).isEqualTo(DAYS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; it is empty",
        "'  '; it is empty",
        "<html></html>; it begins with \"<html></html>\"",
        "Date,Cases,Deaths,Country,Recovered; it has a header and no days",
        "Date,Cases,Deaths,Recovered|2020-01-22,1,2,3;"
            + " it begins with \"Date,Cases,Deaths,Recovered\"",
        "date,cases,deaths,country,recovered|2020-01-22,1,2,US,3;"
            + " it begins with \"date,cases,deaths,country,recovered\"",
        "Date,Cases,Deaths,Country,Recovered,More|2020-01-22,1,2,US,3,4;"
            + " it begins with \"Date,Cases,Deaths,Country,Recovered,More\"",
        "2020-01-22,1,2,US,3|2020-01-23,1,2,US,3; it begins with \"2020-01-22,1,2,US,3\"",
        "An object that begins with more than sixty characters in its first line, and more;"
            + " it begins with \"An object that begins with more than sixty characters in its...\"",
        "'\"2020-01-22,1'; it is not CSV",
      })
  void saysHowWhatIsNoSetBegins(String text, String finding) {
    assertThatExceptionOfType(ArchiveRecords.NotASetException.class)
        .isThrownBy(() -> ArchiveRecords.days(text.replace('|', '\n')))
        .satisfies(
            e ->
                assertThat(e.finding())
                    .isEqualTo("is not a set of this program (%s)".formatted(finding)));
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
    assertThatExceptionOfType(ArchiveRecords.NotASetException.class)
        .isThrownBy(
            () ->
                ArchiveRecords.days(
                    "Date,Cases,Deaths,Country,Recovered\n2020-01-21,1,2,US,3\n" + line))
        .satisfies(
            e ->
                assertThat(e.finding())
                    .isEqualTo(
                        "is not a set of this program (its record \"%s\" is not a day)"
                            .formatted(line)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 2020-01-23 | it has 2 rows to 2020-01-23; its metadata say 3 rows to 2020-01-23",
        "2 | 2020-01-24 | it has 2 rows to 2020-01-23; its metadata say 2 rows to 2020-01-24",
        "1 |            | it has 2 rows to 2020-01-23; its metadata say 1 rows",
      })
  void namesWhatHasOtherDaysThanItsMetadataSay(String rows, @Nullable String day, String why) {
    Map<String, String> metadata = new HashMap<>(Map.of("rows", rows));
    if (day != null) {
      metadata.put("newest-day", day);
    }

    for (String set : List.of(TWO_DAYS, TWO_DAYS_OF_PLACES)) {
      assertThatExceptionOfType(ArchiveRecords.NotASetException.class)
          .isThrownBy(() -> ArchiveRecords.read(new StringReader(set), metadata))
          .satisfies(e -> assertThat(e.finding()).isEqualTo("is damaged (%s)".formatted(why)));
    }
  }

  @Test
  void takesASetOfWhichItsMetadataSayTheSameOrNothing() throws Exception {
    for (Map<String, String> metadata :
        List.<Map<String, String>>of(
            Map.of(), Map.of("rows", "2"), Map.of("rows", "2", "newest-day", "2020-01-23"))) {
      assertThat(ArchiveRecords.read(new StringReader(TWO_DAYS), metadata).days()).hasSize(2);
    }
  }

  @Test
  void anObjectThatBreaksOffIsNotTakenForOneThatIsNoSet() {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream("Place,Date,Cases\nDE,2020-01-22,1\n".getBytes(UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the connection was reset");
              }
            });

    assertThatIOException()
        .isThrownBy(() -> ArchiveRecords.read(new InputStreamReader(broken, UTF_8), Map.of()))
        .withMessage("the connection was reset");
  }
}
