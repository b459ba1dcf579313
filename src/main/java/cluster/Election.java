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
 * The leader election among the pods: the holder of the Lease leads. It is Camel's own; this class
 * sets it up, logs it, and restarts it when it has halted.
 *
 * <p>The Lease is no fence: a leader that loses it may still finish its run. Two runs at a time are
 * safe, since every write is conditional.
 */
public final class Election implements CamelClusterEventListener.Leadership, StartupListener {
  private static final Logger LOG = LoggerFactory.getLogger("election");

  private static final String PROPERTIES = "camel.cluster.kubernetes.";

  /**
   * A new leader waits for one lease duration before it leads, after the old one's lease has
   * expired. Without a leader for longer than both, something is wrong.
   */
  private static final int PATIENCE = 3;

  private final String group;
  private final KubernetesClusterService pods = new KubernetesClusterService();
  private final ScheduledExecutorService watch;
  private volatile @Nullable CamelClusterView view;
  private volatile @Nullable Future<?> alarm;
  private volatile String trouble = "";

  private Election(CamelContext context, String group) {
    this.group = group;
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
   * Lets a context take part once it has started. It is configured by the properties {@code
   * camel.cluster.kubernetes.}, named like the options of {@link KubernetesClusterService};
   * Kubernetes gives every pod the namespace and the address of the API.
   *
   * @param group of processes of which one leads; the name of its Lease ends with it
   */
  public static Election in(CamelContext context, String group) throws Exception {
    Election election = new Election(context, group);
    context.addService(election.pods);
    context.addStartupListener(election);
    return election;
  }

  /**
   * Whether there is a cluster to take part in, which a namespace shows: a pod has it in a file of
   * its service account, other processes in the current context of a kubeconfig.
   */
  public static boolean isPossible(CamelContext context) {
    return context
            .getPropertiesComponent()
            .resolveProperty(PROPERTIES + "kubernetes-namespace")
            .isPresent()
        || Config.autoConfigure(null).getNamespace() != null;
  }

  /**
   * The prefix of endpoints that consume only in the process that leads.
   *
   * @param group of {@link #in}
   */
  public static String leaderOnly(String group) {
    return "master:%s:".formatted(group);
  }

  /** Whether this process leads. */
  public boolean isLeader() {
    return view != null && view.getLocalMember().isLeader();
  }

  /** The leader, in words. */
  public String describe() {
    return leader()
        .map(leader -> leader.isLocal() ? "Leads" : "Follows " + leader.getId())
        .orElse(trouble.isEmpty() ? "No leader is known yet" : "No leader is known: " + trouble);
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) throws Exception {
    CamelClusterView joined = pods.getView(group);
    view = joined;
    // A view that has not started yet does not notify listeners.
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
   * Camel's election ends for good when renewing the Lease fails, and the other pods still see its
   * holder as the leader.
   */
  private void beginAnew(CamelClusterView joined) {
    if (!isLeaderMissing()) {
      return;
    }
    try {
      String reason = whatIsWrong(joined);
      // The request may have taken long.
      if (isLeaderMissing()) {
        trouble = reason;
        LOG.error("No leader is known, so no run is scheduled: {}", reason);
        pods.stopView(group);
        pods.startView(group);
      }
    } catch (Exception e) {
      // Camel declares no narrower type. After any error the watch must continue.
      LOG.error("The election cannot be restarted: {}", e.toString());
    } finally {
      if (isLeaderMissing()) {
        watchOut(joined);
      }
    }
  }

  private boolean isLeaderMissing() {
    return pods.getCamelContext().isStarted() && leader().isEmpty();
  }

  /** Makes the election's request once more, since Camel does not report its error. */
  private String whatIsWrong(CamelClusterView joined) {
    Config config =
        new ConfigBuilder(Config.autoConfigure(null)).withRequestRetryBackoffLimit(0).build();
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      client.leases().withName(pods.getKubernetesResourceName() + "-" + group).get();
      String self = joined.getLocalMember().getId();
      return client.pods().withLabels(pods.getClusterLabels()).list().getItems().stream()
              .filter(Readiness::isPodReady)
              .anyMatch(pod -> pod.getMetadata().getName().equals(self))
          ? "the election has halted and is restarted"
          : "%s is not among the ready pods with the labels %s"
              .formatted(self, pods.getClusterLabels());
    } catch (KubernetesClientException e) {
      return e.getMessage() + (e.getCause() == null ? "" : " " + e.getCause());
    }
  }
}
