package app;

import static local.Faults.THROTTLED;
import static local.Faults.always;
import static local.Faults.refusal;
import static local.Faults.to;
import static local.Faults.toPutOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import local.Fault;
import local.LocalCloud;
import local.Service;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that start an application, their exit codes and what they print. */
@Tag("slow")
class CommandsTest extends CommandTestBase {
  CommandsTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void exitsWith2WhenDaysWentToTheDeadLetter() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), Fault.dropBefore()));

    Ended run = command("run");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).contains("Not written, and kept for the next run:\n  2020-01-23  ");
  }

  @Test
  void exitsWith3WhenTheGateRefusesThePull() throws Exception {
    TestApplication.nyt(feeds, "<html>");

    Ended run = command("run");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).startsWith("Feed nyt has no column 'date', 'cases', 'deaths'");
  }

  @Test
  void goesBackToAnEarlierVersionAndReleasesWhatItWithheld() throws Exception {
    command("run");
    String right = version();
    TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-24,5", "2020-01-24,6"));
    command("run");
    String wrong = version();

    Ended back = command("rollback", right, "--by", "Ada", "--reason", "a typing error");
    assertThat(back.exitCode()).isZero();
    assertThat(back.out())
        .matches(
            "Published version \\S+ with the content of %s: 3 days to 2020-01-24; 0 added, 1 revised, 0 removed against %s, which is withheld\n"
                .formatted(right, wrong));
    assertThat(command("run").exitCode()).isEqualTo(3);
    Ended release = command("release");
    assertThat(release.out()).isEqualTo("Released: " + wrong + "\n");
    assertThat(command("run").exitCode()).isZero();
    assertThat(cloud.object("CovidData.csv").orElseThrow()).contains("2020-01-24,6");
  }

  @Test
  void importsFeedsOfAnEarlierTime() throws Exception {
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.writeString(files.resolve("nyt.csv"), TestApplication.NYT);
    Files.writeString(files.resolve("jhu.csv"), TestApplication.JHU);
    String[] words = {
      "import-version", "--at", "2020-01-24T16:00:00-05:00", "--feeds-dir", files.toString()
    };

    Ended first = command(words);
    assertThat(first.out())
        .matches(
            "Imported version 2020-01-24T21-00-00Z-\\w{8}: 3 days to 2020-01-24; 3 added, 0 revised,"
                + " 0 removed against none before it\\.\n");
    assertThat(first.exitCode()).isZero();
    assertThat(command(words).out()).endsWith(" is there already.\n");
    Files.writeString(files.resolve("nyt.csv"), "<html>");
    Ended refused = command(words);
    assertThat(refused.out()).startsWith("Feed nyt has no column 'date', 'cases', 'deaths': ");
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(cloud.items()).isEmpty();
    assertThat(cloud.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "noon | Invalid value for option '--at': 'noon' is not a time such as 2020-10-06T21:00:00Z;"
            + " see --help",
        "2999-01-01T00:00:00Z | Invalid value for option '--at': '2999-01-01T00:00:00Z' is yet to"
            + " come; see --help",
        "2020-01-24T21:00:00Z | --feeds-dir: none is not a folder that can be read",
      })
  void exitsWith64OnAnImportOfWhatIsNotThere(String at, String line) throws Exception {
    Ended ended = command("import-version", "--at", at, "--feeds-dir", "none");

    assertThat(ended.exitCode()).isEqualTo(64);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).endsWith(line + "\n");
    assertThat(cloud.keys("")).isEmpty();
  }

  @Test
  void saysWhyItCannotGoBack() throws Exception {
    Ended nameless = command("rollback", "2020-01-01T00-00-00Z-01234567");
    assertThat(nameless.exitCode()).isEqualTo(64);
    assertThat(nameless.err()).contains("--by", "--reason");
    Ended early =
        command("rollback", "2020-01-01T00-00-00Z-01234567", "--by", "Ada", "--reason", "none");
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.err()).contains("Nothing is published yet.").doesNotContain("\tat ");
  }

  @Test
  void exitsWith1WhenAFeedCannotBeHad() throws Exception {
    feeds.answer(feeds.nyt().getPath(), exchange -> exchange.sendResponseHeaders(404, -1));

    Ended run = command("run");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .startsWith(
            "Feed nyt: %s answered 404 Not Found: the feed has moved or ended; correct feed.nyt.url.\n"
                .formatted(feeds.nyt()));
  }

  @Test
  void printsWhatADryRunWouldAddAndTouchesNothing() throws Exception {
    Ended run = command("run", "--dry-run");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualTo(
            """
            3 day(s) would be added, 2020-01-22 to 2020-01-24
            2020-01-22  1 cases, 0 deaths, 0 recovered
            2020-01-23  2 cases, 1 deaths, 1 recovered
            2020-01-24  5 cases, 1 deaths, 2 recovered
            """);
    assertThat(cloud.items()).isEmpty();
    assertThat(cloud.keys("")).isEmpty();
    assertThat(cloud.messages()).isEmpty();
  }

  @Test
  void takesRevisionsAndShowsThemBefore() throws Exception {
    command("run");
    TestApplication.nyt(feeds, TestApplication.NYT.replace("2020-01-23,2,1", "2020-01-23,3,1"));
    assertThat(command("run").out())
        .contains("Revised by the feeds, and left as they are in the table:\n  2020-01-23\n");

    Ended dry = command("take-revisions", "--dry-run");
    assertThat(dry.exitCode()).isZero();
    assertThat(dry.out())
        .matches(
            "1 revision\\(s\\) would be taken from version \\S+; 0 published day\\(s\\) are not in"
                + " the table, which a run adds\n2020-01-23  cases 2 -> 3\n");
    assertThat(cloud.keys("revisions/")).isEmpty();

    Ended taken = command("take-revisions", "--since", "2020-01-23");
    assertThat(taken.exitCode()).isZero();
    assertThat(taken.out())
        .startsWith("1 revision(s) have been taken into the table\n\nRun       ")
        .contains("Taken, the largest change first:\n  2020-01-23  cases 2 -> 3\n");
    assertThat(cloud.keys("revisions/")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--day=soon | Invalid value for option '--day': 'soon' is not a day such as 2020-01-23; see"
            + " --help",
        "--since=2020-02-30 | Invalid value for option '--since': '2020-02-30' is not a day such as"
            + " 2020-01-23; see --help",
        "--day=2020-01-23 --since=2020-01-23 | --day and --since exclude each other: give one; see"
            + " --help",
        "--place=DE | --place is 'DE', and the dataset us is of US: choose a place of it; see --help",
      })
  void exitsWith64OnDaysThatCannotBeMeant(String words, String line) throws Exception {
    Ended ended = command(("take-revisions " + words).split(" "));

    assertThat(ended.exitCode()).isEqualTo(64);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).endsWith(line + "\n");
    assertThat(cloud.requests()).isEmpty();
  }

  @Test
  void exitsWith1WhenTheSetHasNoSuchDay() throws Exception {
    command("run");

    Ended ended = command("take-revisions", "--day", "2031-01-01");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).startsWith("The published set has no day on 2031-01-01.\n");
  }

  @Test
  void exitsWith3WhenADryRunIsRefused() throws Exception {
    TestApplication.nyt(feeds, "<html>");

    assertThat(command("run", "--dry-run").exitCode()).isEqualTo(3);
    assertThat(cloud.keys("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "frob, Unmatched argument at index 0: 'frob'; see --help",
    "--frob, Unknown option: '--frob'; see --help",
    "dead-letter, 'dead-letter needs one of list, show, replay, set-aside; see --help'",
    "runz, Unmatched argument at index 0: 'runz'; did you mean run or runs?",
    "rnus, Unmatched argument at index 0: 'rnus'; did you mean runs?",
    "--datset=who, Unknown option: '--datset=who'; did you mean --dataset?",
  })
  void exitsWith64OnAnUnknownWord(String word, String line) throws Exception {
    assertThat(line(word)).isEqualTo(new Ended(64, "", line + "\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "feed.tiemout = 3s | feed.tiemout is not a setting; did you mean feed.timeout?",
        "camel.main.foo = 1 | camel.main.foo is not a setting of Camel, or its value is not of the kind"
            + " that it takes",
        "camel.main.shutdown-timeout = soon | camel.main.shutdown-timeout is not a setting of Camel,"
            + " or its value is not of the kind that it takes",
      })
  void exitsWith64OnALineOfTheFileThatIsNoSetting(String line, String sentence) throws Exception {
    String[] setting = line.split(" = ");
    settings.put(setting[0], setting[1]);

    assertThat(command("run")).isEqualTo(new Ended(64, "", sentence + "\n"));
  }

  @Test
  void exitsWith64OnAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      settings.put("http.port", port);
      Ended serve = command("serve");

      assertThat(serve)
          .isEqualTo(
              new Ended(
                  64,
                  "",
                  "http.port is %s, which is not available on 127.0.0.1 (Address already in use): choose another%n"
                      .formatted(port)));
    }
  }

  @Test
  void healthExitsWith1AndSaysWhereNothingListens() throws Exception {
    String port = settings.get("management.port");
    assertThat(command("health"))
        .isEqualTo(
            new Ended(
                1,
                "not ready: nothing listens at http://127.0.0.1:%s/observe/health/ready\n"
                    .formatted(port),
                ""));
  }

  /** {@link ListeningTest} has the other addresses, which not every machine has. */
  @Test
  void healthAsksAtAnAddressOfTheMachineWhereTheServerListensOnAll() throws Exception {
    settings.put("management.host", "0.0.0.0");
    String port = settings.get("management.port");
    assertThat(command("health").out())
        .isEqualTo(
            "not ready: nothing listens at http://127.0.0.1:%s/observe/health/ready\n"
                .formatted(port));
  }

  @Test
  void healthExitsWith64OnAWrongPort() throws Exception {
    settings.put("management.port", "x");
    Ended health = command("health");

    assertThat(health.exitCode()).isEqualTo(64);
    assertThat(health.err()).startsWith("management.port is 'x', which is not a whole number");
  }

  @Test
  void replaysTheDeadLetterWithoutAPullAndAMessage() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), Fault.dropBefore()));
    assertThat(command("run", "--quiet").exitCode()).isEqualTo(2);
    int messages = cloud.messages().size();
    Ended again = command("dead-letter", "replay");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.out())
        .startsWith("1 day(s) replayed: 0 added, 0 present, 1 failed again\n2020-01-23  The");
    cloud.intercept(call -> Fault.none());

    assertThat(command("dead-letter", "replay"))
        .isEqualTo(new Ended(0, "1 day(s) replayed: 1 added, 0 present, 0 failed again\n", ""));
    assertThat(cloud.items()).hasSize(3);
    assertThat(cloud.keys("dead-letter/")).isEmpty();
    assertThat(cloud.keys("runs/")).hasSize(1);
    assertThat(cloud.keys("open-runs/")).isEmpty();
    assertThat(cloud.messages()).hasSize(messages);
  }

  @Test
  void saysNothingOfWhatWentWellIfItIsToBeQuiet() throws Exception {
    assertThat(command("run", "--dry-run", "--quiet").out())
        .isEqualTo("3 day(s) would be added, 2020-01-22 to 2020-01-24\n");
    assertThat(command("run", "--quiet")).isEqualTo(new Ended(0, "", ""));
    assertThat(command("publish-site", "--quiet")).isEqualTo(new Ended(0, "", ""));
    Path files = Files.createDirectory(folder.resolve("files"));
    Files.writeString(files.resolve("nyt.csv"), TestApplication.NYT.replace(",5,", ",6,"));
    Files.writeString(files.resolve("jhu.csv"), TestApplication.JHU);
    String dir = files.toString();
    assertThat(
            command(
                "import-version", "--at", "2020-01-24T16:00:00Z", "--feeds-dir", dir, "--quiet"))
        .isEqualTo(new Ended(0, "", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs", "health", "run", "serve"})
  void exitsWith64OnAFileThatIsNoText(String word) throws Exception {
    Path file = folder.resolve("program");
    Files.write(file, new byte[] {'a', '\n', 'b', 0});

    assertThat(line(word, "--config", file.toString()))
        .isEqualTo(
            new Ended(
                64, "", file + " is not text: byte 4 is 0. A file of settings is text in UTF-8\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"runs", "run"})
  void readsTheFileAsUtf8(String word) throws Exception {
    settings.put("feed.nyt.place", "C\u00F4te");

    assertThat(command(word).err())
        .contains("feed.jhu.country is 'US' and feed.nyt.place is 'C\u00F4te', so figures");
  }

  @Test
  void namesTheNearestDatasetAndTheFileThatIsNotThere() throws Exception {
    assertThat(command("runs", "--dataset", "woh").err())
        .isEqualTo(
            "dataset is 'woh', and there is no config/datasets/woh.properties; did you mean who?\n");
    assertThat(line("runs", "--config", "none.properties"))
        .isEqualTo(new Ended(64, "", "--config: none.properties is not a file that can be read\n"));
  }

  @Test
  void showsAndReplaysTheDeadLetterOfManyPlaces() throws Exception {
    manyPlaces();
    cloud.intercept(always(to(Service.DYNAMODB, "PutItem"), THROTTLED));
    assertThat(command("run", "--dataset", "who").exitCode()).isEqualTo(2);
    cloud.intercept(call -> Fault.none());

    cloud
        .s3Client()
        .copyObject(
            copy ->
                copy.sourceBucket(cloud.bucket())
                    .sourceKey("who/dead-letter/DE.json")
                    .destinationBucket(cloud.bucket())
                    .destinationKey("who/dead-letter/FR.json"));
    assertThat(command("dead-letter", "list", "--dataset", "who").out())
        .containsPattern("\nFR .* cannot be read: a run sets it aside\n");
    cloud
        .s3Client()
        .deleteObject(delete -> delete.bucket(cloud.bucket()).key("who/dead-letter/FR.json"));
    assertThat(command("dead-letter", "list", "--dataset", "who").out().lines())
        .satisfiesExactly(
            line -> assertThat(line).matches("Name  Days  From +To +Tried  First +Last +Reason"),
            line ->
                assertThat(line)
                    .matches(
                        "DE +1  2020-01-05  2020-01-05 +1  \\S+Z  \\S+Z  DynamoDB throttles .*"));
    assertThat(command("dead-letter", "show", "DE", "--dataset", "who").out())
        .contains("\nDE     2020-01-05  1 cases, 0 deaths      1  DynamoDB throttles");
    assertThat(command("versions", "--place", "DE", "--dataset", "who", "--quiet").out().lines())
        .hasSize(1);
    assertThat(command("versions", "--place", "XX", "--dataset", "who").err())
        .startsWith("There is no place 'XX'")
        .endsWith(".\n")
        .doesNotContain("/places");
    // It needs no workers.
    settings.put("chunks.to", TestApplication.queue(cloud));
    assertThat(command("dead-letter", "replay", "--dataset", "who").out())
        .isEqualTo("1 day(s) replayed: 1 added, 0 present, 0 failed again\n");
    assertThat(cloud.itemsOfPlaces()).hasSize(1);
    assertThat(cloud.keys("who/dead-letter/")).isEmpty();
  }

  @Test
  void exitsWith1WhenItMayNotReplay() throws Exception {
    cloud.intercept(always(toPutOf("2020-01-23"), Fault.dropBefore()));
    command("run");
    cloud.intercept(
        always(
            to(Service.DYNAMODB, "PutItem"),
            refusal(Service.DYNAMODB, 400, "AccessDeniedException")));

    Ended replay = command("dead-letter", "replay");

    assertThat(replay.exitCode()).isEqualTo(1);
    assertThat(replay.out())
        .startsWith("The AWS credentials do not allow PutItem on table CovidData: grant them");
    assertThat(cloud.keys("dead-letter/")).hasSize(1);
  }
}
