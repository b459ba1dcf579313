package crash;

import app.Jar;
import crash.Step.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The processes of a round: the coordinator, as a scheduler would start it again, and a number of
 * workers, each of which is replaced. Thread-safe.
 */
final class Processes implements AutoCloseable {
  private final Path folder;
  private final Function<Path, Jar> jar;
  private final int workers;
  private final ScheduledExecutorService thaws =
      Executors.newSingleThreadScheduledExecutor(Processes::daemon);
  private final List<Started> started = new ArrayList<>();
  private int killed;
  private int frozen;

  /** A process, and whether it is frozen. */
  private static final class Started {
    final Role role;
    final String name;
    final Process process;
    boolean frozen;
    boolean counted;

    Started(Role role, String name, Process process) {
      this.role = role;
      this.name = name;
      this.process = process;
    }

    boolean isRunning() {
      return process.isAlive() && !frozen;
    }
  }

  /**
   * @param folder for what they say
   * @param jar the program in a folder
   * @param workers how many there are at a time
   */
  Processes(Path folder, Function<Path, Jar> jar, int workers) {
    this.folder = folder;
    this.jar = jar;
    this.workers = workers;
    // A round that is stopped leaves none behind.
    Runtime.getRuntime().addShutdownHook(new Thread(this::killAll));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "thaw");
    thread.setDaemon(true);
    return thread;
  }

  /** Starts the workers that are lacking. */
  synchronized void tendWorkers() {
    for (long there = count(Role.WORKER); there < workers; there++) {
      start(Role.WORKER, "work");
    }
  }

  /** Starts a coordinator. */
  synchronized void startCoordinator() {
    start(Role.COORDINATOR, "run");
  }

  /** Whether any coordinator lives, frozen or not. */
  synchronized boolean hasCoordinator() {
    return count(Role.COORDINATOR) > 0;
  }

  /** The exit codes of coordinators that ended since this was last asked, without the killed. */
  synchronized List<Integer> ended() {
    List<Integer> codes = new ArrayList<>();
    for (Started one : started) {
      if (one.role == Role.COORDINATOR && !one.process.isAlive() && !one.counted) {
        one.counted = true;
        if (one.process.exitValue() != 128 + 9) {
          codes.add(one.process.exitValue());
        }
      }
    }
    return codes;
  }

  synchronized int killed() {
    return killed;
  }

  synchronized int frozen() {
    return frozen;
  }

  private long count(Role role) {
    return started.stream().filter(one -> one.role == role && one.process.isAlive()).count();
  }

  private void start(Role role, String command) {
    String name = "%02d-%s".formatted(started.size() + 1, command);
    try {
      Path own = Files.createDirectories(folder.resolve(name));
      started.add(new Started(role, name, jar.apply(own).start("--dataset", "who", command)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Kills or freezes a process that may be the one that makes a call. In place of a frozen
   * coordinator another one starts at once.
   *
   * @return whether there was one
   */
  synchronized boolean strike(Strike strike) {
    // The calls do not say which process makes them: with two workers it is every other time.
    List<Started> running =
        new ArrayList<>(
            started.stream()
                .filter(one -> one.role == strike.step().role() && one.isRunning())
                .toList());
    if (running.isEmpty()) {
      return false;
    }
    Collections.rotate(running, strike.number());
    Started struck = running.get(0);
    if (strike.frozen().isEmpty()) {
      kill(struck.process);
      killed++;
      return true;
    }
    signal(struck.process, "-STOP");
    struck.frozen = true;
    frozen++;
    thaws.schedule(() -> thaw(struck), strike.frozen().get().toMillis(), TimeUnit.MILLISECONDS);
    if (struck.role == Role.COORDINATOR) {
      startCoordinator();
    }
    return true;
  }

  private synchronized void thaw(Started frozen) {
    signal(frozen.process, "-CONT");
    frozen.frozen = false;
  }

  private static void signal(Process process, String signal) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void kill(Process process) {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills all that are left. */
  synchronized void killAll() {
    thaws.shutdownNow();
    started.forEach(one -> kill(one.process));
  }

  @Override
  public void close() {
    killAll();
  }
}
