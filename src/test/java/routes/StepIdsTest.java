package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.util.List;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalCloudExtension.class)
class StepIdsTest {
  @Test
  void everyStepHasAnIdThatSpeaks(LocalCloud cloud) throws Exception {
    try (FeedServer feeds = TestApplication.feeds();
        TestApplication application =
            TestApplication.serve(
                cloud,
                feeds,
                "http.port",
                TestApplication.freePort(),
                "management.port",
                TestApplication.freePort())) {
      List<String> ids =
          application.context().getRouteDefinitions().stream()
              .flatMap(
                  route ->
                      ProcessorDefinitionHelper.filterTypeInOutputs(
                          route.getOutputs(), ProcessorDefinition.class)
                          .stream())
              .map(step -> ((ProcessorDefinition<?>) step).getId())
              .toList();
      assertThat(ids)
          .contains("store-day.to-aws2-ddb-PutItem", "run-stages.to-open-run", "check")
          .noneMatch(id -> id.matches("[a-zA-Z]+\\d+|.*(process|bean)(-\\d+)?"));
    }
  }
}
