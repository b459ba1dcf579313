package covid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunStatusTest {
  @ParameterizedTest
  @CsvSource({"SUCCEEDED,0,succeeded", "PARTIAL,2,partial", "REFUSED,3,refused", "FAILED,1,failed"})
  void hasAnExitCodeAndAName(RunStatus status, int exitCode, String name) {
    assertThat(status.exitCode()).isEqualTo(exitCode);
    assertThat(status).hasToString(name);
  }
}
