package local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Has the packaged program do once all that it does, against the local cloud: two runs, and every
 * kind of answer. From what it needed there java leaves an archive of classes beside the jar
 * (AppCDS; from Java 25 on an AOT cache), with which {@code bin/event-driven-camel} starts faster.
 * The build does this at the end of {@code package}.
 */
public final class Rehearsal {
  private static final String NAME = "event-driven-camel";
  private static final int PATIENCE_SECONDS = 120;
  private static final String TOKEN = "rehearsal";
  private static final List<String> PATHS =
      List.of(
          "/",
          "/totals",
          "/chart.png",
          "/chart.svg",
          "/days",
          "/days?interval=month&format=csv",
          "/CovidData.csv",
          "/runs",
          "/openapi.json");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path target;
  private final int port = FreePorts.next();
  private final int managementPort = FreePorts.next();
  private final Semaphore ends = new Semaphore(0);

  private Rehearsal(Path target) {
    this.target = target;
  }

  /**
   * Writes the archive.
   *
   * @param args the folder where the jar is, and a file of options for java
   */
  public static void main(String... args) throws IOException, InterruptedException {
    new Rehearsal(Path.of(args[0]).toAbsolutePath()).hold(Path.of(args[1]).toAbsolutePath());
    // The local cloud leaves threads behind.
    System.exit(0);
  }

  private void hold(Path options) throws IOException, InterruptedException {
    boolean cached = Runtime.version().feature() >= 25;
    Path archive = target.resolve(NAME + (cached ? ".aot" : ".jsa"));
    // One of another Java would be tried first, and in vain.
    Files.deleteIfExists(target.resolve(NAME + ".aot"));
    Files.deleteIfExists(target.resolve(NAME + ".jsa"));
    Path said = target.resolve("rehearsal.log");
    try (LocalCloud cloud = LocalCloud.inMemory();
        FeedServer feeds = FeedServer.synthetic(0, 1)) {
      cloud.intercept(
          call -> {
            // The mark of a run goes last.
            if (call.service() == Service.S3 && call.operation().startsWith("DELETE ")) {
              ends.release();
            }
            return Fault.none();
          });
      Process program =
          start(
              List.of(
                  "@" + options,
                  (cached ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + archive),
              environment(cloud, feeds),
              said);
      boolean stopped;
      try {
        if (!program.supportsNormalTermination()) {
          System.out.println("No archive of classes: here a program cannot be asked to stop.");
          return;
        }
        play();
      } finally {
        program.destroy();
        stopped = program.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        program.destroyForcibly();
      }
      if (!stopped || !Files.exists(archive)) {
        throw new IllegalStateException("No archive was made; %s says why".formatted(said));
      }
    }
    System.out.printf("%s, %d MB%n", archive, Files.size(archive) / 1_000_000);
  }

  /** A first run, which serve catches up by itself, a second one, and some readers. */
  private void play() throws IOException, InterruptedException {
    awaitEnd();
    send(
        request(port, "/runs")
            .header("Authorization", "Bearer " + TOKEN)
            .POST(BodyPublishers.noBody()));
    awaitEnd();
    for (String path : PATHS) {
      send(request(port, path).header("Accept-Encoding", "gzip"));
    }
    send(request(managementPort, "/observe/health/ready"));
    send(request(managementPort, "/observe/metrics"));
  }

  private void awaitEnd() throws InterruptedException {
    if (!ends.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("No run came to its end");
    }
  }

  private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request.build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(answer.toString());
    }
  }

  private static HttpRequest.Builder request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private Process start(List<String> options, Map<String, String> environment, Path said)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-jar", target.resolve(NAME + ".jar").toString(), "serve"));
    ProcessBuilder program = new ProcessBuilder(command).directory(target.toFile());
    program.environment().putAll(environment);
    return program.redirectErrorStream(true).redirectOutput(said.toFile()).start();
  }

  private Map<String, String> environment(LocalCloud cloud, FeedServer feeds) {
    Map<String, String> environment = new HashMap<>(cloud.environment());
    environment.put("FEED_NYT_URL", feeds.nyt().toString());
    environment.put("FEED_JHU_URL", feeds.jhu().toString());
    environment.put("ARCHIVE_BUCKET", cloud.bucket());
    environment.put("ARCHIVE_PATH_STYLE", "true");
    environment.put("ANNOUNCE_TOPIC", cloud.topicArn());
    environment.put("HTTP_HOST", "127.0.0.1");
    environment.put("HTTP_PORT", Integer.toString(port));
    environment.put("HTTP_TOKEN", TOKEN);
    environment.put("MANAGEMENT_HOST", "127.0.0.1");
    environment.put("MANAGEMENT_PORT", Integer.toString(managementPort));
    return environment;
  }
}
