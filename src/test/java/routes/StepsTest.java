package routes;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.SplitDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalCloudExtension.class)
class StepsTest {
  @Test
  void everyStepHasAnIdThatSpeaks(LocalCloud cloud) throws Exception {
    List<String> ids =
        steps(cloud, "us", ProcessorDefinition.class).stream()
            .map(step -> ((ProcessorDefinition<?>) step).getId())
            .toList();

    assertThat(ids)
        .contains("store-day.to-aws2-ddb-PutItem", "run-stages.to-open-run", "check")
        .noneMatch(id -> id.matches("[a-zA-Z]+\\d+|.*(process|bean)(-\\d+)?"));
  }

  /** So that the memory of a run does not grow with what each of thousands of branches holds. */
  @ParameterizedTest
  @ValueSource(strings = {"us", "world"})
  void everySplitThatStoresAtTheSameTimeIsStreaming(String dataset, LocalCloud cloud)
      throws Exception {
    List<SplitDefinition> splits =
        steps(cloud, dataset, SplitDefinition.class).stream()
            .filter(split -> "store".equals(split.getExecutorService()))
            .toList();

    assertThat(splits).isNotEmpty();
    Set<String> all = splits.stream().map(SplitDefinition::getId).collect(toSet());
    Set<String> streaming =
        splits.stream()
            .filter(split -> Boolean.parseBoolean(split.getStreaming()))
            .map(SplitDefinition::getId)
            .collect(toSet());
    assertThat(streaming).isEqualTo(all);
  }

  private static <T> Collection<T> steps(LocalCloud cloud, String dataset, Class<T> type)
      throws Exception {
    try (FeedServer feeds = TestApplication.feeds();
        TestApplication application =
            TestApplication.serve(
                cloud,
                feeds,
                "dataset",
                dataset,
                "http.port",
                TestApplication.freePort(),
                "management.port",
                TestApplication.freePort())) {
      return application.context().getRouteDefinitions().stream()
          .flatMap(
              route ->
                  ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), type).stream())
          .toList();
    }
  }
}
