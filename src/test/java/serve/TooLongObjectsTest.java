package serve;

import static local.Faults.always;
import static local.Faults.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import aws.BucketKeys;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import local.Fault;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.LogLines;
import local.Service;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.S3Client;
import web.Json;
import web.ProblemException;

/** What operators are told to do about an object that is longer than any of this program. */
@ExtendWith(LocalCloudExtension.class)
class TooLongObjectsTest {
  private static final String TOO_LONG =
      "has 1000000001 bytes, more than any that this program writes: ";

  private static final String RESTORE = TOO_LONG + "restore it from a copy";
  private static final String ID = "2026-11-22T21-00-00Z-7f3a9c01";

  private final LocalCloud cloud;
  private final S3Client s3;
  private final BucketObjects bucket;
  private final Failures failures = new Failures(failure -> String.valueOf(failure.getMessage()));

  TooLongObjectsTest(LocalCloud cloud) {
    this.cloud = cloud;
    s3 = cloud.watchedS3Client();
    bucket = new BucketObjects(s3, cloud.bucket(), "");
  }

  @BeforeEach
  void answerWithTooMuch() {
    cloud.intercept(
        always(
            to(Service.S3),
            Fault.answerCut(
                Map.of(
                    "Content-Type",
                    "text/csv",
                    "Content-Length",
                    "1000000001",
                    "ETag",
                    "\"1\"",
                    "Last-Modified",
                    "Sun, 22 Nov 2026 21:00:00 GMT"),
                "x")));
  }

  @AfterEach
  void close() {
    s3.close();
  }

  private static void assertAdvice(ThrowingCallable read, String advice) {
    assertThatExceptionOfType(ForeignObjectException.class)
        .isThrownBy(read)
        .satisfies(e -> assertThat(e.object().forOperators()).contains(advice));
  }

  @Test
  void theSetIsToBeRestored() {
    String advice =
        RESTORE + " that has its metadata, too, such as an earlier version of the object;";
    SetForm<?> places = SetForm.places(new PublishedNames(bucket, failures));

    assertAdvice(() -> SetForm.ONE_PLACE.read(bucket, "set.csv", Optional.empty()), advice);
    assertAdvice(() -> places.read(bucket, "set.csv", Optional.empty()), advice);
  }

  @Test
  void whatVersionsConsistOfIsToBeRestored() throws Exception {
    Manifests manifests = new Manifests(bucket, new Json(), Clock.systemUTC(), failures);

    assertAdvice(() -> manifests.read(ID), RESTORE + ".");
    try (LogLines log = new LogLines()) {
      new PublishedIndex(bucket, new Json(), failures).read(Optional.empty());
      assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(() -> manifests.find(ID, Bulkhead.UNBOUNDED));

      assertThat(log.texts())
          .satisfiesExactly(
              index -> assertThat(index).contains(BucketKeys.INDEX).endsWith(RESTORE + "."),
              manifest -> assertThat(manifest).endsWith(RESTORE + "."));
    }
  }

  @Test
  void whatTheProgramCanDoWithoutIsToBeRemoved() throws Exception {
    try (LogLines log = new LogLines()) {
      new PublishedNames(bucket, failures).read();

      assertThat(log.texts())
          .singleElement()
          .asString()
          .endsWith(TOO_LONG + "remove it; the next run writes it again.");
    }
  }
}
