package app;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The API of a Kubernetes cluster on 127.0.0.1, as far as an election asks it, where the program in
 * this JVM finds it as it would in a pod. What the program asks is listed, and refused if a test
 * says so.
 */
final class KubernetesApi implements AutoCloseable {
  static final String NAMESPACE = "event-driven-camel";
  private static final String TEST = "test";

  // It tells of every request.
  private static final Logger SERVER = Logger.getLogger(MockWebServer.class.getName());

  static {
    SERVER.setLevel(Level.WARNING);
  }

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final KubernetesMockServer server;
  private final KubernetesClient client;
  private volatile Predicate<String> refused = request -> false;

  private KubernetesApi() {
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), new Dispatcher(), false);
    server.init(InetAddress.getLoopbackAddress(), 0);
    String address = "http://127.0.0.1:" + server.getPort();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl(address)
                    .withNamespace(NAMESPACE)
                    .withUserAgent(TEST)
                    .build())
            .build();
    System.setProperty(Config.KUBERNETES_MASTER_SYSTEM_PROPERTY, address);
    System.setProperty(Config.KUBERNETES_NAMESPACE_SYSTEM_PROPERTY, NAMESPACE);
    System.setProperty(Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY, "false");
    System.setProperty(Config.KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT_SYSTEM_PROPERTY, "0");
  }

  static KubernetesApi start() {
    return new KubernetesApi();
  }

  private final class Dispatcher extends KubernetesCrudDispatcher {
    @Override
    public MockResponse dispatch(RecordedRequest asked) {
      if (TEST.equals(asked.getHeader("User-Agent"))) {
        return super.dispatch(asked);
      }
      String request = asked.getMethod() + " " + asked.getPath();
      requests.add(request);
      return refused.test(request)
          ? new MockResponse().setResponseCode(403)
          : super.dispatch(asked);
    }
  }

  /** A pod is ready. */
  void ready(String name, Map<String, String> labels) {
    client
        .pods()
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .addNewCondition()
                .withType("Ready")
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build())
        .create();
  }

  /** A pod is gone. */
  void gone(String name) {
    client.pods().withName(name).delete();
  }

  /** Who holds the lease. */
  String holder(String lease) {
    return client.leases().withName(lease).get().getSpec().getHolderIdentity();
  }

  /** What the program has asked: the method, the path and the query. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** From now on it is refused (403) what a test picks by its method, path and query. */
  void refuse(Predicate<String> request) {
    refused = request;
  }

  @Override
  public void close() {
    List.of(
            Config.KUBERNETES_MASTER_SYSTEM_PROPERTY,
            Config.KUBERNETES_NAMESPACE_SYSTEM_PROPERTY,
            Config.KUBERNETES_AUTH_TRYKUBECONFIG_SYSTEM_PROPERTY,
            Config.KUBERNETES_REQUEST_RETRY_BACKOFFLIMIT_SYSTEM_PROPERTY)
        .forEach(System::clearProperty);
    client.close();
    server.destroy();
  }
}
