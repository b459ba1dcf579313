package serve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import web.ProblemException;

/**
 * Reads several objects at the same time.
 *
 * @param readers one thread for each read
 */
public record ParallelReads(ExecutorService readers) {
  /** Reads one object. */
  interface Reading<K, T> {
    T read(K key) throws ProblemException;
  }

  /**
   * Reads objects.
   *
   * @return in the order of the keys
   * @throws ProblemException if one cannot be read
   */
  <K, T> List<T> all(List<K> keys, Reading<K, T> reading) throws Exception {
    List<Callable<T>> reads = new ArrayList<>();
    keys.forEach(key -> reads.add(() -> reading.read(key)));
    List<T> read = new ArrayList<>();
    for (Future<T> each : readers.invokeAll(reads)) {
      try {
        read.add(each.get());
      } catch (ExecutionException e) {
        throw e.getCause() instanceof ProblemException problem ? problem : e;
      }
    }
    return read;
  }
}
