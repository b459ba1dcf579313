package routes;

import static org.assertj.core.api.Assertions.assertThat;

import covid.RunReport;
import covid.RunStatus;
import local.LocalCloud;
import org.junit.jupiter.api.Test;

/** Runs whose chunks go through the queue, when nothing goes wrong. */
class ChunksTest extends ChunksTestBase {
  ChunksTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void workersStoreWhatTheCoordinatorPlans() throws Exception {
    serve("DE,2021-01-03,10,1", "DE,2021-01-10,12,2", "FR,2021-01-03,20,3");
    worker();

    RunReport report = coordinator().run();

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(3, 3, 0, 0, 0));
    assertAddsUp(report);
    assertThat(set())
        .isEqualTo(
            """
              Place,Date,Cases,Deaths
              DE,2021-01-03,10,1
              DE,2021-01-10,12,2
              FR,2021-01-03,20,3
              """);
  }

  @Test
  void whereNoRunIsOpenANewOneBegins() throws Exception {
    serve("DE,2021-01-03,10,1");
    worker();

    RunReport report = coordinator().runOrContinue();

    assertThat(report.days()).isEqualTo(new RunReport.Days(1, 1, 0, 0, 0));
    assertAddsUp(report);
  }
}
