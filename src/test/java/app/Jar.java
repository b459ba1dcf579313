package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import local.FeedServer;
import local.LocalCloud;

/**
 * The packaged program in a process of its own, with nothing around it but an empty folder. Its JVM
 * has the options that {@code bin/event-driven-camel} gives it, and starts from the same archive of
 * classes if the build has left one.
 */
public final class Jar {
  private static final Path OPTIONS = Path.of("bin", "java.options").toAbsolutePath();
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path JAR = TARGET.resolve("event-driven-camel.jar");
  private static final Path CACHE = TARGET.resolve("event-driven-camel.aot");
  private static final Path ARCHIVE = TARGET.resolve("event-driven-camel.jsa");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> jvm = new ArrayList<>();

  private Jar(Path folder) {
    this.folder = folder;
  }

  /** What a process said before it ended. */
  public record Ended(int exitCode, String out, String err) {}

  /** Without any settings. */
  static Jar in(Path folder) {
    return new Jar(folder);
  }

  /** With the settings that make it use a local cloud and these feeds. */
  public static Jar in(Path folder, LocalCloud cloud, FeedServer feeds) {
    Jar jar = new Jar(folder);
    jar.environment.putAll(cloud.environment());
    return jar.with("FEED_NYT_URL", feeds.nyt().toString())
        .with("FEED_JHU_URL", feeds.jhu().toString())
        .with("FEED_RETRIES", "0")
        // They are old.
        .with("FEED_STALLED_AFTER", "")
        .with("STORE_RETRIES", "1")
        .with("ARCHIVE_BUCKET", cloud.bucket())
        .with("ARCHIVE_PATH_STYLE", "true")
        .with("ANNOUNCE_TOPIC", cloud.topicArn())
        .with("HTTP_HOST", "127.0.0.1")
        .with("MANAGEMENT_HOST", "127.0.0.1");
  }

  /** With one more setting in the environment. */
  public Jar with(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** A setting that it has in the environment. */
  String value(String name) {
    return environment.get(name);
  }

  /** Without a setting in the environment. */
  Jar without(String name) {
    environment.remove(name);
    return this;
  }

  /** With one more option of the JVM. */
  public Jar jvm(String option) {
    jvm.add(option);
    return this;
  }

  /** Starts it; what it says goes to files in the folder. */
  public Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + OPTIONS);
    archive().ifPresent(command::add);
    command.addAll(jvm);
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    return builder
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private static Optional<String> archive() {
    if (Files.exists(CACHE)) {
      return Optional.of("-XX:AOTCache=" + CACHE);
    }
    return Files.exists(ARCHIVE)
        ? Optional.of("-XX:SharedArchiveFile=" + ARCHIVE)
        : Optional.empty();
  }

  /** Runs it to its end. */
  Ended run(String... words) throws IOException, InterruptedException {
    return end(start(words));
  }

  /** Waits for the end of a process that was started in the same folder. */
  Ended end(Process process) throws IOException, InterruptedException {
    if (!process.waitFor(55, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("It does not end: " + said("err"));
    }
    return new Ended(process.exitValue(), said("out"), said("err"));
  }

  /** What it has said so far. */
  public String said(String stream) throws IOException {
    return Files.readString(folder.resolve(stream), UTF_8);
  }
}
