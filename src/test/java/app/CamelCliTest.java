package app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Polling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the Camel CLI reads of a process. That it does read it, .ci/check-camel-cli shows. */
@ExtendWith(LocalCloudExtension.class)
class CamelCliTest {
  private static final String HOME = "user.home";

  private final String home = System.getProperty(HOME);
  @TempDir private Path elsewhere;

  @BeforeEach
  void moveHome() {
    System.setProperty(HOME, elsewhere.toString());
  }

  @AfterEach
  void moveBack() {
    System.setProperty(HOME, home);
  }

  @Test
  void aProcessThatIsToldSoShowsItsRoutes(LocalCloud cloud) throws Exception {
    Path status =
        elsewhere.resolve(".camel/%d-status.json".formatted(ProcessHandle.current().pid()));
    try (FeedServer feeds = TestApplication.feeds();
        TestApplication application = serve(cloud, feeds, "true")) {
      // It is written every second, at first during the start.
      Polling.until(() -> routes(status).containsAll(List.of("do-run", "fetch-nyt", "store-days")));

      assertThat(application.context().getName()).isEqualTo("covid");
    }
  }

  private static List<String> routes(Path status) throws IOException {
    List<String> ids = new ArrayList<>();
    read(status).path("routes").forEach(route -> ids.add(route.path("routeId").asText()));
    return ids;
  }

  private static JsonNode read(Path file) throws IOException {
    return Files.exists(file) && Files.size(file) > 0
        ? new ObjectMapper().readTree(file.toFile())
        : new ObjectMapper().createObjectNode();
  }

  @Test
  void anyOtherLeavesNoTrace(LocalCloud cloud) throws Exception {
    try (FeedServer feeds = TestApplication.feeds();
        TestApplication application = serve(cloud, feeds, "false")) {
      assertThat(application.context().isStarted()).isTrue();
      assertThat(elsewhere).isEmptyDirectory();
    }
  }

  private static TestApplication serve(LocalCloud cloud, FeedServer feeds, String enabled) {
    return TestApplication.serve(
        cloud,
        feeds,
        "camel.main.jmx-enabled",
        "true",
        "cli.enabled",
        enabled,
        "http.port",
        TestApplication.freePort(),
        "management.port",
        TestApplication.freePort());
  }
}
