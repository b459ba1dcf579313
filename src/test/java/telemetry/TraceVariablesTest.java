package telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceVariablesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "OTEL_SERVICE_NAME=covid",
        "OTEL_EXPORTER_OTLP_ENDPOINT=",
        "OTEL_TRACES_EXPORTER=none OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318",
        "OTEL_SDK_DISABLED=true OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318",
        "OTEL_SDK_DISABLED=TRUE OTEL_TRACES_EXPORTER=otlp",
      })
  void areOffUnlessSomethingSaysWhereToOrHow(String environment) {
    assertThat(variables(environment).isOn()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OTEL_TRACES_EXPORTER=otlp",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://collector:4318/v1/traces",
        "OTEL_SDK_DISABLED=false OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318",
      })
  void areOnOtherwise(String environment) {
    assertThat(variables(environment).isOn()).isTrue();
    assertThatCode(variables(environment)::check).doesNotThrowAnyException();
  }

  @Test
  void aSystemPropertyGoesBeforeTheEnvironment() {
    assertThat(
            new TraceVariables(
                    Map.of("otel.traces.exporter", "none")::get,
                    Map.of("OTEL_TRACES_EXPORTER", "otlp")::get)
                .isOn())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OTEL_EXPORTER_OTLP_PROTOCOL=grpc|OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc', and this program"
            + " exports traces by http/protobuf only: set it, and an endpoint that takes it,"
            + " usually at port 4318",
        "OTEL_TRACES_EXPORTER=zipkin|OTEL_TRACES_EXPORTER is 'zipkin', and this program exports"
            + " traces by otlp only: set it, or none",
      })
  void saysWhatTheProgramCannotDo(String environment, String sentence) {
    assertThatIllegalArgumentException()
        .isThrownBy(variables(environment)::check)
        .withMessage(sentence);
  }

  private static TraceVariables variables(String environment) {
    Map<String, String> all = new HashMap<>();
    for (String one : environment.split(" ", 0)) {
      String[] parts = one.split("=", 2);
      all.put(parts[0], parts[parts.length - 1]);
    }
    return new TraceVariables(name -> null, all::get);
  }
}
