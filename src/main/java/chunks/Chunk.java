package chunks;

import static java.util.Objects.requireNonNull;

import covid.Place;

/**
 * The days of one place that are to be stored.
 *
 * @param number from 0, unique in its run
 * @param place of the days
 * @param object the name of the object with the days: their SHA-256, in hexadecimal
 * @param records how many days it has
 */
public record Chunk(int number, Place place, String object, int records) {
  public Chunk {
    requireNonNull(place, "place");
    requireNonNull(object, "object");
  }

  /** The message by which a worker gets it. */
  public ChunkMessage message(String run) {
    return new ChunkMessage(run, number, object, records);
  }
}
