package app;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import serve.VersionAnswers;
import versions.Changes;
import versions.Version;
import web.Answer;
import web.Problem;
import web.VersionLine;
import web.VersionPage;

/** Shows the versions of the published set. */
@Command(
    name = "versions",
    description =
        "Lists the versions of the published set, newest first, or shows what one consists of."
            + " Needs no server.",
    mixinStandardHelpOptions = true)
final class VersionsCommand extends ReadCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "The id of a version. Default: a list.")
  private @Nullable String id;

  @Mixin private final ListOptions part = new ListOptions();

  @Option(names = "--place", paramLabel = "PLACE", description = "Only those that changed it.")
  private @Nullable String place;

  @Override
  int read(BucketReaders bucket) throws Exception {
    if (id != null) {
      refuseBesideId("--limit", "--before", "--place");
    }
    VersionAnswers versions = bucket.versions();
    Answer answer =
        id == null
            ? versions.list(
                request("versions", "limit", part.limit(), "before", part.before(), "place", place))
            : versions.one(request("versions/" + id));
    if (isJson()) {
      print(answer);
    } else if (id == null) {
      list(read(bucket, answer, VersionPage.class));
    } else {
      show(read(bucket, answer, Version.class));
    }
    if (id == null) {
      // What there is, is printed.
      versions.checkWhole();
    }
    return 0;
  }

  private void list(VersionPage page) {
    if (isQuiet()) {
      page.versions().forEach(version -> out().println(version.id()));
      return;
    }
    if (page.versions().isEmpty() && page.next() == null) {
      boolean isAll = part.before() == null && place == null;
      out().println(isAll ? Problem.noVersions().detail() : "There is no such version.");
      return;
    }
    TextTable table =
        new TextTable("Version", "Origin", "Days", "To", "Added", "Revised", "Removed", "Run");
    for (VersionLine version : page.versions()) {
      Changes changes = version.changes();
      table.row(
          version.id(),
          version.origin(),
          version.rows(),
          version.newestDay(),
          changes.added(),
          changes.revised(),
          changes.removed(),
          version.run());
    }
    table.lines().forEach(out()::println);
    if (page.next() != null && !page.versions().isEmpty()) {
      String last = page.versions().get(page.versions().size() - 1).id();
      out().println("Older ones: %s --before %s".formatted(givenWithout("--before"), last));
    }
  }

  private void show(Version version) {
    Changes changes = version.changes();
    line("Version", version.id());
    line("Origin", version.run() == null ? version.origin() : "run " + version.run());
    line(
        "Days",
        String.format(
            Locale.ROOT,
            "%,d to %s: %,d added, %,d revised, %,d removed against %s",
            version.rows(),
            version.newestDay(),
            changes.added(),
            changes.revised(),
            changes.removed(),
            version.parent() == null ? "none before it" : version.parent()));
    if (version.series().size() > 1) {
      line("Places", String.format(Locale.ROOT, "%,d", version.series().size()));
    }
    version.feeds().forEach(feed -> line("Feed " + feed.name(), "SHA-256 " + feed.sha256()));
    Version.Rollback rollback = version.rollback();
    if (rollback != null) {
      line(
          "Goes back",
          "to %s, by %s: %s".formatted(rollback.to(), rollback.by(), rollback.reason()));
    }
    line(
        "Settings",
        version.settings().entrySet().stream()
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(joining(", ")));
    line("CSV", "SHA-256 " + version.sha256());
  }

  private void line(String name, Object text) {
    out().printf(Locale.ROOT, "%-9s %s%n", name, text);
  }
}
