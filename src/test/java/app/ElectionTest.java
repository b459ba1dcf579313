package app;

import static local.Polling.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import local.Fault;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Service;
import org.apache.camel.cluster.CamelClusterService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Several pods: which one runs by the clock, and what becomes of it when something fails. */
@ExtendWith(LocalCloudExtension.class)
@Tag("slow")
class ElectionTest {
  /** A run every second. */
  private static final String OFTEN = "* * * * * ?";

  /** No run is due, but one has been missed, if there is no report of one. */
  private static final String ONCE_A_YEAR = "0 0 0 1 1 ?";

  private static final String LEASE = "event-driven-camel-schedule";

  /** A request to the API: the method, the group if it is not the core, the resource, the name. */
  private static final Pattern REQUEST =
      Pattern.compile(
          "(?<method>\\w+) /apis?/(?:(?<group>[^/]+\\.[^/]+)/)?v1/namespaces/"
              + KubernetesApi.NAMESPACE
              + "/(?<resource>\\w+)(?:/(?<name>[^?]+))?(?:\\?.*)?");

  private final HttpClient http = HttpClient.newHttpClient();
  private final FeedServer feeds = TestApplication.feeds();
  private final KubernetesApi kubernetes = KubernetesApi.start();
  private final Deque<Pod> pods = new ArrayDeque<>();
  private final LocalCloud cloud;

