package app;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a list a command shows. */
final class ListOptions {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "So many at the most. Default: 20 runs, 50 versions.")
  private @Nullable String limit;

  @Option(names = "--before", paramLabel = "ID", description = "Only those before this one.")
  private @Nullable String before;

  @Nullable String limit() {
    return limit;
  }

  @Nullable String before() {
    return before;
  }
}
