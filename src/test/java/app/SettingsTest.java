package app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import covid.Dataset;
import covid.FeedLayout;
import covid.Metric;
import covid.Place;
import feeds.FeedHeaders;
import feeds.FeedSource;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import webhooks.Form;
import webhooks.Webhook;
import webhooks.Webhooks;

class SettingsTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final Map<String, String> DEFAULTS = defaults();

  @Test
  void areTheDefaultsOnceTheBucketIsNamed() {
    Settings settings = with("archive.bucket", "covid");
    assertThat(settings.dataset()).isEqualTo(Dataset.ofCountry(new Place("US")));
    assertThat(settings.feed())
        .isEqualTo(
            new Settings.Feed(
                List.of(
                    new FeedSource(
                        "jhu",
                        URI.create(
                            "https://raw.githubusercontent.com/datasets/covid-19/main/data/"
                                + "time-series-19-covid-combined.csv"),
                        FeedLayout.parse(
                                "date=Date, place=Country/Region, part=Province/State,"
                                    + " recovered=Recovered",
                                Metric.PUBLISHED)
                            .needing(List.of(Metric.RECOVERED)),
                        Optional.empty(),
                        UTF_8,
                        "Johns Hopkins University CSSE",
                        FeedHeaders.NONE),
                    new FeedSource(
                        "nyt",
                        URI.create(
                            "https://raw.githubusercontent.com/nytimes/covid-19-data/master/us.csv"),
                        FeedLayout.parse("date=date, cases=cases, deaths=deaths", Metric.PUBLISHED)
                            .needing(List.of(Metric.CASES, Metric.DEATHS)),
                        Optional.of(new Place("US")),
                        UTF_8,
                        "The New York Times",
                        FeedHeaders.NONE)),
                Duration.ofMinutes(5),
                2_000_000_000,
                4,
                Optional.of(Duration.ofDays(7)),
                Optional.empty(),
                false));
    assertThat(settings.schedule().cron()).hasToString("0 0 16 * * ?");
    assertThat(settings.schedule().zone()).isEqualTo(ZoneId.of("America/New_York"));
    assertThat(settings.store()).isEqualTo(new Settings.Store("CovidData", 8, 5));
    assertThat(settings.archive())
        .isEqualTo(new Settings.Archive("covid", "CovidData.csv", false, Optional.empty()));
    assertThat(settings.announce().topic()).isEmpty();
    assertThat(settings.gate())
        .isEqualTo(
            new Settings.GateLimits(
                new BigDecimal("0.10"), 0, new BigDecimal("0.10"), new BigDecimal("0.10")));
    assertThat(settings.chartKey()).isEqualTo("comparison.png");
    assertThat(settings.site().publish()).isFalse();
    assertThat(settings.http())
        .isEqualTo(
            new Settings.Http(
                "0.0.0.0", 8080, Duration.ofSeconds(30), "", "0.0.0.0", 9876, Optional.empty()));
    assertThat(settings.clustered()).isFalse();
    assertThat(settings.logFormat()).isEqualTo(LogFormat.TEXT);
  }

  @Test
  void refuseAPasswordThatNobodyWouldBeAskedFor() {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with("management.password", "of the day"))
        .withMessage(
            "management.password is set and management.user is empty,"
                + " so no login would be required; set both, or neither");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0 0 16 1 1 ? 2020", "0 0 0 30 2 ?", "0 0 0 31 4,6,9,11 ?"})
  void refuseAScheduleWithoutATimeToCome(String cron) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with("schedule.cron", cron))
        .withMessage(
            "schedule.cron is '%s', which will never be due:"
                + " give times that lie ahead, such as 0 0 16 * * ?",
            cron);
  }

  @Test
  void askForTheBucket() {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> Settings.read(lookup(DEFAULTS)))
        .withMessage("archive.bucket is empty; set it, or ARCHIVE_BUCKET in the environment");
  }

  @ParameterizedTest
  @CsvSource({
    "1ms,PT0.001S",
    "500ms,PT0.5S",
    "10s,PT10S",
    "5m,PT5M",
    "2h,PT2H",
    "7d,PT168H",
    "' 10s ',PT10S",
  })
  void readADuration(String text, Duration duration) {
    assertThat(with("feed.timeout", text).feed().timeout()).isEqualTo(duration);
  }

  @Test
  void readTheHeadersOfAFeed() {
    List<FeedSource> feeds =
        with("feed.jhu.headers", "X-Key: 1; Accept: text/csv").feed().sources();
    assertThat(feeds)
        .extracting(feed -> feed.name() + " " + feed.headers().values().keySet())
        .containsExactly("jhu [Accept, X-Key]", "nyt []");
  }

  @Test
  void doNotRepeatWrongHeadersForTheyMayHoldASecret() {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with("feed.nyt.headers", "X-Key: 1; secret"))
        .withMessage(
            "feed.nyt.headers: header 2 of 2 is not 'Name: value'"
                + " (several are separated by ; or by line ends)");
  }

  @Test
  void readTheWebhooks() {
    Webhooks webhooks =
        with(
                "announce.webhook",
                "https://a.test/hook?key=1 slack+https://hooks.slack.com/x  teams+http://127.0.0.1:1/y"
                    + " http://localhost/ http://[::1]:2")
            .announce()
            .webhooks();
    assertThat(webhooks.all())
        .containsExactly(
            new Webhook(1, Form.REPORT, URI.create("https://a.test/hook?key=1")),
            new Webhook(2, Form.SLACK, URI.create("https://hooks.slack.com/x")),
            new Webhook(3, Form.TEAMS, URI.create("http://127.0.0.1:1/y")),
            new Webhook(4, Form.REPORT, URI.create("http://localhost/")),
            new Webhook(5, Form.REPORT, URI.create("http://[::1]:2")));
    assertThat(webhooks.secrets()).isEmpty();
    assertThat(with("announce.webhook", "").announce().webhooks().isAny()).isFalse();
    assertThat(
            with("announce.webhook.secret", SECRET + " " + SECRET).announce().webhooks().secrets())
        .hasSize(2);
  }

  @Test
  void readAnHttpAddressOfAnotherMachineOnlyIfAsked() {
    Map<String, String> texts = good();
    texts.put("announce.webhook", "http://a.test/");
    texts.put("announce.webhook.allow-http", "true");
    assertThat(Settings.read(lookup(texts)).announce().webhooks().all()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "announce.webhook | https://a.test/x http://127.0.0.1.b.test/token | address 2 of"
            + " announce.webhook is http, so others on the way could read it: give an https address,"
            + " or set announce.webhook.allow-http to true",
        "announce.webhook | slack+token | address 1 of announce.webhook is not an http or https"
            + " address",
        "announce.webhook | discord+https://a.test/token | address 1 of announce.webhook has something"
            + " in front that is not slack+ or teams+",
        "announce.webhook | https://a.test/ Slak+https://a.test/token | address 2 of announce.webhook"
            + " has something in front that is not slack+ or teams+; did you mean slack+?",
        "announce.webhook | http://127.0.0.1:99999/token | address 1 of announce.webhook has no valid"
            + " port: give one from 1 to 65535",
        "announce.webhook | https://a.test/x https://b.test/ slack+https://a.test/x | address 3 of"
            + " announce.webhook is address 1 again: remove one of them",
        "announce.webhook | https://me:token@a.test/ | address 1 of announce.webhook must not hold a"
            + " user name",
        "announce.webhook | https://a.test/#token | address 1 of announce.webhook must not hold a #,"
            + " for what follows it is never sent",
        "announce.webhook.secret | whsec_token | secret 1 of announce.webhook.secret is not whsec_"
            + " and 24 to 64 bytes in Base64; make one with: echo whsec_$(openssl rand -base64 32)",
      })
  void doNotRepeatAWrongWebhookForItIsASecret(String name, String text, String message) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with(name, text))
        .withMessage(message);
  }

  @Test
  void readADurationThatMayBeLeftOut() {
    assertThat(with("feed.stalled-after", "36h").feed().stalledAfter())
        .contains(Duration.ofHours(36));
    assertThat(with("feed.stalled-after", "").feed().stalledAfter()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1",
    "5000000000,5000000000",
    "7B,7",
    "3KB,3000",
    "200MB,200000000",
    "2GB,2000000000",
  })
  void readASize(String text, long bytes) {
    assertThat(with("feed.max-bytes", text).feed().maxBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"0%,0", "10%,0.1", "2.5%,0.025", "0.000001%,0.00000001", "100%,1"})
  void readAShare(String text, BigDecimal share) {
    assertThat(with("gate.max-bad-rows", text).gate().maxBadRows()).isEqualByComparingTo(share);
  }

  @ParameterizedTest
  @CsvSource({"true,true", "false,false", "TRUE,true"})
  void readAFlag(String text, boolean flag) {
    assertThat(with("archive.path-style", text).archive().pathStyle()).isEqualTo(flag);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "arn:aws:sns:us-east-1:000000000000:covid",
        "arn:aws-cn:sns:cn-north-1:123456789012:a-b"
      })
  void readATopic(String arn) {
    assertThat(with("announce.topic", arn).announce().topic()).isEqualTo(arn);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "feed.timeout       | 10            | a duration such as 10s or 5m",
        "feed.timeout       | 0s            | above 0: give a duration such as 10s or 5m",
        "feed.timeout       | -5s           | a duration such as 10s or 5m",
        "feed.timeout       | 5 m           | a duration such as 10s or 5m",
        "feed.timeout       | 1w            | a duration such as 10s or 5m",
        "feed.max-bytes     | 1.5GB         | a number of bytes, or a size such as 200MB",
        "feed.max-bytes     | -1            | a number of bytes, or a size such as 200MB",
        "feed.max-bytes     | 200 MB        | a number of bytes, or a size such as 200MB",
        "feed.max-bytes     | 999999999999GB | a number of bytes, or a size such as 200MB",
        "feed.retries       | -1            | a whole number from 0 to 100",
        "feed.retries       | 101           | a whole number from 0 to 100",
        "feed.retries       | many          | a whole number from 0 to 100",
        "schedule.cron      | 0 16 * * *    | a Quartz cron expression such as 0 0 16 * * ?",
        "schedule.zone      | Mars/Phobos   | a time zone such as America/New_York",
        "store.concurrency  | 0             | a whole number from 1 to 1000",
        "store.concurrency  | 1001          | a whole number from 1 to 1000",
        "announce.revisions | all           | summary or none",
        "versions.keep      | 47h           | a duration of at least 2d",
        "versions.keep      | long          | a duration such as 10s or 5m",
        "store.retries      | 1.0           | a whole number from 0 to 100",
        "archive.path-style | yes           | true or false",
        "cluster.enabled    | 2             | true or false",
        "announce.topic     | covid         | the ARN of an SNS topic, or empty",
        "announce.topic     | arn:aws:sqs:us-east-1:000000000000:q | the ARN of an SNS topic, or empty",
        "gate.max-bad-rows  | 10            | a percentage such as 10%",
        "gate.max-bad-rows  | 0.1           | a percentage such as 10%",
        "gate.max-bad-rows  | 100.5%        | a percentage of 100% at the most",
        "gate.max-lost-days | -1            | a whole number from 0 to 2147483647",
        "gate.max-changed-days | 10         | a percentage such as 10%",
        "http.port          | 0             | a whole number from 1 to 65535",
        "management.port    | 65536         | a whole number from 1 to 65535",
        "log.format         | JSON          | text or json",
      })
  void nameTheWrongOneInOneLine(String name, String text, String kind) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with(name, text))
        .withMessage("%s is '%s', which is not %s", name, text, kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "us.csv",
        "ftp://host/us.csv",
        "file:/us.csv",
        "https:///us",
        "http://me:secret@a/ b"
      })
  void doNotRepeatAWrongAddressForItMayHoldASecret(String text) {
    for (String name : List.of("feed.nyt.url", "feed.jhu.url")) {
      assertThatExceptionOfType(SettingException.class)
          .isThrownBy(() -> with(name, text))
          .withMessage("%s is not an http or https address", name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "feed.nyt.url, feed.nyt.url, https://host:65536/us.csv",
    "feed.jhu.url, feed.jhu.url, https://host:0/us.csv",
    "site.url, site.url, https://host:99999/",
    "chunks.to, the address in chunks.to, aws2-sqs:chunks?queueUrl=http://host:99999/chunks",
  })
  void nameAnAddressWithAPortThatIsNone(String name, String named, String text) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with(name, text))
        .withMessage("%s has no valid port: give one from 1 to 65535", named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "feed.jhu.country",
        "feed.timeout",
        "feed.max-bytes",
        "feed.retries",
        "schedule.cron",
        "schedule.zone",
        "store.table",
        "store.concurrency",
        "store.retries",
        "archive.bucket",
        "archive.key",
        "archive.path-style",
        "gate.max-bad-rows",
        "gate.max-lost-days",
        "gate.max-changed-days",
        "http.host",
        "http.port",
        "management.host",
        "management.port",
        "cluster.enabled",
        "log.format",
      })
  void nameTheOneThatIsEmptyOrMissing(String name) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with(name, " "))
        .withMessage(
            "%s is empty; set it, or %s in the environment",
            name, name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
    Map<String, String> without = new TreeMap<>(DEFAULTS);
    without.put("archive.bucket", "covid");
    without.remove(name);
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> Settings.read(lookup(without)))
        .withMessage("%s is missing", name);
  }

  @Test
  void areReadAsThePlaceholdersSeeThem() throws IOException {
    Properties properties = properties();
    properties.setProperty("archive.bucket", "covid");
    properties.setProperty("archive.key", "{{archive.bucket}}.csv");
    assertThat(read(properties).archive())
        .isEqualTo(new Settings.Archive("covid", "covid.csv", false, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gate.max-lost-day | gate.max-lost-day is not a setting; did you mean gate.max-lost-days?",
        "http.prot | http.prot is not a setting; did you mean http.port?",
        "archive.pathStyle | archive.pathStyle is not a setting; did you mean archive.path-style?",
        "sotre.table | sotre.table is not a setting; did you mean store.table?",
        "archive.folder | archive.folder is not a setting; those of its group are"
            + " [archive.bucket, archive.key, archive.path-style, archive.prefix]",
        "aws.region | aws.region is not a setting; those of its group are [announce.*, archive.*,"
            + " chart.*, chunks.*, cli.*, cluster.*, feed.*, gate.*, http.*, known.*, log.*, management.*, metric.*,"
            + " raw.*, run.*, schedule.*, site.*, store.*, trace.*, versions.*]",
      })
  void refuseAnUnknownOne(String name, String message) throws IOException {
    Properties properties = properties();
    properties.setProperty("archive.bucket", "covid");
    properties.setProperty(name, "1");
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> read(properties))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t ", "\n", "\r\n"})
  void areTheSameWithBlanksAndLineBreaksAround(String blank) {
    Map<String, String> good = good();
    Map<String, String> padded = new TreeMap<>();
    good.forEach((name, text) -> padded.put(name, text + blank));

    assertThat(Settings.read(lookup(padded))).hasToString(Settings.read(lookup(good)).toString());
    assertThat(placeholders(padded)).isEqualTo(good);
  }

  /** Every setting with every text: either it is read, or lines say which setting is wrong. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "many | archive.bucket archive.key chart.key http.host http.token management.host"
            + " management.password management.user store.table trace.exclude",
        "'' | announce.topic announce.webhook announce.webhook.secret feed.jhu.headers feed.nyt.headers feed.stalled-after http.token"
            + " metric.stalled-after site.url trace.exclude versions.keep",
        // An offset of one hour is a time zone.
        "-1 | archive.key chart.key http.host http.token management.host management.password"
            + " management.user schedule.zone trace.exclude",
        "99999999999999999999999999 | archive.bucket archive.key chart.key http.host http.token"
            + " management.host management.password management.user store.table trace.exclude",
      })
  void areReadOrRefusedWhateverTheTextIs(String text, String accepted) {
    Set<String> read = new TreeSet<>();
    for (String name : good().keySet()) {
      Map<String, String> texts = good();
      texts.put(name, text);
      try {
        Settings.read(lookup(texts));
        read.add(name);
      } catch (SettingException e) {
        assertThat(e.problems()).singleElement().asString().contains(name).hasLineCount(1);
      }
    }
    assertThat(read).containsExactly(accepted.split(" "));
  }

  @Test
  void mayNotHoldWhatCannotBeSeen() {
    Set<String> ofOneLine = new TreeSet<>(good().keySet());
    ofOneLine.removeAll(Set.of("feed.nyt.headers", "feed.jhu.headers"));
    for (String name : ofOneLine) {
      Map<String, String> texts = good();
      texts.put(name, "a\nb");
      assertThatExceptionOfType(SettingException.class)
          .isThrownBy(() -> Settings.read(lookup(texts)))
          .withMessage(
              "%s holds a line break, or another character that cannot be seen".formatted(name));
    }
  }

  @Test
  void areAllInTheFileAndAllRead() {
    Set<String> asked = new TreeSet<>();
    Settings.read(
        name -> {
          asked.add(name);
          return Optional.ofNullable(good().get(name));
        });
    // Of the dataset its name decides which file is read.
    asked.add("dataset");
    assertThat(asked).isEqualTo(SettingNames.packed().all());
  }

  @Test
  void sayEverythingThatIsWrongAtOnce() {
    Map<String, String> texts = good();
    texts.put("feed.timeout", "soon");
    texts.put("archive.bucket", "");
    texts.put("chart.key", "CovidData.csv");
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> Settings.read(lookup(texts)))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        "feed.timeout is 'soon', which is not a duration such as 10s or 5m",
                        "archive.bucket is empty; set it, or ARCHIVE_BUCKET in the environment",
                        "archive.key and chart.key are both 'CovidData.csv', so the chart would"
                            + " replace the published set: set two keys"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "feed.jhu.country | Germany | feed.jhu.country is 'Germany' and feed.nyt.place is 'US', so"
            + " figures of two places would be joined: give feed.nyt.url a feed of 'Germany' and set"
            + " feed.nyt.place to it",
        "chart.key | runs/x | chart.key is 'runs/x', but runs/ is where the program keeps the reports"
            + " of runs: set another key",
        "archive.key | quarantine/x | archive.key is 'quarantine/x', but quarantine/ is where the"
            + " program keeps rows in quarantine: set another key",
        "archive.key | dead-letter/x | archive.key is 'dead-letter/x', but dead-letter/ is where the"
            + " program keeps days in the dead letter: set another key",
        "archive.key | dead-letter-damaged/x | archive.key is 'dead-letter-damaged/x', but"
            + " dead-letter-damaged/ is where the program keeps damaged dead letters: set another key",
        "chart.key | open-runs/x | chart.key is 'open-runs/x', but open-runs/ is where the program"
            + " keeps the markers of open runs: set another key",
        "archive.key | site/x.csv | archive.key is 'site/x.csv', but site/ is where the program keeps"
            + " the files of the dashboard: set another key",
        "archive.key | places.csv | archive.key is 'places.csv', but places.csv is where the program"
            + " keeps the names of places: set another key",
        "http.port | 9876 | http.port and management.port are both 9876: set two ports",
      })
  void refuseWhatDoesNotGoTogether(String name, String text, String line) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with(name, text))
        .withMessage(line);
  }

  @Test
  void takeOtherPlacesAndPortsThatGoTogether() {
    Map<String, String> texts = good();
    texts.put("feed.jhu.country", "Germany");
    texts.put("feed.nyt.place", "Germany");
    texts.put("http.host", "127.0.0.1");
    texts.put("management.host", "127.0.0.2");
    texts.put("management.port", "8080");
    assertThat(Settings.read(lookup(texts)).dataset())
        .isEqualTo(Dataset.ofCountry(new Place("Germany")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a+b.csv",
        "100%.csv",
        "a&b=c.csv",
        "a?b.csv",
        "a b.csv",
        "a/b.csv",
        "Zahlen/ü.csv"
      })
  void takeAKeyOf(String key) {
    assertThat(with("archive.key", key).archive().key()).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/x", "x/", "a//b", "./x", "a/../b", "..", "${date:now}", "$simple{id}"})
  void refuseAKeyThatIsReadInMoreThanOneWay(String key) {
    for (String name : List.of("archive.key", "chart.key")) {
      assertThatExceptionOfType(SettingException.class)
          .isThrownBy(() -> with(name, key))
          .withMessage(
              "%s is '%s', which is not the key of an object (at most 1,024 bytes, no slash at its"
                  + " begin or end or next to another, no part . or .., no ${)",
              name, key);
    }
  }

  @Test
  void refuseAQueryOfThePage() {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with("site.url", "https://host/covid/?place=US"))
        .withMessage("site.url must not hold a ?, for the files of the page have no query");
  }

  @Test
  void refuseAFragmentForItIsNeverSent() {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> with("feed.nyt.url", "https://host/us.csv#2020"))
        .withMessage("feed.nyt.url must not hold a #, for what follows it is never sent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{nope}}", "{{", "a}}", "{{http.token}}"})
  void refuseAPlaceholderThatStandsForNothing(String text) throws IOException {
    Properties properties = properties();
    properties.setProperty("archive.bucket", "covid");
    properties.setProperty("http.token", text);
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> read(properties))
        .withMessage(
            "http.token holds {{ or }}, which may only go around the name of another setting");
  }

  @Test
  void mayQuoteTextInTheFormOfADate() {
    assertThat(SettingKinds.dates("any", "d. 'day' M 'y' yyyy").pattern().orElseThrow().formatter())
        .satisfies(
            form ->
                assertThat(form.format(LocalDate.of(2020, 1, 22))).isEqualTo("22. day 1 y 2020"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ppdMMuuuu", "uuuuppMMdd", "pddMMuuuu"})
  void refusesAFormOfDatesThatJavaCannotUse(String form) {
    assertThatExceptionOfType(SettingException.class)
        .isThrownBy(() -> SettingKinds.dates("feed.nyt.date-format", form))
        .withMessageContaining("the pattern of a date such as dd.MM.yyyy");
  }

  /** Good texts, and none is empty. */
  private static Map<String, String> good() {
    Map<String, String> texts = new TreeMap<>(DEFAULTS);
    texts.keySet().retainAll(SettingNames.packed().all());
    texts.remove("dataset");
    texts.put("archive.bucket", "covid");
    texts.put("announce.topic", "arn:aws:sns:us-east-1:000000000000:covid");
    texts.put("announce.webhook", "https://a.test/hook");
    texts.put("announce.webhook.secret", SECRET);
    texts.put("feed.nyt.headers", "X-Key: 1");
    texts.put("feed.jhu.headers", "X-Key: 1");
    texts.put("http.token", "token");
    texts.put("management.user", "me");
    texts.put("management.password", "secret");
    return texts;
  }

  /** What placeholders of Camel stand for. */
  private static Map<String, String> placeholders(Map<String, String> texts) {
    Properties files = new Properties();
    files.putAll(texts);
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      Settings.read(
          camel,
          new SettingSources(Map.of(), new Properties(), files).withDataset(Optional.empty()));
      Map<String, String> seen = new TreeMap<>();
      texts
          .keySet()
          .forEach(name -> seen.put(name, camel.resolvePropertyPlaceholders("{{" + name + "}}")));
      return seen;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Settings read(Properties files) throws IOException {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      return Settings.read(
          camel,
          new SettingSources(Map.of(), new Properties(), files).withDataset(Optional.empty()));
    }
  }

  private static Settings with(String name, String text) {
    Map<String, String> texts = new TreeMap<>(DEFAULTS);
    texts.put("archive.bucket", "covid");
    texts.put(name, text);
    return Settings.read(lookup(texts));
  }

  private static Function<String, Optional<String>> lookup(Map<String, String> texts) {
    return name -> Optional.ofNullable(texts.get(name));
  }

  private static Map<String, String> defaults() {
    try {
      Properties properties = properties();
      return properties.stringPropertyNames().stream()
          .collect(Collectors.toMap(name -> name, properties::getProperty));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Properties properties() throws IOException {
    Properties properties = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("config/application.properties"))) {
      properties.load(file);
    }
    return properties;
  }
}
