package aws;

import static local.Faults.DENIED;
import static local.Faults.always;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Map;
import local.Fault;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import routes.Reason;

/** Failed calls say what was asked, whatever the client makes of the failure. */
@ExtendWith(LocalCloudExtension.class)
class AwsCallTest {
  private final LocalCloud cloud;
  private final AwsClients aws = new AwsClients(2, true);

  AwsCallTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @AfterEach
  void close() throws Exception {
    aws.stop();
  }

  @Test
  void namesWhatWasRefusedByAnAnswerToHeadWhichHasNoBody() {
    cloud.intercept(always(toS3("HEAD", "CovidData.csv"), Fault.answer(403, Map.of(), "")));

    Throwable refused =
        catchThrowable(
            () -> aws.s3().headObject(head -> head.bucket(cloud.bucket()).key("CovidData.csv")));

    assertThat(Reason.of(refused))
        .startsWith(
            "The AWS credentials do not allow HeadObject on CovidData.csv in bucket covid-data:"
                + " grant them s3:GetObject");
  }

  @Test
  void namesWhatWasRefusedByAnAnswerToGet() {
    cloud.intercept(always(toS3("GET", "CovidData.csv"), DENIED));

    Throwable refused =
        catchThrowable(
            () -> aws.s3().getObject(get -> get.bucket(cloud.bucket()).key("CovidData.csv")));

    assertThat(AwsCall.of(refused).orElseThrow().facts())
        .containsEntry("action", "GetObject")
        .containsEntry("permission", "s3:GetObject")
        .containsEntry("resource", "CovidData.csv in bucket covid-data");
  }
}
