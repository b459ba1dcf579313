package app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The start script, and the archive of classes that the build has left for it. */
@DisabledOnOs(OS.WINDOWS)
class StartScriptIT {
  private static final Path BIN = Path.of("bin").toAbsolutePath();
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  @TempDir private Path folder;

  @Test
  void startsTheProgramFromAnyFolder() throws Exception {
    assertThat(run(List.of(BIN.resolve("event-driven-camel").toString(), "--version")))
        .isEqualTo(new Jar.Ended(0, "event-driven-camel 0.1.0\n", ""));
  }

  @Test
  void theArchiveHoldsTheProgram() throws Exception {
    Path loaded = folder.resolve("loaded");

    run(java(archive(), "-Xlog:class+load:file=" + loaded));

    assertThat(loaded).content().containsPattern("app\\.Commands source: shared objects file");
  }

  @Test
  void anArchiveThatDoesNotFitIsPassedOverWithoutAWord() throws Exception {
    Path other = Files.writeString(folder.resolve(archive().getFileName()), "of another Java");

    assertThat(run(java(other))).isEqualTo(new Jar.Ended(0, "event-driven-camel 0.1.0\n", ""));
  }

  /** As the script calls it. */
  private static List<String> java(Path archive, String... options) {
    String kind = isCache(archive) ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
    List<String> command = new ArrayList<>();
    command.add(JAVA_HOME.resolve(Path.of("bin", "java")).toString());
    command.add("@" + BIN.resolve("java.options"));
    command.add(kind + archive);
    command.addAll(List.of(options));
    command.addAll(
        List.of("-jar", TARGET.resolve("event-driven-camel.jar").toString(), "--version"));
    return command;
  }

  private static boolean isCache(Path archive) {
    return archive.toString().endsWith(".aot");
  }

  private static Path archive() {
    Path cache = TARGET.resolve("event-driven-camel.aot");
    return Files.exists(cache) ? cache : TARGET.resolve("event-driven-camel.jsa");
  }

  private Jar.Ended run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder program = new ProcessBuilder(command).directory(folder.toFile());
    program.environment().put("JAVA_HOME", JAVA_HOME.toString());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = program.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Jar.Ended(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
