package app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import covid.Dataset;
import covid.Interval;
import covid.KeySchema;
import covid.KnownBreak;
import covid.Metric;
import covid.Place;
import covid.PlaceSelection;
import feeds.FeedSource;
import java.io.IOException;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datasets as files of settings. */
class DatasetSettingsTest {
  private static final String TWO_FEEDS =
      """
      feed.a.url = http://127.0.0.1/a.csv
      feed.a.columns = date=d, place=p, cases=c, deaths=x
      feed.b.url = http://127.0.0.1/b.csv
      feed.b.columns = date=day, deaths=dead, tests=t
      feed.b.place = DE
      metric.deaths.from = b
      places = DE, FR
      metrics = cases, deaths, tests
      interval = week
      store.key = place-date
      store.table = CovidTwo
      """;

  @Test
  void areReadFromTheFileOfTheDataset() throws IOException {
    Settings settings = read("two", TWO_FEEDS);

    assertThat(settings.dataset())
        .isEqualTo(
            new Dataset(
                "two",
                new PlaceSelection(Set.of(new Place("DE"), new Place("FR"))),
                List.of(Metric.CASES, Metric.DEATHS, new Metric("tests")),
                Interval.WEEK,
                KeySchema.PLACE_DATE,
                "two/"));
    assertThat(settings.feed().sources())
        .extracting(feed -> feed.name() + " " + feed.layout().metrics() + " " + feed.place())
        .containsExactly("a [cases] Optional.empty", "b [deaths, tests] Optional[DE]");
    assertThat(settings.store().table()).isEqualTo("CovidTwo");
  }

  @Test
  void mayNameKnownBreaksWhichAreInTheOrderOfTheirDays() throws IOException {
    DatasetFile file = file("two", TWO_FEEDS);
    file.properties().setProperty("known.2021-03-01", "Tests of pharmacies are counted");
    file.properties().setProperty("known.2020-12-01", "Deaths are counted by residence");

    assertThat(read(file).known())
        .containsExactly(
            new KnownBreak(LocalDate.of(2020, 12, 1), "Deaths are counted by residence"),
            new KnownBreak(LocalDate.of(2021, 3, 1), "Tests of pharmacies are counted"));
    file.properties().setProperty("known.2020-12-01", "x".repeat(121));
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining("known.2020-12-01 has 121 characters: 120 are the most");
  }

  @ParameterizedTest
  @ValueSource(strings = {"who", "world", "us-states"})
  void ofThePackedDatasetsAreGoodAndShort(String name) throws IOException {
    DatasetFile file = DatasetFile.find(name);
    assertThat(file.properties()).hasSizeLessThanOrEqualTo(20);

    Settings settings = read(file);

    assertThat(settings.dataset().key()).isEqualTo(KeySchema.PLACE_DATE);
    assertThat(settings.dataset().prefix()).isEqualTo(name + "/");
    assertThat(settings.feed().sources()).extracting(FeedSource::credit).doesNotContain("");
  }

  @Test
  void takePlacesThatHoldACommaBetweenSemicolons() throws IOException {
    assertThat(with("places", "Korea, South; DE").dataset().places().only())
        .containsExactlyInAnyOrder(new Place("Korea, South"), new Place("DE"));
    assertThat(with("places", "*").dataset().places()).isEqualTo(PlaceSelection.ALL);
  }

