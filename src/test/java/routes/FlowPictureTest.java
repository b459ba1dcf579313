package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Draws the flow from the routes as they are, and holds the README's picture against it. {@code
 * -Dupdate.docs=true} puts the drawing into the README.
 */
@ExtendWith(LocalCloudExtension.class)
class FlowPictureTest {
  private static final Path README = Path.of("README.md");
  private static final Pattern PICTURE =
      Pattern.compile("(?s)(<!-- flow -->\\n```mermaid\\n).*?(```\\n<!-- /flow -->)");

  private static final Set<String> STAGES =
      Set.of(
          "open-run",
          "replay-dead-letters",
          "read-set",
          "collect-days",
          "check-days",
          "store-days",
          "archive-days",
          "announce-run");

  @Test
  void readmeShowsTheRoutesAsTheyAre(LocalCloud cloud) throws Exception {
    String drawing = draw(cloud);
    String readme = Files.readString(README);
    if (Boolean.getBoolean("update.docs")) {
      readme = PICTURE.matcher(readme).replaceFirst("$1" + drawing + "$2");
      Files.writeString(README, readme);
    }

    assertThat(readme).contains("<!-- flow -->\n```mermaid\n" + drawing + "```\n<!-- /flow -->");
  }

  private static String draw(LocalCloud cloud) throws IOException {
    try (FeedServer feeds = TestApplication.feeds();
        TestApplication application =
            TestApplication.serve(
                cloud,
                feeds,
                "http.port",
                TestApplication.freePort(),
                "management.port",
                TestApplication.freePort(),
                "camel.main.route-filter-exclude-pattern",
                "none",
                "camel.main.auto-startup",
                "false")) {
      Flow flow = new Flow();
      application.context().getRouteDefinitions().forEach(route -> add(route, application, flow));
      return "flowchart LR\n"
          + flow.from("clock([schedule.cron])", "start([start of the process])", "http([HTTP])");
    }
  }

  private static void add(RouteDefinition route, TestApplication application, Flow flow) {
    String id = route.getRouteId();
    source(route.getInput().getEndpointUri()).ifPresent(source -> flow.add(source, "-->", id));
    targets(withoutErrors(route)).forEach(target -> flow.add(id, "-->", target));
    Stream.ofNullable(route.getRouteConfigurationId())
        .map(application.context()::getRouteConfigurationDefinition)
        .flatMap(errors -> errors.getOnExceptions().stream())
        .map(OnExceptionDefinition::getOutputs)
        .flatMap(outputs -> targets(outputs).stream())
        .forEach(target -> flow.add(id, "-.->", target));
  }

  /**
   * What leads where. To fit a screen, a route that only one other calls is drawn as part of it.
   */
  private static final class Flow {
    private record Edge(String from, String arrow, String to) {}

    private final Set<Edge> edges = new LinkedHashSet<>();

    void add(String from, String arrow, String to) {
      edges.add(new Edge(from, arrow, to));
    }

    /** Everything that is reached from some nodes, but nothing that leads nowhere. */
    String from(String... nodes) {
      Set<Edge> drawn = new LinkedHashSet<>();
      Set<String> seen = new LinkedHashSet<>();
      Stream.of(nodes).forEach(node -> walk(node, node, "-->", seen, drawn));
      return drawn.stream()
          .filter(
              edge ->
                  edge.arrow().equals("-->")
                      || !drawn.contains(new Edge(edge.from(), "-->", edge.to())))
          .map(edge -> "  %s %s %s\n".formatted(edge.from(), edge.arrow(), edge.to()))
          .collect(Collectors.joining());
    }

    private void walk(
        String node, String drawnAs, String arrow, Set<String> seen, Set<Edge> drawn) {
      for (Edge edge : edges.stream().filter(edge -> edge.from().equals(node)).toList()) {
        String drawnArrow = arrow.equals("-->") ? edge.arrow() : arrow;
        if (isPart(edge.to())) {
          walk(edge.to(), drawnAs, drawnArrow, seen, drawn);
        } else if (leadsOn(edge.to())) {
          drawn.add(new Edge(drawnAs, drawnArrow, edge.to()));
          if (seen.add(edge.to())) {
            walk(edge.to(), edge.to(), "-->", seen, drawn);
          }
        }
      }
    }

    private boolean isPart(String node) {
      return edges.stream().filter(edge -> edge.to().equals(node)).count() == 1
          && !STAGES.contains(node)
          && edges.stream().anyMatch(edge -> edge.from().equals(node))
          && edges.stream().noneMatch(edge -> edge.to().equals(node) && isEnd(edge.from()));
    }

    /** A trigger or a service, which is drawn in a shape of its own. */
    private static boolean isEnd(String node) {
      return !node.matches("[a-z-]+");
    }

    private boolean leadsOn(String node) {
      return isEnd(node) || edges.stream().anyMatch(edge -> edge.from().equals(node));
    }
  }

  private static Optional<String> source(String uri) {
    if (uri.startsWith("quartz")) {
      return Optional.of("clock([schedule.cron])");
    }
    if (uri.startsWith("rest:")) {
      return Optional.of("http([HTTP])");
    }
    return uri.startsWith("timer")
        ? Optional.of("start([start of the process])")
        : Optional.empty();
  }

  /** Camel copies what a route's error configuration says into the route. */
  private static List<ProcessorDefinition<?>> withoutErrors(RouteDefinition route) {
    List<ProcessorDefinition<?>> steps = new ArrayList<>(route.getOutputs());
    steps.removeIf(OnExceptionDefinition.class::isInstance);
    return steps;
  }

  private static Set<String> targets(List<ProcessorDefinition<?>> outputs) {
    return ProcessorDefinitionHelper.filterTypeInOutputs(outputs, ProcessorDefinition.class)
        .stream()
        .flatMap(FlowPictureTest::uri)
        .flatMap(uri -> node(uri).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Stream<String> uri(ProcessorDefinition<?> step) {
    if (step instanceof EnrichDefinition enrich) {
      return Stream.of(enrich.getExpression().getExpression());
    }
    if (step instanceof ToDynamicDefinition dynamic) {
      return Stream.of(dynamic.getUri());
    }
    return step instanceof EndpointRequiredDefinition to
        ? Stream.of(to.getEndpointUri())
        : Stream.empty();
  }

  private static Optional<String> node(String uri) {
    if (uri.startsWith("direct:")) {
      return Optional.of(uri.substring("direct:".length()));
    }
    if (uri.startsWith("aws2-s3")) {
      return Optional.of("S3[(S3)]");
    }
    if (uri.startsWith("aws2-ddb")) {
      return Optional.of("DynamoDB[(DynamoDB)]");
    }
    if (uri.startsWith("aws2-sns")) {
      return Optional.of("SNS[[SNS]]");
    }
    return uri.startsWith("http:") ? Optional.of("feeds{{feeds}}") : Optional.empty();
  }
}
