package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import web.Answer;
import web.Request;

/** A command that needs the bucket alone, and starts no application for it. */
abstract class ReadCommand extends OneCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /**
   * Reads, and prints.
   *
   * @return the exit code
   */
  abstract int read(BucketReaders bucket) throws Exception;

  @Override
  public final Integer call() throws Exception {
    try (BucketReaders bucket = new BucketReaders(FoundSettings.of(choice()).settings())) {
      return read(bucket);
    }
  }

  /** Whether to print JSON. */
  final boolean isJson() {
    return json;
  }

  /** What goes wrong ends the command with a sentence; the log would say it before. */
  @Override
  final Optional<String> logLevel() {
    return Optional.of("ERROR");
  }

  /**
   * The request that a server would have answered the same.
   *
   * @param parameters name, value, name, value ...; without those whose value is null
   */
  static Request request(String path, @Nullable String... parameters) {
    Map<String, String> given = new TreeMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      String value = parameters[i + 1];
      if (value != null) {
        given.put(String.valueOf(parameters[i]), value);
      }
    }
    return Request.of(path, given);
  }

  /** Prints the body of an answer. */
  final void print(Answer answer) {
    print(answer.body());
  }

  /** Prints a text. */
  final void print(byte[] text) {
    out().println(new String(text, UTF_8).stripTrailing());
  }

  /** Reads the body of an answer. */
  static <T> T read(BucketReaders bucket, Answer answer, Class<T> type) throws IOException {
    return bucket.json().read(answer.body(), type).orElseThrow();
  }
}
