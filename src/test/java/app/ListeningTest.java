package app;

import static org.assertj.core.api.Assertions.assertThat;

import local.FreePorts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListeningTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 127.0.0.1",
    "::, ::1",
    "0:0:0:0:0:0:0:0, ::1",
    "127.0.0.1, 127.0.0.1",
    "::1, ::1",
    "localhost, localhost",
    "192.0.2.1, 192.0.2.1",
  })
  void aServerOnAllAddressesIsReachedAtOneOfTheMachine(String host, String reached) {
    assertThat(Listening.reached(host, 9876).getHostString()).isEqualTo(reached);
    assertThat(Listening.reached(host, 9876).getPort()).isEqualTo(9876);
  }

  @Test
  void anAddressWithColonsIsAskedAtInBrackets() {
    int port = FreePorts.next();

    assertThat(ReadinessProbe.whyNotReady(Listening.reached("::", port)).orElseThrow())
        .contains("http://[::1]:" + port + "/observe/health/ready");
  }
}
