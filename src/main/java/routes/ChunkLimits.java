package routes;

import java.time.Duration;

/**
 * How long a run waits for workers.
 *
 * @param poll how often it looks for results
 * @param resendAfter without progress for so long, it sends chunks again, and a run of another
 *     process is continued
 * @param deadline so long after the plan, it settles chunks itself
 */
public record ChunkLimits(Duration poll, Duration resendAfter, Duration deadline) {}
