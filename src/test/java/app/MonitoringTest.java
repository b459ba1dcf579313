package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds alerts and dashboard against the metrics that the program gives, and its handbook. */
@ExtendWith(LocalCloudExtension.class)
@Tag("slow")
class MonitoringTest {
  private static final Path PRODUCTION = Path.of("k8s", "overlays", "production");

  /** What Prometheus says of a target, and adds to each of its metrics. */
  private static final String OF_PROMETHEUS = "up";

  private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");

  private static final Pattern SAMPLE =
      Pattern.compile("(?m)^(?<name>[a-z_]\\w*)(?:\\{(?<labels>.*)})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
  private static final Pattern RANGE = Pattern.compile("\\[[^]]*]");
  private static final Pattern SELECTOR =
      Pattern.compile("(?<name>[a-z_]\\w*)\\s*\\{(?<matchers>[^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*[=!]~?");
  private static final Pattern GROUPING =
      Pattern.compile("\\b(?:by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
  private static final Pattern METRIC = Pattern.compile("\\b[a-z_]\\w*\\b(?!\\s*\\()");
  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "bool", "offset");

  private final LocalCloud cloud;

  MonitoringTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @Test
  void asksOnlyForMetricsAndLabelsThatThereAre() throws Exception {
    Map<String, Set<String>> given = metrics();

    List<String> expressions = Stream.concat(alerts(), dashboard()).toList();

    assertThat(expressions).hasSizeGreaterThan(15);
    expressions.forEach(expression -> check(expression, given));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "time() - max(covid_last_sucess_seconds) > 26 * 3600",
        "up == 1 and covid_dead_letter",
        "covid_runs_total{state=\"failed\"}",
        "sum by (state) (covid_runs_total)",
        "max(covid_runs_total) < ignoring (feed) group_left () covid_runs_total",
        "rate(camel_route_policy_seconds_bucket{route=\"ingest\"}[5m])",
      })
  void findsWhatThereIsNot(String expression) {
    Map<String, Set<String>> given =
        Map.of(
            "covid_last_success_seconds", Set.of(),
            "covid_dead_letters", Set.of(),
            "covid_runs_total", Set.of("status"),
            "camel_route_policy_seconds_bucket", Set.of("routeId", "le"));

    assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> check(expression, given));
  }

  @Test
  void eachAlertHasASectionOfTheHandbookAndSaysHowGraveItIs() throws IOException {
    Set<String> sections =
        Files.readAllLines(Path.of("docs", "operations.md")).stream()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4).toLowerCase().replace(' ', '-'))
            .collect(Collectors.toSet());

    assertThat(rules())
        .hasSize(10)
        .allSatisfy(
            rule -> {
              Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
              assertThat(annotations.get("summary")).isNotNull();
              assertThat(annotations.get("description")).isNotNull();
              String alert = rule.get("alert").toString().toLowerCase();
              assertThat(annotations.get("runbook_url")).isEqualTo("docs/operations.md#" + alert);
              assertThat(sections).contains(alert);
              assertThat(((Map<?, ?>) rule.get("labels")).get("severity"))
                  .isIn("warning", "critical");
            });
  }

  // --- What is asked for

  private static Stream<String> alerts() throws IOException {
    return rules().stream().map(rule -> rule.get("expr").toString());
  }

  private static List<Map<?, ?>> rules() throws IOException {
    Map<?, ?> alerts =
        (Map<?, ?>)
            new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(PRODUCTION.resolve("alerts.yaml")));
    Map<?, ?> group = (Map<?, ?>) ((List<?>) ((Map<?, ?>) alerts.get("spec")).get("groups")).get(0);
    return ((List<?>) group.get("rules"))
        .stream().<Map<?, ?>>map(rule -> (Map<?, ?>) rule).toList();
  }

  private static Stream<String> dashboard() throws IOException {
    JsonNode dashboard = new ObjectMapper().readTree(PRODUCTION.resolve("dashboard.json").toFile());
    return dashboard.findValuesAsText("expr").stream();
  }

  private static void check(String promQl, Map<String, Set<String>> given) {
    String expression = RANGE.matcher(STRING.matcher(promQl).replaceAll("\"\"")).replaceAll("");
    Set<String> labels = new HashSet<>(LABELS_OF_PROMETHEUS);
    Set<String> names = names(expression);
    assertThat(names).as(promQl).isNotEmpty().isSubsetOf(withUp(given.keySet()));
    names.forEach(name -> labels.addAll(given.getOrDefault(name, Set.of())));
    GROUPING
        .matcher(expression)
        .results()
        .flatMap(grouping -> Stream.of(grouping.group(1).split(",")))
        .map(String::strip)
        .filter(label -> !label.isEmpty())
        .forEach(label -> assertThat(labels).as(promQl).contains(label));
    for (MatchResult selector : SELECTOR.matcher(expression).results().toList()) {
      Set<String> own = new HashSet<>(given.getOrDefault(selector.group(1), Set.of()));
      own.addAll(LABELS_OF_PROMETHEUS);
      MATCHER
          .matcher(selector.group(2))
          .results()
          .forEach(matcher -> assertThat(own).as(promQl).contains(matcher.group(1)));
    }
  }

  private static Set<String> names(String expression) {
    String bare = GROUPING.matcher(expression).replaceAll("").replaceAll("\\{[^}]*}", "");
    return METRIC
        .matcher(bare)
        .results()
        .map(MatchResult::group)
        .filter(name -> !OPERATORS.contains(name))
        .collect(Collectors.toSet());
  }

  private static Set<String> withUp(Set<String> names) {
    Set<String> all = new HashSet<>(names);
    all.add(OF_PROMETHEUS);
    return all;
  }

  // --- What there is

  /** The names of the labels of each metric, in whichever process it is. */
  @SuppressWarnings("try")
  private Map<String, Set<String>> metrics() throws Exception {
    Map<String, Set<String>> metrics = new HashMap<>();
    try (FeedServer feeds = TestApplication.feeds()) {
      addThoseAfterARunAndAReader(metrics, feeds);
      String http = TestApplication.freePort();
      String management = TestApplication.freePort();
      Optional<String> dataset = Optional.of("who");
      String[] coordinator = {
        "http.port", http, "management.port", management, "chunks.to", TestApplication.queue(cloud)
      };
      try (TestApplication application =
          TestApplication.serve(dataset, cloud, feeds, coordinator)) {
        addThoseOf(management, metrics);
      }
      management = TestApplication.freePort();
      try (TestApplication worker =
          TestApplication.working(cloud, feeds, "who", "management.port", management)) {
        addThoseOf(management, metrics);
      }
    }
    return metrics;
  }

  private void addThoseAfterARunAndAReader(Map<String, Set<String>> metrics, FeedServer feeds)
      throws Exception {
    String http = TestApplication.freePort();
    String management = TestApplication.freePort();
    try (TestApplication application =
        TestApplication.serve(cloud, feeds, "http.port", http, "management.port", management)) {
      application.run();
      get("http://127.0.0.1:" + http + "/totals");
      addThoseOf(management, metrics);
    }
  }

  private static void addThoseOf(String management, Map<String, Set<String>> metrics)
      throws IOException, InterruptedException {
    Matcher sample = SAMPLE.matcher(get("http://127.0.0.1:" + management + "/observe/metrics"));
    while (sample.find()) {
      Set<String> labels = metrics.computeIfAbsent(sample.group("name"), n -> new HashSet<>());
      String given = sample.group("labels") == null ? "" : sample.group("labels");
      LABEL.matcher(given).results().forEach(label -> labels.add(label.group(1)));
    }
  }

  private static String get(String url) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
        .body();
  }
}
