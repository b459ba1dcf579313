package local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import local.LocalOptions.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalOptionsTest {
  private static final LocalPort DYNAMODB = new LocalPort("DynamoDB", "local.dynamodb.port", 8000);
  private static final LocalPort S3 = new LocalPort("S3", "local.s3.port", 9000);
  private static final LocalPort SNS = new LocalPort("SNS", "local.sns.port", 9911);
  private static final LocalPort FEEDS = new LocalPort("the feeds", "local.feeds.port", 8001);
  private static final LocalPort HTTP = new LocalPort("the dashboard", "http.port", 8080);
  private static final LocalPort MANAGEMENT = new LocalPort("management", "management.port", 9876);
  private static final Path DATA = Path.of("data/local").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void areTheSamplesInTheProjectsFolderByDefault() {
    assertThat(read())
        .isEqualTo(
            new LocalOptions(
                LocalDataset.find("us"),
                Source.SYNTHETIC,
                Optional.empty(),
                DATA,
                true,
                0,
                List.of(DYNAMODB, S3, SNS, FEEDS, HTTP, MANAGEMENT)));
    // Maven gives what is not set as nothing.
    assertThat(read("feeds=", "feeds.dir=", "local.data=")).isEqualTo(read());
  }

  @Test
  void keepTheDataOfEachDatasetApart() {
    LocalOptions who = read("dataset=who");
    assertThat(who.data()).isEqualTo(Path.of("data/local-who").toAbsolutePath());
    assertThat(who.dataset())
        .isEqualTo(new LocalDataset("who", true, Map.of("who", "WHO-COVID-19-global-data.csv")));
  }

  @Test
  void nameTheNearestDatasetAsTheApplicationDoes() {
    assertWrong(
        "dataset is 'wrld', and there is no config/datasets/wrld.properties; did you mean world?",
        "dataset=wrld");
    assertWrong(
        "dataset is 'nowhere', and there is no config/datasets/nowhere.properties; the packed"
            + " datasets are us, us-states, who, world",
        "dataset=nowhere");
  }

  @Test
  void nameAllThatIsWrongAtOnce() {
    assertWrong(
        "dataset is 'wrld', and there is no config/datasets/wrld.properties; did you mean world?\n"
            + "-Dlocal.application is 'no', which is not true or false.\n"
            + "-Dworkers is 'x', which is not a whole number from 0 to 16.\n"
            + "-Dhttp.port is 'y', which is not a whole number from 1 to 65535.",
        "dataset=wrld",
        "local.application=no",
        "workers=x",
        "http.port=y");
  }

  @Test
  void nameTheOptionThatIsMeantByAMisspeltOne() {
    assertThat(
            LocalOptions.misspelt(
                Set.of(
                    "feed",
                    "worker",
                    "local.s3.prt",
                    "local.color",
                    "feeds",
                    "java.home",
                    "http.port")))
        .containsExactly(
            "-Dfeed is not an option; did you mean -Dfeeds?",
            "-Dlocal.color is not an option; those that begin so are -Dlocal.application,"
                + " -Dlocal.data, -Dlocal.dynamodb.port, -Dlocal.s3.port, -Dlocal.sns.port,"
                + " -Dlocal.sqs.port, -Dlocal.feeds.port",
            "-Dlocal.s3.prt is not an option; did you mean -Dlocal.s3.port?",
            "-Dworker is not an option; did you mean -Dworkers?");
    assertThat(LocalOptions.misspelt(System.getProperties().stringPropertyNames())).isEmpty();
  }

  @Test
  void needNoMorePortsThanAreUsed() {
    assertThat(read("feeds=live", "local.application=False", "local.s3.port=9001"))
        .isEqualTo(
            new LocalOptions(
                LocalDataset.find("us"),
                Source.LIVE,
                Optional.empty(),
                DATA,
                false,
                0,
                List.of(DYNAMODB, new LocalPort("S3", "local.s3.port", 9001), SNS)));
  }

  @Test
  void needAPortOfTheQueueWithWorkers() {
    LocalOptions options = read("workers=3", "dataset=who", "feeds=live");

    assertThat(options.workers()).isEqualTo(3);
    assertThat(options.ports())
        .containsExactly(
            DYNAMODB, S3, SNS, new LocalPort("SQS", "local.sqs.port", 9324), HTTP, MANAGEMENT);
  }

  @Test
  void needAPortOfTheQueueForOthersThanTheApplication() {
    assertThat(read("dataset=who", "feeds=live", "local.application=false").ports())
        .containsExactly(DYNAMODB, S3, SNS, new LocalPort("SQS", "local.sqs.port", 9324));
  }

  @Test
  void haveWorkersOnlyForManyPlacesAndAnApplication() {
    assertWrong(
        "-Dworkers=3: the table of the dataset us has one place, which one process stores; choose a"
            + " dataset of many places with -Ddataset=NAME.",
        "workers=3");
    assertWrong(
        "-Dworkers=3 store what the application sends them: leave out -Dlocal.application=false.",
        "workers=3",
        "dataset=who",
        "feeds=live",
        "local.application=false");
  }

  @Test
  void takeAFolderThatHasBothFeedsPackedOrNot() throws IOException {
    Files.createFile(folder.resolve("us.csv"));
    Files.createFile(folder.resolve("time-series-19-covid-combined.csv.gz"));

    LocalOptions options = read("feeds.dir=" + folder);

    assertThat(options.source()).isEqualTo(Source.FILES);
    assertThat(options.feedsDir()).contains(folder);
  }

  @Test
  void nameWhatAFolderLacks() {
    assertWrong(
        "-Dfeeds.dir is '%s', which lacks time-series-19-covid-combined.csv and us.csv: each may"
                .formatted(folder)
            + " also be there as .gz.",
        "feeds.dir=" + folder);
  }

  @Test
  void takeAnyPathForTheData() {
    assertThat(read("local.data=../d2").data())
        .isEqualTo(Path.of("").toAbsolutePath().resolveSibling("d2"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "feeds=foo | -Dfeeds is 'foo'; it can only be live, for the real feeds. For files, give"
            + " their folder as -Dfeeds.dir=DIR; without either, synthetic samples are served.",
        "feeds=synthetic | -Dfeeds is 'synthetic'; it can only be live, for the real feeds. For"
            + " files, give their folder as -Dfeeds.dir=DIR; without either, synthetic samples are"
            + " served.",
        "feeds.dir=/nope | -Dfeeds.dir is '/nope', which is not a folder.",
        "local.application=no | -Dlocal.application is 'no', which is not true or false.",
        "http.port=many | -Dhttp.port is 'many', which is not a whole number from 1 to 65535.",
        "workers=17 | -Dworkers is '17', which is not a whole number from 0 to 16.",
        "local.sns.port=0 | -Dlocal.sns.port is '0', which is not a whole number from 1 to 65535.",
      })
  void sayWhyOneIsWrong(String option, String message) {
    assertWrong(message, option);
  }

  @Test
  void areNotBothLiveAndFiles() {
    assertWrong(
        "-Dfeeds=live pulls the real feeds and -Dfeeds.dir=%s serves files: give one of them."
            .formatted(folder),
        "feeds=live",
        "feeds.dir=" + folder);
  }

  @Test
  void giveAPortToOneServerOnly() {
    List<LocalPort> ports = read("http.port=9000", "feeds=live").ports();

    assertThat(LocalPort.problems(ports))
        .contains(
            "Port 9000 is given to S3 (-Dlocal.s3.port) and the dashboard (-Dhttp.port): choose"
                + " another for all but one of them.");
  }

  private static void assertWrong(String message, String... options) {
    assertThatExceptionOfType(CannotStartException.class)
        .isThrownBy(() -> read(options))
        .withMessage(message);
  }

  private static LocalOptions read(String... options) {
    Map<String, String> properties = new HashMap<>();
    Arrays.stream(options)
        .map(option -> option.split("=", 2))
        .forEach(option -> properties.put(option[0], option[1]));
    Problems problems = new Problems();
    LocalOptions read = LocalOptions.read(properties::get, problems);
    problems.requireNone();
    return read;
  }
}
