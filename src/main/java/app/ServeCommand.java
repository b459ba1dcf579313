package app;

import java.util.concurrent.CountDownLatch;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;

/** Serves over HTTP and runs on schedule. */
@Command(
    name = "serve",
    description = "Runs on schedule and serves over HTTP, until stopped. The default.",
    mixinStandardHelpOptions = true)
final class ServeCommand extends OneCommand {
  @Override
  public Integer call() throws Exception {
    return serve(choice());
  }

  /** Serves until it is stopped. */
  static int serve(SettingChoice choice) throws Exception {
    return untilStopped(Task.SERVE.on(choice));
  }

  /** Starts an application, which a signal stops. */
  static int untilStopped(Main main) throws Exception {
    try (GracefulStop stop = GracefulStop.of(main)) {
      stop.end(0);
      main.start();
      new CountDownLatch(1).await();
      return 0;
    }
  }
}
