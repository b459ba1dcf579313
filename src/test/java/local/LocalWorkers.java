package local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Workers: processes of their own, with the class path of this one and the options of {@code
 * bin/java.options}. They end with this process, even when it is killed: see {@link LocalWorker}.
 */
final class LocalWorkers {
  /** Held here, for a process that nobody holds loses its standard input. */
  private static final List<Process> STARTED = new ArrayList<>();

  private LocalWorkers() {}

  /**
   * Starts workers.
   *
   * @param folder where each has its log, {@code worker-1.log} and so on
   * @param environment where the local cloud is, and what is in it
   * @param command of the application
   * @return the processes
   */
  static synchronized List<Process> start(
      int count, Path folder, Map<String, String> environment, String command) {
    List<Process> processes =
        IntStream.rangeClosed(1, count)
            .mapToObj(
                number ->
                    start(folder.resolve("worker-%d.log".formatted(number)), environment, command))
            .toList();
    STARTED.addAll(processes);
    return processes;
  }

  private static Process start(Path log, Map<String, String> environment, String command) {
    ProcessBuilder worker =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + Path.of("bin", "java.options"),
            "--enable-native-access=ALL-UNNAMED",
            "-Dcamel.main.profile=local",
            "-Dmanagement.port=" + FreePorts.next(),
            "-classpath",
            classPath(),
            LocalWorker.class.getName(),
            command);
    worker.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    worker.environment().putAll(environment);
    worker.redirectErrorStream(true).redirectOutput(log.toFile());
    try {
      return worker.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the JVM of Maven only the class loader knows it. */
  private static String classPath() {
    return LocalWorkers.class.getClassLoader() instanceof URLClassLoader maven
        ? Arrays.stream(maven.getURLs())
            .map(LocalWorkers::path)
            .collect(Collectors.joining(File.pathSeparator))
        : System.getProperty("java.class.path");
  }

  private static String path(URL place) {
    try {
      return Path.of(place.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
