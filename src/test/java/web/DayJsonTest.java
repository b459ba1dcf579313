package web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import covid.Day;
import covid.DayKey;
import covid.DeadLetter;
import covid.Metric;
import covid.Place;
import covid.RunReport;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents of version 0.1 are read, and written to the byte as it wrote them. */
class DayJsonTest {
  private static final LocalDate DATE = LocalDate.parse("2020-01-23");
  private static final Instant FIRST = Instant.parse("2020-06-01T20:00:00Z");
  private static final Instant LAST = Instant.parse("2020-06-02T20:00:00.250Z");
  private static final Day DAY = Day.of(DATE, "US", 2, 1, 0);

  private static final String DEAD_LETTER =
      """
      {
        "day" : {
          "date" : "2020-01-23",
          "country" : "US",
          "cases" : 2,
          "deaths" : 1,
          "recovered" : 0
        },
        "error" : "throttled",
        "attempts" : 6,
        "firstFailure" : "2020-06-01T20:00:00Z",
        "lastFailure" : "2020-06-02T20:00:00.250Z"
      }""";

  private static final String REPLAY =
      """
      {
        "added" : [ "2020-01-23" ],
        "present" : [ ],
        "failed" : [ "2020-01-23" ]
      }""";

  private static final ObjectMapper MAPPER = new Json().strict(DeadLetter.class).getObjectMapper();

  @Test
  void aDeadLetterIsAsInVersion01() throws Exception {
    DeadLetter letter = new DeadLetter(DAY, "throttled", 6, FIRST, LAST);

    assertThat(written(letter)).isEqualTo(DEAD_LETTER);
    assertThat(MAPPER.readValue(DEAD_LETTER, DeadLetter.class)).isEqualTo(letter);
  }

  @Test
  void theReplayedDaysOfAReportAreDatesAsInVersion01() throws Exception {
    assertThat(written(new RunReport.Replay(List.of(DAY.key()), List.of(), List.of(DAY.key()))))
        .isEqualTo(REPLAY);
    assertThat(MAPPER.readValue(REPLAY, RunReport.Replay.class).added())
        .extracting(DayKey::date)
        .containsExactly(DATE);
  }

  @Test
  void aFigureThatIsAbsentIsNotWritten() throws Exception {
    Day day = new Day(new DayKey(new Place("US"), DATE), Map.of(Metric.DEATHS, 1L));
    String json =
        """
        {
          "date" : "2020-01-23",
          "country" : "US",
          "deaths" : 1
        }""";

    assertThat(written(day)).isEqualTo(json);
    assertThat(MAPPER.readValue(json, Day.class)).isEqualTo(day);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"date\":\"2020-01-23\",\"cases\":1}",
        "{\"country\":\"US\",\"cases\":1}",
        "{\"date\":\"2020-01-23\",\"country\":\"US\",\"cases\":\"many\"}",
        "{\"date\":\"yesterday\",\"country\":\"US\",\"cases\":1}"
      })
  void whatIsNoDayIsRefused(String json) {
    assertThatExceptionOfType(JacksonException.class)
        .isThrownBy(() -> MAPPER.readValue("{\"day\":" + json + "}", DeadLetter.class));
  }

  private static String written(Object value) throws JsonProcessingException {
    return MAPPER.writeValueAsString(value);
  }
}