  ElectionTest(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @AfterEach
  void stop() {
    pods.forEach(pod -> pod.application.close());
    kubernetes.close();
    feeds.close();
  }

  @Test
  void everyPodServesAndOneRunsByTheClock() throws Exception {
    CountDownLatch runs = messages(3);
    Pod one = start("one", OFTEN);
    Pod two = start("two", OFTEN);
    runs.await();

    Pod leader = one.leads() ? one : two;
    Pod follower = leader == one ? two : one;
    assertThat(kubernetes.holder(LEASE)).isEqualTo(leader.name);
    assertThat(follower.leads()).isFalse();
    assertThat(follower.runs()).isZero();
    assertThat(leader.runs()).isPositive();
    assertThat(leader.metrics()).contains("covid_leader 1.0");
    assertThat(follower.metrics()).contains("covid_leader 0.0");
    assertThat(leader.health()).contains("Leads");
    assertThat(follower.health()).contains("Follows " + leader.name);
    assertThat(follower.post("/runs").statusCode()).isEqualTo(202);
    until(() -> follower.runs() == 1);
  }

  @Test
  void aNewLeaderCatchesUpARunThatItsPredecessorMissed() throws Exception {
    Pod one = start("one", ONCE_A_YEAR);
    until(() -> one.runs() == 1);
    Pod two = start("two", ONCE_A_YEAR);
    cloud.keys("runs/").forEach(this::remove);
    dies(one);

    until(two::leads);
    until(() -> two.runs() == 1);
  }

  @Test
  void aNewLeaderDoesNotRepeatARunThatItsPredecessorHasReported() throws Exception {
    Pod one = start("one", ONCE_A_YEAR);
    until(() -> one.runs() == 1);
    Pod two = start("two", ONCE_A_YEAR);
    dies(one);

    until(() -> two.metrics().contains("routeId=\"ingest-missed\"} 1.0"));
    assertThat(two.leads()).isTrue();
    assertThat(cloud.messages()).hasSize(1);
  }

  @Test
  void whoLosesTheLeadServesAndLeadsAgainWhenTheApiIsBack() throws Exception {
    Pod one = start("one", OFTEN);
    until(one::leads);
    kubernetes.refuse(request -> true);
    until(() -> !one.leads());

    assertThat(one.health()).doesNotContain("DOWN");
    kubernetes.refuse(request -> false);
    until(one::leads);
    messages(1).await();
  }

  @Test
  void anElectionThatARenewalEndedBeginsAnew() throws Exception {
    Pod one = start("one", OFTEN);
    until(one::leads);
    AtomicBoolean once = new AtomicBoolean(true);
    kubernetes.refuse(request -> request.startsWith("PUT") && once.getAndSet(false));
    until(() -> !one.leads());

    until(one::leads);
    messages(1).await();
  }

  @Test
  void withoutTheApiAPodServesAndSaysWhyNobodyLeads() throws Exception {
    kubernetes.refuse(request -> true);
    Pod one = start("one", OFTEN);
    until(() -> one.health().contains("No leader is known: "));

    assertThat(one.health()).contains("\"UP\"", LEASE, "Forbidden").doesNotContain("DOWN");
    assertThat(cloud.messages()).isEmpty();
    kubernetes.refuse(request -> false);
    messages(1).await();
    until(() -> one.health().contains("Leads"));
  }

  @Test
  void aPodThatIsNoMemberSaysSo() throws Exception {
    Pod one = start("one", OFTEN, Map.of("app.kubernetes.io/name", "another"));
    until(() -> one.health().contains("one is not among the ready pods with the labels"));

    assertThat(one.leads()).isFalse();
    assertThat(cloud.messages()).isEmpty();
  }

  @Test
  void theRoleAllowsEveryCallAndNothingElse() throws Exception {
    Pod one = start("one", OFTEN);
    until(one::leads);
    Pod two = start("two", OFTEN);
    kubernetes.refuse(request -> request.contains("/leases/"));
    until(() -> two.health().contains("No leader is known: "));
    kubernetes.refuse(request -> false);
    dies(one);
    until(two::leads);

    Set<String> needs = new LinkedHashSet<>();
    kubernetes.requests().forEach(request -> needs.add(need(request)));
    assertThat(needs).containsExactlyInAnyOrderElementsOf(role());
  }

  @Test
  void nobodyIsElectedUnlessToldTo() throws Exception {
    CountDownLatch runs = messages(1);
    Pod one = start("one", OFTEN, labels(), "cluster.enabled", "false");
    runs.await();

    assertThat(kubernetes.requests()).isEmpty();
    assertThat(one.application.context().hasService(CamelClusterService.class)).isNull();
    assertThat(one.health()).doesNotContain("leader");
  }

  // --- What the manifests say

  /** Verb, group, resource, name: {@code create} knows no name. */
  private static String need(String request) {
    Matcher asked = REQUEST.matcher(request);
    assertThat(asked.matches()).as(request).isTrue();
    String name = asked.group("name");
    String verb =
        switch (asked.group("method")) {
          case "GET" -> request.contains("watch=") ? "watch" : name == null ? "list" : "get";
          case "POST" -> "create";
          case "PUT" -> "update";
          default -> asked.group("method");
        };
    return String.join(
        " ",
        verb,
        asked.group("group") == null ? "" : asked.group("group"),
        asked.group("resource"),
        name == null ? "" : name);
  }

  private static Set<String> role() throws Exception {
    Set<String> grants = new LinkedHashSet<>();
    Map<?, ?> role = manifest("leader-election.yaml");
    for (Object rule : (List<?>) role.get("rules")) {
      for (String group : texts(rule, "apiGroups")) {
        for (String resource : texts(rule, "resources")) {
          for (String verb : texts(rule, "verbs")) {
            for (String name : texts(rule, "resourceNames")) {
              grants.add(String.join(" ", verb, group, resource, name));
            }
          }
        }
      }
    }
    return grants;
  }

  /** Of whatever name, if there is none. */
  private static List<String> texts(Object rule, String key) {
    Object texts = ((Map<?, ?>) rule).get(key);
    return texts == null ? List.of("") : ((List<?>) texts).stream().map(Object::toString).toList();
  }

  /** The labels of the pods: those of the Deployment, and those that everything has. */
  private static Map<String, String> labels() throws Exception {
    Map<String, String> labels = new HashMap<>();
    Stream.of(
            at(manifest("deployment.yaml"), "spec", "template", "metadata", "labels"),
            at(((List<?>) manifest("kustomization.yaml").get("labels")).get(0), "pairs"))
        .forEach(
            some -> some.forEach((name, value) -> labels.put(name.toString(), value.toString())));
    return labels;
  }

  private static Map<?, ?> at(Object map, String... keys) {
    Map<?, ?> inner = (Map<?, ?>) map;
    for (String key : keys) {
      inner = (Map<?, ?>) inner.get(key);
    }
    return inner;
  }

  private static Map<?, ?> manifest(String file) throws Exception {
    Load load = new Load(LoadSettings.builder().build());
    String text = Files.readString(Path.of("k8s", "base", file));
    return (Map<?, ?>) load.loadAllFromString(text).iterator().next();
  }

  // --- The pods

  private Pod start(String name, String cron) throws Exception {
    return start(name, cron, labels());
  }

  /** Leases last shorter than in production, so that nobody has to wait for them. */
  private Pod start(String name, String cron, Map<String, String> labels, String... settings)
      throws Exception {
    String port = TestApplication.freePort();
    String managementPort = TestApplication.freePort();
    String[] common = {
      "cluster.enabled", "true",
      "camel.main.name", name,
      "camel.main.route-filter-exclude-pattern", "recall-runs",
      "camel.cluster.kubernetes.pod-name", name,
      "camel.cluster.kubernetes.lease-duration-millis", "900",
      "camel.cluster.kubernetes.renew-deadline-millis", "600",
      "camel.cluster.kubernetes.retry-period-millis", "100",
      "schedule.cron", cron,
      "http.token", "token",
      "http.port", port,
      "management.port", managementPort
    };
    Pod pod =
        new Pod(
            name,
            TestApplication.serve(
                cloud,
                feeds,
                Stream.of(common, settings).flatMap(Stream::of).toArray(String[]::new)),
            port,
            managementPort);
    pods.add(pod);
    kubernetes.ready(name, labels);
    return pod;
  }

  private void dies(Pod pod) {
    pods.remove(pod);
    pod.application.close();
    kubernetes.gone(pod.name);
  }

  private final class Pod {
    private final String name;
    private final TestApplication application;
    private final String port;
    private final String managementPort;

    private Pod(String name, TestApplication application, String port, String managementPort) {
      this.name = name;
      this.application = application;
      this.port = port;
      this.managementPort = managementPort;
    }

    boolean leads() {
      return application.context().hasService(CamelClusterService.class).isLeader("schedule");
    }

    /** Runs that have succeeded in this pod. */
    int runs() throws Exception {
      Matcher runs =
          Pattern.compile("covid_runs_total\\{status=\"succeeded\"} (\\d+)").matcher(metrics());
      assertThat(runs.find()).isTrue();
      return Integer.parseInt(runs.group(1));
    }

    String metrics() throws Exception {
      return get("/observe/metrics");
    }

    String health() throws Exception {
      return get("/observe/health/ready") + get("/observe/health");
    }

    private String get(String path) throws Exception {
      URI address = URI.create("http://127.0.0.1:" + managementPort + path);
      return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }

    HttpResponse<String> post(String path) throws Exception {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .header("Authorization", "Bearer token")
              .POST(BodyPublishers.noBody())
              .build(),
          BodyHandlers.ofString());
    }
  }

  // --- Waiting

  /** Opens after so many further messages to the topic. */
  private CountDownLatch messages(int count) {
    CountDownLatch messages = new CountDownLatch(count);
    cloud.intercept(
        call -> {
          if (call.service() == Service.SNS) {
            messages.countDown();
          }
          return Fault.none();
        });
    return messages;
  }

  private void remove(String key) {
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(key));
  }
}
