package covid;

/**
 * How far workers are with the chunks of a run in progress.
 *
 * @param planned how many chunks the run has
 * @param settled how many of them have a result
 */
public record ChunkProgress(int planned, int settled) {}
