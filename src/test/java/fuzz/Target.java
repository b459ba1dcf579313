package fuzz;

import java.nio.file.Path;
import java.util.Locale;

/** What is fuzzed. */
enum Target {
  FEED(FeedTarget.class, FeedTarget::fuzzerTestOneInput),
  SETTINGS(SettingsTarget.class, SettingsTarget::fuzzerTestOneInput),
  DATASET_FILE(DatasetFileTarget.class, DatasetFileTarget::fuzzerTestOneInput),
  REQUEST(RequestTarget.class, RequestTarget::fuzzerTestOneInput),
  BUCKET(BucketTarget.class, BucketTarget::fuzzerTestOneInput);

  private final Class<?> type;
  private final OneInput run;

  /** A promise that an input must not break. */
  interface OneInput {
    /** Fails if it does. */
    void test(byte[] input) throws Exception;
  }

  Target(Class<?> type, OneInput run) {
    this.type = type;
    this.run = run;
  }

  /** The class with the method that the fuzzer calls. */
  Class<?> type() {
    return type;
  }

  /** What the fuzzer calls. */
  OneInput run() {
    return run;
  }

  /** The folder of its first inputs. */
  Path seeds() {
    return Path.of("src", "test", "resources", "fuzz", toString());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
