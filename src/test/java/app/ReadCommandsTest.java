package app;

import static local.Faults.DENIED;
import static local.Faults.PRECONDITION_FAILED;
import static local.Faults.always;
import static local.Faults.toPutOf;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import aws.BucketKeys;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import covid.RunReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import local.Fault;
import local.FeedServer;
import local.LocalCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** The commands that read the bucket. */
@ExtendWith(SharedApplication.Extension.class)
class ReadCommandsTest extends CommandTestBase {
  private static final String CHANGED =
      "A run has changed '2020-01-23' meanwhile; look at it and try again.\n";

  private TestApplication application;
  private FeedServer pulled;

  ReadCommandsTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void share(SharedApplication shared) {
    pulled = shared.feeds();
    application = shared.on(cloud);
  }

  private static JsonNode json(String text) throws Exception {
    return new ObjectMapper().readTree(text);
  }

  private String runRevised() throws Exception {
    TestApplication.nyt(pulled, TestApplication.NYT.replace("2020-01-23,2,1", "2020-01-23,3,1"));
    return application.run().id();
  }

  @Test
  void listsRunsNewestFirst() throws Exception {
    String first = application.run().id();
    TestApplication.nyt(pulled, "<html>");
    String second = application.run().id();

    Ended runs = command("runs");

    assertThat(runs.err()).isEmpty();
    assertThat(runs.exitCode()).isZero();
    assertThat(runs.out().lines())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).matches("Run +Status +Added +Took +By +Feeds to, or why"),
            line ->
                assertThat(line)
                    .matches(
                        second
                            + "  refused +0 +\\d+\\.\\d s +command  Feed nyt has no column 'date',"
                            + " .*"),
            line ->
                assertThat(line)
                    .matches(
                        first
                            + "  succeeded +3 +\\d+\\.\\d s +command  jhu 2020-01-24, nyt"
                            + " 2020-01-24"));
    assertThat(command("runs", "--quiet").out().lines()).containsExactlyInAnyOrder(first, second);
    assertThat(command("runs", "--limit", "1").out())
        .contains(
            "\nOlder ones: runs --limit 1 --config %s --before %s"
                .formatted(
                    folder.resolve("test.properties"),
                    command("runs", "--limit", "1", "--quiet").out()));
  }

  @ParameterizedTest
  @CsvSource({"--quiet", "--json"})
  void saysThatVersionsMayBeMissingSinceTheIndexIsDamaged(String option) throws Exception {
    String version = application.run().archive().version();
    assertThat(command("versions", option).err()).isEmpty();
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key(BucketKeys.INDEX),
            RequestBody.fromString("<html>"));

    Ended versions = command("versions", option);

    assertThat(versions.out()).contains(version);
    assertThat(versions.err())
        .matches(
            "The object versions/index\\.json is damaged; its operator has to restore it\\. Until then"
                + " versions before \\S+Z may be missing here\\.\n");
    assertThat(versions.exitCode()).isEqualTo(1);
  }

  @Test
  void showsARunAndPrintsTheJsonOfTheServer() throws Exception {
    String run = application.run().id();

    assertThat(command("runs", run).out())
        .startsWith("3 row(s) have been added\n\nRun       " + run + " by command: succeeded in ")
        .doesNotContain("\tat ");
    String json = command("runs", run, "--json").out();
    assertThat(json(json).at("/id").asText()).isEqualTo(run);
    assertThat(json(json).at("/added").asInt()).isEqualTo(3);
    JsonNode runs = json(command("runs", "--json").out()).at("/runs");
    assertThat(runs).singleElement().extracting(one -> one.at("/id").asText()).isEqualTo(run);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"days\" : \\{[^}]*},                | is a damaged report, of which 'days' is missing or not whole | ''",
        "\"duration\" : \"PT[^,]*,            | is a damaged report, of which 'duration' is missing or not whole | ''",
        "(?<=\"warnings\" : \\[)               | is a damaged report, of which 'warnings' is missing or not whole | null",
        "succeeded                           | is a damaged report, of which 'reason' is missing or not whole | failed",
        "(?<=\"replay\" : \\{)\\s*\"added\"     | is not the report of a run | \"x\"",
        "(?s).*                              | is not the report of a run | nonsense",
      })
  void saysWhichReportIsDamagedAndListsTheOthers(String written, String finding, String instead)
      throws Exception {
    String older = application.run().id();
    String run = application.run().id();
    String key = "runs/" + run + ".json";
    String report = cloud.object(key).orElseThrow();
    String damaged = report.replaceFirst(written, instead);
    assertThat(damaged).isNotEqualTo(report);
    put(key, damaged);

    assertThat(command("runs", run))
        .isEqualTo(
            new Ended(
                1,
                "",
                "The object %s in the bucket covid-data %s: remove it.\n".formatted(key, finding)));
    assertThat(command("runs", run, "--json").out()).isEqualTo(damaged.strip() + "\n");
    assertThat(command("runs", "--quiet").out().lines()).containsExactlyInAnyOrder(run, older);
  }

  @Test
  void listsVersionsShowsOneAndWhatTheNewestChanged() throws Exception {
    String firstRun = application.run().id();
    String first = version();
    String run = runRevised();
    String second = version();

    assertThat(command("versions").out().lines())
        .containsExactly(
            "Version                        Origin  Days  To          Added  Revised  Removed  Run",
            second + "  run        3  2020-01-24      0        1        0  " + run,
            first + "  run        3  2020-01-24      3        0        0  " + firstRun);
    assertThat(command("versions", second).out())
        .startsWith("Version   " + second + "\nOrigin    run " + run + "\n")
        .contains("Days      3 to 2020-01-24: 0 added, 1 revised, 0 removed against " + first);
    String expected =
        """
        0 added, 1 revised, 0 removed from %s to %s
        Date        Change   Figures
        2020-01-23  revised  cases 2 -> 3
        """
            .formatted(first, second);
    assertThat(command("diff")).isEqualTo(new Ended(0, expected, ""));
    assertThat(command("diff", first, second).out()).isEqualTo(expected);
    assertThat(command("diff", second, first, "--kind", "added").out())
        .isEqualTo("0 added, 0 revised, 0 removed from %s to %s\n".formatted(second, first));
    assertThat(json(command("diff", "--json").out()).at("/changes/revised").asInt()).isEqualTo(1);
    assertThat(command("diff", "--quiet").out()).isEqualTo("2020-01-23\n");
    String wrong =
        " is 'noon'; it must be a moment with its offset from UTC, as 2026-11-22T21:00:00Z, a day, as"
            + " 2026-11-22, or the id of a version or a run, as the commands versions and runs have"
            + " them.\n";
    assertThat(command("diff", "noon")).isEqualTo(new Ended(64, "", "FROM" + wrong));
    assertThat(command("diff", first, "noon")).isEqualTo(new Ended(64, "", "TO" + wrong));
    for (String command : List.of("versions", "diff")) {
      assertThat(command(command, "--place", "US"))
          .isEqualTo(new Ended(64, "", "A dataset of one place has no --place.\n"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runs --limit 0 | 64 | --limit is '0'; it must be a whole number from 1 to 100.",
        "runs --before noon | 64 | --before is 'noon'; it must be the id of a run, as"
            + " 2026-11-22T21-00-00Z-7f3a.",
        "runs noon --before noon | 64 | --before is for the list: leave it out, or the ID; see --help",
        "versions noon --limit 1 | 64 | --limit is for the list: leave it out, or the ID; see --help",
        "runs noon | 1 | There is no run 'noon'; the command runs lists them.",
        "versions | 1 | Nothing has been archived yet: wait for the first run to finish.",
        "diff | 1 | Nothing has been archived yet: wait for the first run to finish.",
        "quarantine 2020-01-01T00-00-00Z-0000 | 1 | There is no run '2020-01-01T00-00-00Z-0000'; the"
            + " command runs lists them.",
        "dead-letter show 2020-01-23 | 1 | The dead letter has no '2020-01-23'.",
        "dead-letter show ../x | 1 | The dead letter has no '../x'.",
        "dead-letter set-aside 2020-01-23 | 1 | The dead letter has no '2020-01-23'.",
      })
  void saysInOneLineWhatThereIsNot(String words, int exitCode, String line) throws Exception {
    assertThat(command(words.split(" "))).isEqualTo(new Ended(exitCode, "", line + "\n"));
  }

  @Test
  void saysThatThereIsNothingYet() throws Exception {
    assertThat(command("runs")).isEqualTo(new Ended(0, "There is no run yet.\n", ""));
    put("CovidData.csv", "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,0,US,0\n");
    assertThat(command("versions"))
        .isEqualTo(
            new Ended(0, "There are no versions yet; the next run keeps the first one.\n", ""));
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key("CovidData.csv"));
    application.run();
    assertThat(command("versions", "--before", "2019-01-01T00-00-00Z-01234567"))
        .isEqualTo(new Ended(0, "There is no such version.\n", ""));
    assertThat(command("diff").err()).isEqualTo("There is no version before the newest one.\n");
    assertThat(command("dead-letter", "list"))
        .isEqualTo(new Ended(0, "The dead letter is empty.\n", ""));
  }

  @Test
  void saysWhatItIsNotAllowed() throws Exception {
    cloud.intercept(call -> DENIED);

    assertThat(command("runs"))
        .isEqualTo(
            new Ended(
                1,
                "",
                "The AWS credentials do not allow ListObjectsV2 on runs/ in bucket covid-data: grant"
                    + " them s3:ListBucket (AccessDenied: No).\n"));
  }

  @Test
  void showsTheQuarantinedRowsOfARun() throws Exception {
    StringBuilder nyt = new StringBuilder(TestApplication.NYT);
    for (int day = 1; day <= 9; day++) {
      nyt.append("2020-01-0%d,0,0\n".formatted(day));
    }
    TestApplication.nyt(pulled, nyt + "2020-01-25,many,1\n");
    RunReport run = application.run();

    assertThat(command("quarantine", run.id()).out())
        .isEqualTo(
            """
            Feed  Line  Reason                        Row
            nyt     15  cases 'many' is not a number  2020-01-25,many,1
            """);
    String json = command("quarantine", run.id(), "--json").out();
    assertThat(json(json).at("/0/line").asInt()).isEqualTo(15);
    TestApplication.nyt(pulled, nyt.toString());
    assertThat(command("quarantine", application.run().id()).out())
        .endsWith(" has quarantined no row.\n");
  }

  @Test
  void saysThatQuarantinedRowsAreGoneOrAreSomethingElse() throws Exception {
    String bad = "2020-01-01,many,0\n";
    TestApplication.nyt(pulled, TestApplication.NYT + bad);
    String run = application.run().id();
    String key = "quarantine/" + run + ".csv";
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString("a\nb\n"));
    assertThat(command("quarantine", run))
        .isEqualTo(
            new Ended(
                1,
                "",
                "The object %s in the bucket covid-data has no quarantined rows: remove it.\n"
                    .formatted(key)));
    cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(key));
    assertThat(command("quarantine", run))
        .isEqualTo(
            new Ended(
                1,
                "",
                "The quarantined rows of run '%s' are not there; its report counts them.\n"
                    .formatted(run)));
  }

  @Test
  void showsTheFirstOfManyChangedDays() throws Exception {
    application.run();
    StringBuilder nyt = new StringBuilder(TestApplication.NYT);
    StringBuilder jhu = new StringBuilder(TestApplication.JHU);
    LocalDate.parse("2020-01-25")
        .datesUntil(LocalDate.parse("2020-05-04"))
        .forEach(
            date -> {
              nyt.append(date).append(",9,1\n");
              jhu.append(date).append(",US,,9,2,9\n");
            });
    TestApplication.nyt(pulled, nyt + "2020-05-04,9,1\n");
    TestApplication.jhu(pulled, jhu + "2020-05-04,US,,9,2,9\n");
    application.run();

    assertThat(command("diff").out())
        .startsWith("101 added, 0 revised, 0 removed from ")
        .contains("\n2020-01-25  added   cases 9, deaths 1, recovered 2\n")
        .endsWith("\nand 1 more: --json has all\n");
  }

  @Test
  void showsTheDeadLetterAndSetsAsideWhatIsNotToBeReplayed() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), Fault.dropBefore()));
    application.run();
    cloud.intercept(call -> Fault.none());
    putDeadLetter("2020-01-24", "{");

    assertThat(command("dead-letter", "list").out().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("Name +Tried  First +Last +Reason"),
            line ->
                assertThat(line)
                    .matches("2020-01-23 +2  \\S+Z +\\S+Z  The connection to" + " DynamoDB .*"),
            line ->
                assertThat(line)
                    .matches("2020-01-24 +0  - +-  +cannot be read: a run sets it aside"));
    assertThat(command("dead-letter", "list", "--quiet").out())
        .isEqualTo("2020-01-23\n2020-01-24\n");
    assertThat(
            json(command("dead-letter", "list", "--json").out()).at("/0/days/0/day/cases").asInt())
        .isEqualTo(2);
    assertThat(command("dead-letter", "show", "2020-01-23").out())
        .contains("\nUS     2020-01-23  2 cases, 1 deaths, 1 recovered      2  The connection to");
    assertThat(command("dead-letter", "show", "2020-01-24").err())
        .isEqualTo("'2020-01-24' cannot be read; a run sets it aside.\n");

    assertThat(command("dead-letter", "set-aside", "2020-01-23").out())
        .matches("2020-01-23 is now dead-letter-damaged/2020-01-23\\.\\w+\\.json\n");
    JsonNode aside = json(command("dead-letter", "set-aside", "2020-01-24", "--json").out());
    assertThat(aside.at("/0/name").asText()).isEqualTo("2020-01-24");
    assertThat(cloud.keys("dead-letter/")).isEmpty();
    assertThat(cloud.object(aside.at("/0/key").asText())).contains("{");
    assertThat(application.run().replay().added()).isEmpty();
  }

  @Test
  void listsAsDamagedWhatTheNextRunSetsAside() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), Fault.dropBefore()));
    application.run();
    cloud.intercept(call -> Fault.none());
    String entry = cloud.object("dead-letter/2020-01-23.json").orElseThrow();
    putDeadLetter("2020-01-24", of("2020-01-24", entry).replaceAll("\"attempts\" : \\d+,", ""));
    putDeadLetter("2020-01-25", of("2020-01-25", entry).replaceAll("\"deaths\" : \\d+,", ""));
    putDeadLetter("2020-01-26", entry);
    putDeadLetter("2020-01-27", of("2020-01-27", entry));

    assertThat(command("dead-letter", "list").out().lines())
        .filteredOn(line -> line.contains("cannot be read"))
        .extracting(line -> line.split(" ")[0])
        .containsExactly("2020-01-24", "2020-01-25", "2020-01-26");

    assertThat(application.run().warnings())
        .containsExactlyInAnyOrder(
            "dead-letter/2020-01-24.json cannot be read; it was set aside.",
            "dead-letter/2020-01-25.json cannot be read; it was set aside.",
            "dead-letter/2020-01-26.json cannot be read; it was set aside.");
  }

  /** The entry of another date. */
  private static String of(String date, String entry) {
    return entry.replace("\"date\" : \"2020-01-23\"", "\"date\" : \"%s\"".formatted(date));
  }

  @Test
  void keepsEachEntryThatItSetsAsideAndNamesThoseBeforeOneThatItCannot() throws Exception {
    for (String damaged : List.of("{", "[")) {
      putDeadLetter("2020-01-23", damaged);
      Ended ended = command("dead-letter", "set-aside", "2020-01-23", "2020-01-24", "--json");
      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.err()).isEqualTo("The dead letter has no '2020-01-24'.\n");
      assertThat(json(ended.out())).hasSize(1);
    }

    assertThat(cloud.keys("dead-letter-damaged/")).hasSize(2);
  }

  @Test
  void namesEntriesThatAreNotOfThisProgram() throws Exception {
    for (String name : List.of("a b", "${x}")) {
      putDeadLetter(name, "{");
    }

    String reason = " +0  - +-  +has a name that this program does not give: remove it";
    assertThat(command("dead-letter", "list").out().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).matches("\\$\\{x}" + reason),
            line -> assertThat(line).matches("a b" + reason));
    assertThat(command("dead-letter", "list", "--quiet").out()).isEqualTo("${x}\na b\n");
    assertThat(command("dead-letter", "set-aside", "a b").err())
        .isEqualTo("The dead letter has no 'a b'.\n");
  }

  private void putDeadLetter(String name, String text) {
    put(BucketKeys.deadLetter(name), text);
  }

  private void put(String key, String text) {
    cloud
        .s3Client()
        .putObject(put -> put.bucket(cloud.bucket()).key(key), RequestBody.fromString(text));
  }

  @Test
  void showsHowFarTheChunksOfTheRunInProgressAre() throws Exception {
    manyPlaces();
    settings.put("chunks.to", TestApplication.queue(cloud));
    String run = "2026-11-22T21-00-00Z-7f3a";
    put(
        "who/" + BucketKeys.OPEN_RUN,
        """
        {"run": "%s", "trigger": "schedule", "startedAt": "2026-11-22T21:00:00Z",
         "owner": {"host": "elsewhere", "pid": 1, "startedAt": "2026-11-22T20:00:00Z"}}
        """
            .formatted(run));
    String chunk = "{\"number\": %d, \"place\": \"P%d\", \"object\": \"%s\", \"records\": 1}";
    put(
        "who/" + BucketKeys.plan(run),
        """
        {"run": "%s", "at": "2026-11-22T21:00:05Z", "pulledAt": "2026-11-22T21:00:00Z",
         "feeds": [], "left": [], "records": 2, "chunks": [%s,%s]}
        """
            .formatted(
                run, chunk.formatted(0, 0, "0".repeat(64)), chunk.formatted(1, 1, "0".repeat(64))));
    put("who/" + BucketKeys.result(run, 1), "{}");

    String line = "\n%s  running +- +- +schedule  1 of 2 chunks\n".formatted(run);
    assertThat(command("runs", "--dataset", "who").out()).containsPattern(line);
    assertThat(command("runs", run, "--dataset", "who").out()).containsPattern(line);
  }

  @Test
  void doesNotSetAsideWhatARunChangesMeanwhile() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), Fault.dropBefore()));
    application.run();
    cloud.intercept(always(toS3("PUT", "dead-letter-damaged/"), PRECONDITION_FAILED));

    assertThat(command("dead-letter", "set-aside", "2020-01-23"))
        .isEqualTo(new Ended(1, "", CHANGED));
    assertThat(cloud.keys("dead-letter")).containsExactly("dead-letter/2020-01-23.json");
    cloud.intercept(always(toS3("DELETE", "dead-letter/"), PRECONDITION_FAILED));
    assertThat(command("dead-letter", "set-aside", "2020-01-23"))
        .isEqualTo(new Ended(1, "", CHANGED));
    assertThat(cloud.keys("dead-letter/")).hasSize(1);
  }

  @Test
  void asksOnlyTheBucket() throws Exception {
    application.run();
    cloud.forgetRequests();

    command("runs");
    command("versions");
    command("dead-letter", "list");

    assertThat(cloud.requests()).isNotEmpty().allMatch(request -> request.startsWith("S3 "));
  }

  @Test
  void completesCommandsOptionsAndDatasetsInBash() throws Exception {
    Ended script = line("generate-completion");
    Path file = Files.writeString(folder.resolve("completion"), script.out());

    assertThat(script.exitCode()).isZero();
    assertThat(completed(file, "ver")).containsExactly("versions");
    assertThat(completed(file, "dead-letter", "s")).containsExactly("show", "set-aside");
    assertThat(completed(file, "run", "--dry")).containsExactly("--dry-run");
    assertThat(completed(file, "run", "--dataset", "w")).containsExactly("who", "world");
  }

  /** What bash proposes for the last word. */
  private static List<String> completed(Path script, String... words) throws Exception {
    String all = "event-driven-camel " + String.join(" ", words);
    String test =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; _complete_event-driven-camel; echo ${COMPREPLY[@]}"
            .formatted(script, all, words.length);
    Process bash =
        new ProcessBuilder("bash", "-c", test)
            // It misses the terminal in which it would complete.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return List.of(
        new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .strip()
            .split(" "));
  }
}
