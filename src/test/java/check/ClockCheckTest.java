package check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockCheckTest {
  private static final String DATE = "Sun, 29 Nov 2026 12:00:00 GMT";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-29T12:00:59Z | ok | less than a minute from that of S3",
        "2026-11-29T11:59:01Z | ok | less than a minute from that of S3",
        "2026-11-29T12:10:00Z | wrong | 600 s ahead of that of S3, and AWS refuses requests from five"
            + " minutes on: set it by NTP",
        "2026-11-29T11:59:00Z | wrong | 60 s behind that of S3, and AWS refuses requests from five"
            + " minutes on: set it by NTP",
      })
  void comparesTheClockWithTheTimeOfAnAnswer(Instant now, String status, String text) {
    Finding finding = ClockCheck.find(Optional.of(DATE), now);

    assertThat(finding.status()).hasToString(status);
    assertThat(finding.text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"''", "noon"})
  void saysNothingOfAClockWithoutAnAnswer(String date) {
    assertThat(
            ClockCheck.find(Optional.of(date).filter(text -> !text.isEmpty()), Instant.EPOCH)
                .status())
        .isEqualTo(Finding.Status.UNKNOWN);
  }
}