  /** What is put in place of a line of the file, or added to it, and what is said then. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "feed.a.colums | x | feed.a.colums is not a setting; did you mean feed.a.columns?",
        "metrcs | cases | metrcs is not a setting; did you mean metrics?",
        "feed.a.columns | date=d, cases=c, deaths=x | feed.a.columns has no place: name its column,"
            + " or set feed.a.place for a feed of one place",
        "feed.a?b.url | http://127.0.0.1/ | feed.a?b names the feed 'a?b', which is not up to 40 small"
            + " letters, digits and -",
        "feed.a.place | DE | feed.a.place and the place of feed.a.columns are both set: remove one",
        "feed.a.columns | date=d, place=p, casess=c | feed.a.columns: 'casess' is not one of date,"
            + " place, part, name, cases, deaths, tests; did you mean cases?",
        "feed.a.columns | place=p, cases=c, deaths=x | feed.a.columns: 'place=p, cases=c, deaths=x'"
            + " needs a date column and one metric at least",
        "feed.a.columns | date=d, place=p, cases=c, cases=e | feed.a.columns: 'cases' is there twice",
        "feed.a.required | tests | feed.a.required is 'tests', which is not one of cases,deaths",
        "feed.a.date-format | dd.MM | feed.a.date-format is 'dd.MM', which is not the pattern of a"
            + " date such as dd.MM.yyyy",
        "feed.a.encoding | UTF-16 | feed.a.encoding is 'UTF-16', which is not an encoding that extends"
            + " ASCII, such as UTF-8 or ISO-8859-1",
        "feed.b.place | ES | feed.b.place is 'ES', which is not one of places, DE, FR",
        "metric.deaths.from | '' | deaths is given by the feeds a and b: set metric.deaths.from to one"
            + " of them",
        "metric.deaths.from | c | metric.deaths.from is 'c', which is not a feed that gives it: a, b",
        "metrics | cases, deaths, tests, beds | metrics names 'beds', and no feed gives it: name its"
            + " column in feed.NAME.columns",
        "metrics | cases, deaths, tests, cases | metrics names one twice",
        "metrics | cases, deaths, tests, Beds | metrics names 'Beds', which is not up to 40 small"
            + " letters, digits and _, beginning with a letter",
        "metrics | cases, deaths, tests, date | metrics names 'date', which is the name of something"
            + " else: choose another one",
        "metrics | cases, deaths, tests, run | metrics names 'run', which is the name of something"
            + " else: choose another one",
        "places | *, DE | places is '*, DE': give *, or the places without it",
        "interval | month | interval is 'month', which is not day or week",
        "store.key | date | store.key is date, the form of version 0.1: it needs one place and"
            + " metrics=cases,deaths,recovered; set it to place-date",
        "archive.prefix | two | archive.prefix is 'two', which is not a folder of the bucket, with a"
            + " slash at its end",
        "archive.prefix | runs/ | archive.prefix is 'runs/', but runs/ is where the program keeps the"
            + " reports of runs: set another folder",
        "known.2020-4-14 | Tests | known.2020-4-14 names no day: write it as known.2020-04-14",
        "known.2020-02-30 | Tests | known.2020-02-30 names no day: write it as known.2020-04-14",
        "known.2020-04-14 | '' | known.2020-04-14 is empty; set it, or KNOWN_2020_04_14 in the environment",
        "gate.max-refused-places | many | gate.max-refused-places is 'many', which is not a percentage"
            + " such as 10%",
      })
  void areRefusedWithASentenceAboutWhatIsWrong(String setting, String text, String message) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with(setting, text))
        .withMessage(message);
  }

  @Test
  void mayNotHaveTheNameOfAFolderThatTheProgramUses() {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> read("dead-letter", TWO_FEEDS))
        .withMessage(
            "archive.prefix is 'dead-letter/', but dead-letter/ is where the program keeps days in the"
                + " dead letter: set another folder");
  }

  @Test
  void areNamedInOneLineWhateverTheFileHas() {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with("line\nbreak", "x"))
        .satisfies(
            wrong -> assertThat(wrong.problems()).singleElement().asString().doesNotContain("\n"))
        .withMessageStartingWith("line\\u000abreak is not a setting; ");
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> read("empty", "store.key = place-date\ninterval = day\n"))
        .satisfies(
            wrong ->
                assertThat(wrong.problems())
                    .containsExactly(
                        "metrics is missing",
                        "places is missing",
                        "dataset empty has no feed: set feed.NAME.url and feed.NAME.columns"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100s | 10s   | 100s is not more than 100s | 100s",
        "1m   | 10s   | a minute                   | 100s",
        "2m   | 20s   | a longer timeout           | 200s",
        "14s  | 1500ms | of milliseconds           | 15s",
      })
  void withAQueueMayNotTakeARunForDeadWhileWebhooksAreAsked(
      String resendAfter, String timeout, String why, String limit) throws IOException {
    String queued =
        TWO_FEEDS
            + "chunks.to = aws2-sqs:chunks?queueUrl=https://sqs.us-east-1.amazonaws.com/0/chunks\n"
            + "chunks.resend-after = %s\n".formatted(resendAfter)
            + "announce.webhook.timeout = %s\n".formatted(timeout);

    assertThat(read("two", queued).chunks().to()).isPresent();
    assertThatExceptionOfType(SettingException.class)
        .as(why)
        .isThrownBy(() -> read("two", queued + "announce.webhook = https://a.test/token\n"))
        .satisfies(
            wrong ->
                assertThat(wrong.problems())
                    .singleElement()
                    .asString()
                    .matches(
                        "chunks\\.resend-after is \\d+s, and another process would take a run for dead .*: set chunks\\.resend-after to more than "
                            + limit));
  }

  @Test
  void withAQueueMayTakeARunForDeadOnceWebhooksAreGivenUp() throws IOException {
    String webhook = "announce.webhook = https://a.test/token\n";
    String queue =
        "chunks.to = aws2-sqs:chunks?queueUrl=https://sqs.us-east-1.amazonaws.com/0/chunks\n";

    assertThat(read("two", TWO_FEEDS + webhook + queue).chunks().to()).isPresent();
    assertThat(read("two", TWO_FEEDS + webhook + "chunks.resend-after = 1s\n").chunks().to())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "whoo | dataset is 'whoo', and there is no config/datasets/whoo.properties; did you mean who?",
        "italy | dataset is 'italy', and there is no config/datasets/italy.properties; the packed"
            + " datasets are us, us-states, who, world",
        "../x | dataset is '../x', which is not a name of small letters, digits and -; the packed"
            + " datasets are us, us-states, who, world",
      })
  void haveAFileOfTheNameOfTheDataset(String name, String message) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> DatasetFile.find(name))
        .withMessage(message);
  }

  @Test
  void ofTheEnvironmentOverrideTheFileAndThatOverridesTheOtherFiles() throws IOException {
    DatasetFile file = file("two", TWO_FEEDS);
    Properties files = SettingNames.packedFile();
    files.setProperty("archive.bucket", "covid");
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      Settings settings =
          Settings.read(
              camel,
              new SettingSources(
                  Map.of("FEED_A_URL", "http://127.0.0.1/other.csv"),
                  new Properties(),
                  file,
                  files));
      assertThat(settings.feed().sources().get(0).url()).hasToString("http://127.0.0.1/other.csv");
      assertThat(settings.store().table()).isEqualTo("CovidTwo");
    }
  }

  private static Settings with(String setting, String text) throws IOException {
    DatasetFile file = file("two", TWO_FEEDS);
    file.properties().setProperty(setting, text == null ? "" : text);
    return read(file);
  }

  private static Settings read(String name, String text) throws IOException {
    return read(file(name, text));
  }

  private static DatasetFile file(String name, String text) throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(text));
    return new DatasetFile(name, "config/datasets/%s.properties".formatted(name), properties);
  }

  private static Settings read(DatasetFile file) throws IOException {
    Properties files = SettingNames.packedFile();
    files.setProperty("archive.bucket", "covid");
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      return Settings.read(camel, new SettingSources(Map.of(), new Properties(), file, files));
    }
  }
}
