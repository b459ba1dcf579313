package management;

import cluster.Election;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Names the leader. Always up, since every process serves: otherwise all pods would go out of
 * service when the Kubernetes API is unavailable.
 */
final class LeaderHealth extends AbstractHealthCheck {
  private final Election election;

  LeaderHealth(Election election) {
    super("covid", "leader");
    this.election = election;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    builder.up().message(election.describe());
  }
}
