package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import covid.Day;
import covid.DeadLetter;
import covid.KeySchema;
import covid.RunFailedException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import web.Json;

@ExtendWith(LocalCloudExtension.class)
class PlaceDeadLettersTest {
  private static final String KEY = "dead-letter/US.json";
  private static final DeadLetter LETTER =
      DeadLetter.first(Day.of(LocalDate.of(2020, 1, 22), "US", 1, 0, 0), "any", 1, Instant.EPOCH);

  private final LocalCloud cloud;
  private final PlaceDeadLetters letters;

  PlaceDeadLettersTest(LocalCloud cloud) {
    this.cloud = cloud;
    letters =
        new PlaceDeadLetters(
            cloud.s3Client(), cloud.bucket(), "dead-letter/", new Json(KeySchema.PLACE_DATE));
  }

  @Test
  void keepsTheDaysOfAPlaceInOneObject() throws Exception {
    letters.add(List.of(LETTER));

    assertThat(cloud.object(KEY))
        .hasValueSatisfying(text -> assertThat(text).contains("2020-01-22"));

    letters.remove(List.of(LETTER.day().key()));

    assertThat(cloud.object(KEY)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[null]", "[{}]", "[", "{}"})
  void leavesAnObjectThatIsNoListOfDays(String text) {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(KEY), RequestBody.fromString(text));

    assertThatExceptionOfType(RunFailedException.class)
        .isThrownBy(() -> letters.add(List.of(LETTER)))
        .withMessage(
            "The object dead-letter/US.json in the bucket covid-data is not the dead letter of a"
                + " place: set it aside by the command dead-letter set-aside US, or let the next run"
                + " do it.");

    assertThat(cloud.object(KEY)).hasValue(text);
  }
}
