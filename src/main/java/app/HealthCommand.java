package app;

import java.util.Optional;
import picocli.CommandLine.Command;

/** Asks a serving process whether it is ready. */
@Command(
    name = "health",
    description =
        "Asks a `serve` process with the same settings whether it is ready: 0, or 1 if not.",
    mixinStandardHelpOptions = true)
final class HealthCommand extends OneCommand {
  @Override
  public Integer call() {
    Optional<String> trouble = ReadinessProbe.whyNotReady(FoundSettings.management(choice()));
    trouble.map("not ready: "::concat).ifPresentOrElse(out()::println, () -> say("ready"));
    return trouble.isEmpty() ? 0 : 1;
  }
}
