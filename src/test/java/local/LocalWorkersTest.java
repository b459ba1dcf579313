package local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Workers as processes, and the process that starts them. */
@Tag("slow")
@ExtendWith(LocalCloudExtension.class)
class LocalWorkersTest {
  @TempDir private Path folder;

  @Test
  void endWithTheProcessThatStartedThemEvenIfItIsKilled(LocalCloud cloud) throws Exception {
    Process parent = parent(cloud);
    ProcessHandle worker = worker(parent);
    try {
      Polling.until(() -> log().contains("Listening on 127.0.0.1"));

      parent.destroyForcibly();

      assertThat(worker.onExit().get(1, TimeUnit.MINUTES).isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
      worker.destroyForcibly();
    }
  }

  private String log() throws Exception {
    return Files.readString(folder.resolve("worker-1.log"));
  }

  private Process parent(LocalCloud cloud) throws Exception {
    ProcessBuilder parent =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-classpath",
            System.getProperty("java.class.path"),
            Parent.class.getName(),
            folder.toString());
    parent.environment().putAll(cloud.environment());
    parent.environment().put("HTTP_PORT", Integer.toString(FreePorts.next()));
    return parent.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static ProcessHandle worker(Process parent) throws Exception {
    String pid = new BufferedReader(new InputStreamReader(parent.getInputStream())).readLine();
    return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
  }

  /** A process that starts a worker, says its id, and waits. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws InterruptedException {
      Map<String, String> environment = new HashMap<>(System.getenv());
      System.out.println(
          LocalWorkers.start(1, Path.of(args[0]), environment, "serve").get(0).pid());
      new CountDownLatch(1).await();
    }
  }
}
