package app;

import covid.Run;
import covid.RunFact;
import covid.RunStatus;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import routes.LogContext;
import routes.Runs;

/**
 * Handles SIGTERM and Ctrl-C: nothing new begins, a run in progress may finish within {@code
 * camel.main.shutdown-timeout}, and the log says whether it did. Then the process ends with the
 * exit code of its command; the JVM's own would be that of the signal.
 */
final class GracefulStop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("stop");

  /** Seconds for the command to print its summary after everything has stopped. */
  private static final int LAST_WORDS = 5;

  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final Thread hook = new Thread(this::stop, "stop");
  private final Main main;

  private GracefulStop(Main main) {
    this.main = main;
  }

  /** Handles signals from now on; a signal during the start ends the process at once. */
  static GracefulStop of(Main main) {
    GracefulStop stop = new GracefulStop(main);
    Runtime.getRuntime().addShutdownHook(stop.hook);
    return stop;
  }

  /** Notes that the command has ended, by itself or because everything was stopped. */
  int end(int code) {
    exitCode.complete(code);
    return code;
  }

  private void stop() {
    Optional<Run> run = currentRun();
    run.ifPresent(on -> MDC.put(LogContext.RUN, on.id()));
    LOG.info("Stopping{}", run.map(on -> "; run " + on.id() + " may finish").orElse(""));
    if (!main.isStarted()) {
      // Nothing has begun, and the start cannot continue: the JVM takes no more hooks.
      Runtime.getRuntime().halt(exitCode.getNow(RunStatus.FAILED.exitCode()));
    }
    main.stop();
    if (run.isPresent() && !run.get().log().has(RunFact.RunEnded.class)) {
      LOG.error(
          "Run {} is abandoned; the next one will name it, or with a queue continue it",
          run.get().id());
      Runtime.getRuntime().halt(RunStatus.FAILED.exitCode());
    }
    run.ifPresent(over -> LOG.info("Run {} has finished", over.id()));
    Runtime.getRuntime().halt(code());
  }

  private Optional<Run> currentRun() {
    // By name: a search by type iterates over all beans, some of which may still be being bound.
    return Optional.ofNullable(main.getCamelContext())
        .map(context -> context.getRegistry().lookupByNameAndType("runs", Runs.class))
        .flatMap(Runs::current);
  }

  private int code() {
    try {
      return exitCode.get(LAST_WORDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return 1;
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is already stopping, and the hook ends it.
    }
  }
}
