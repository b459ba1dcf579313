package chunks;

import static java.util.Objects.requireNonNull;

import covid.RunId;
import java.util.regex.Pattern;

/**
 * A message of the queue: a chunk that a worker is to store. It only says where the work is; that a
 * chunk is done, its result says.
 *
 * @param run the id of the run
 * @param chunk its number in the run
 * @param object the name of the object with the days
 * @param records how many days it has
 */
public record ChunkMessage(String run, int chunk, String object, int records) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if it is not a message of this program; its parts become keys
   *     of the bucket
   */
  public ChunkMessage {
    requireNonNull(run, "run");
    requireNonNull(object, "object");
    if (!RunId.isId(run) || chunk < 0 || !SHA256.matcher(object).matches() || records < 1) {
      throw new IllegalArgumentException("It does not name a chunk");
    }
  }
}
