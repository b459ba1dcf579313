package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import check.Finding;
import covid.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import web.Json;

/** Checks what a run needs. */
@Command(
    name = "check",
    description =
        "Checks what a run needs: settings, credentials, table, bucket, clock, topic, queue,"
            + " webhooks, feeds and ports. It changes nothing. Exits with 64 if a setting is wrong, with 1 if anything"
            + " else is.",
    mixinStandardHelpOptions = true)
final class CheckCommand extends OneCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Option(
      names = "--send-test",
      description = "Send a message to the topic and the webhooks, as if of a run that failed.")
  private boolean sendTest;

  /** What goes wrong is a line of its own. */
  @Override
  Optional<String> logLevel() {
    return Optional.of("ERROR");
  }

  @Override
  public Integer call() throws Exception {
    List<Finding> findings = new ArrayList<>();
    new Checks(choice(), sendTest)
        .run(
            finding -> {
              findings.add(finding);
              if (!json) {
                print(finding);
              }
            });
    if (json) {
      out().println(new String(new Json().write(findings), UTF_8));
    }
    return exitCode(findings);
  }

  /** A wrong setting ends the checks. */
  private static int exitCode(List<Finding> findings) {
    List<Finding> wrong =
        findings.stream().filter(one -> one.status() == Finding.Status.WRONG).toList();
    if (wrong.isEmpty()) {
      return 0;
    }
    return wrong.get(wrong.size() - 1).subject().equals(Checks.SETTINGS)
        ? CommandErrors.USAGE
        : RunStatus.FAILED.exitCode();
  }

  private void print(Finding finding) {
    if (!isQuiet() || finding.status() != Finding.Status.OK) {
      out()
          .printf(
              Locale.ROOT,
              "%-7s  %-11s  %s%n",
              finding.status(),
              finding.subject(),
              finding.text().replaceAll(TextTable.UNPRINTABLE, " "));
    }
  }
}
