package cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterView;
import org.apache.camel.component.kubernetes.cluster.KubernetesClusterService;
import org.apache.camel.support.PropertyBindingSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The election among the pods: the one that holds the Lease leads. It is Camel's own; here it is
 * set up, told of, and begun anew when it has come to a halt.
 *
 * <p>The Lease is no fence: a leader that loses it may still end the run that it has begun. Two
 * runs at a time are safe, for every write is conditional.
 */
public final class Election implements CamelClusterEventListener.Leadership, StartupListener {
  private static final Logger LOG = LoggerFactory.getLogger("election");

  /** Endpoints with this before their address consume in the leader's process only. */
  public static final String LEADER_ONLY = "master:schedule:";

  private static final String GROUP = "schedule";
  private static final String PROPERTIES = "camel.cluster.kubernetes.";

  /**
   * A new leader waits for the length of one lease before it leads, after the old one was known for
   * as long as that. Who sees nobody for longer than both sees that something is wrong.
   */
  private static final int PATIENCE = 3;

  private final KubernetesClusterService pods = new KubernetesClusterService();
  private final ScheduledExecutorService watch;
  private volatile @Nullable CamelClusterView view;
  private volatile @Nullable Future<?> alarm;
  private volatile String trouble = "";

  private Election(CamelContext context) {
    Properties all = context.getPropertiesComponent().loadProperties(n -> n.startsWith(PROPERTIES));
    Map<String, Object> properties = new HashMap<>();
    all.stringPropertyNames().forEach(name -> properties.put(name, all.getProperty(name)));
    PropertyBindingSupport.build()
        .withCamelContext(context)
        .withTarget(pods)
        .withProperties(properties)
        .withOptionPrefix(PROPERTIES)
        .withMandatory(true)
        .bind();
    watch = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "election");
  }

  /**
   * Has a context take part as soon as it has started. What is said of it are the properties {@code
   * camel.cluster.kubernetes.}, named like the options of {@link KubernetesClusterService}; how the
   * API is reached, and the namespace, are what Kubernetes tells every pod.
   */
  public static Election in(CamelContext context) throws Exception {
    Election election = new Election(context);
    context.addService(election.pods);
    context.addStartupListener(election);
    return election;
  }

  /**
   * Whether there is a cluster to take part in. What tells of one is the namespace: in a pod a file
   * of its service account has it, elsewhere the current context of a kubeconfig.
   */
  public static boolean isPossible(CamelContext context) {
    return context
            .getPropertiesComponent()
            .resolveProperty(PROPERTIES + "kubernetes-namespace")
            .isPresent()
        || Config.autoConfigure(null).getNamespace() != null;
  }

  /** Whether this process leads. */
  public boolean isLeader() {
    return view != null && view.getLocalMember().isLeader();
  }

  /** Who leads, for a reader. */
  public String describe() {
    return leader()
        .map(leader -> leader.isLocal() ? "Leads" : "Follows " + leader.getId())
        .orElse(trouble.isEmpty() ? "No leader is known yet" : "No leader is known: " + trouble);
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) throws Exception {
    CamelClusterView joined = pods.getView(GROUP);
    view = joined;
    // A view that has not begun yet tells nothing to who joins it.
    watchOut(joined);
    joined.addEventListener(this);
  }

  @Override
  public synchronized void leadershipChanged(
      CamelClusterView changed, @Nullable CamelClusterMember leader) {
    LOG.info("{}", describe());
    if (leader == null) {
      watchOut(changed);
    } else {
      standDown();
      trouble = "";
    }
  }

  private Optional<CamelClusterMember> leader() {
    return Optional.ofNullable(view).flatMap(CamelClusterView::getLeader);
  }

  private synchronized void watchOut(CamelClusterView joined) {
    standDown();
    alarm =
        watch.schedule(
            () -> beginAnew(joined),
            PATIENCE * pods.getLeaseDurationMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void standDown() {
    if (alarm != null) {
      alarm.cancel(false);
    }
  }

  /**
   * Camel's election ends for good when a renewal of the Lease fails, and the other pods go on
   * taking its holder for the leader.
   */
  private void beginAnew(CamelClusterView joined) {
    if (!isLeaderMissing()) {
      return;
    }
    try {
      String reason = whatIsWrong(joined);
      // To ask may have taken long.
      if (isLeaderMissing()) {
        trouble = reason;
        LOG.error("No leader is known, so nothing runs by the clock: {}", reason);
        pods.stopView(GROUP);
        pods.startView(GROUP);
      }
    } catch (Exception e) {
      // Camel declares no less. Whatever it is, the watch must go on: nobody else would.
      LOG.error("The election cannot begin anew: {}", e.toString());
    } finally {
      if (isLeaderMissing()) {
        watchOut(joined);
      }
    }
  }

  private boolean isLeaderMissing() {
    return pods.getCamelContext().isStarted() && leader().isEmpty();
  }

  /** Asks what the election asks, once, for Camel keeps the answer to itself. */
  private String whatIsWrong(CamelClusterView joined) {
    Config config =
        new ConfigBuilder(Config.autoConfigure(null)).withRequestRetryBackoffLimit(0).build();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      client.leases().withName(pods.getKubernetesResourceName() + "-" + GROUP).get();
      String self = joined.getLocalMember().getId();
      return client.pods().withLabels(pods.getClusterLabels()).list().getItems().stream()
              .filter(Readiness::isPodReady)
              .anyMatch(pod -> pod.getMetadata().getName().equals(self))
          ? "the election has come to a halt and begins anew"
          : "%s is not among the ready pods with the labels %s"
              .formatted(self, pods.getClusterLabels());
    } catch (KubernetesClientException e) {
      return e.getMessage() + (e.getCause() == null ? "" : " " + e.getCause());
    }
  }
}
