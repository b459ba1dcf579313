package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalCloudExtension.class)
class StepsTest {
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

  /** So that the memory of a run does not grow with what each of thousands of branches holds. */
  @Test
  void everySplitThatStoresAtTheSameTimeIsStreamingAndPreparesItsBranches() throws IOException {
    Pattern stores = Pattern.compile("\\.executorService\\(\"store\"\\)");
    Pattern asItShould =
        Pattern.compile(
            """
            \\.streaming\\(\\)
            \\s*\\.parallelProcessing\\(\\)
            \\s*\\.onPrepare\\(Branches::prepare\\)
            \\s*\\.executorService\\("store"\\)""");
    long found = 0;
    try (Stream<Path> files = Files.list(Path.of("src/main/java/routes"))) {
      for (Path file : files.toList()) {
        String source = Files.readString(file);
        long all = stores.matcher(source).results().count();
        assertThat(asItShould.matcher(source).results().count()).as("%s", file).isEqualTo(all);
        found += all;
      }
    }
    assertThat(found).isGreaterThan(10);
  }
}
