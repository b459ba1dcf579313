package management;

import cluster.Election;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Says who leads. Whoever it is, this process is up: it serves. A pod that went out of service
 * without a leader would have all of them go when the API of Kubernetes is away.
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
