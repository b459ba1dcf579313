package routes;

import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
import org.apache.camel.model.ModelCamelContext;
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
    Set<String> lines = new LinkedHashSet<>();
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
      for (RouteDefinition route : sorted(application.context())) {
        String id = route.getRouteId();
        source(route.getInput().getEndpointUri())
            .ifPresent(source -> lines.add("  %s --> %s\n".formatted(source, id)));
        targets(withoutErrors(route))
            .forEach(target -> lines.add("  %s --> %s\n".formatted(id, target)));
        Stream.ofNullable(route.getRouteConfigurationId())
            .map(application.context()::getRouteConfigurationDefinition)
            .flatMap(errors -> errors.getOnExceptions().stream())
            .map(OnExceptionDefinition::getOutputs)
            .flatMap(outputs -> targets(outputs).stream())
            .forEach(target -> lines.add("  %s -.-> %s\n".formatted(id, target)));
      }
    }
    return "flowchart LR\n" + String.join("", lines);
  }

  private static List<RouteDefinition> sorted(ModelCamelContext context) {
    List<String> order =
        List.of("ingest-daily", "ingest-missed", "ingest", "run-stages", "open-run");
    return context.getRouteDefinitions().stream()
        .sorted(
            Comparator.comparing(
                    (RouteDefinition route) ->
                        order.contains(route.getRouteId())
                            ? order.indexOf(route.getRouteId())
                            : order.size())
                .thenComparing(RouteDefinition::getRouteId))
        .toList();
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
