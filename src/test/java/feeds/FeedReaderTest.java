package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import covid.FeedLayout;
import covid.FeedRow;
import covid.FeedSet;
import covid.Gaps;
import covid.Metric;
import covid.QuarantinedRow;
import covid.RowCounts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedReaderTest {
  private static final FeedSource NYT = source("nyt", "date=date, cases=cases, deaths=deaths");
  private static final FeedSource JHU =
      source("jhu", "date=Date, country=Country/Region, place=Province/State, recovered=Recovered");

  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
  private static final CsvDataFormat FORMAT = CsvFormats.feed();

  @BeforeAll
  static void start() {
    CAMEL.start();
    FORMAT.start();
  }

  @AfterAll
  static void stop() {
    CAMEL.stop();
  }

  @Test
  void readsAFeedOfOneCountry() throws Exception {
    String csv = "date,cases,deaths\n2020-01-21,1,0\n2020-01-22,11.00,1e3\n";
    assertThat(read(NYT, csv))
        .isEqualTo(
            new FeedSet(
                origin(NYT, csv),
                List.of(),
                new RowCounts(2, 2, 0, 0),
                days(
                    Map.entry("2020-01-21", Map.of(Metric.CASES, 1L, Metric.DEATHS, 0L)),
                    Map.entry("2020-01-22", Map.of(Metric.CASES, 11L, Metric.DEATHS, 1_000L))),
                Gaps.NONE,
                List.of()));
  }

  @Test
  void readsTheCountryOfAFeedOfManyAndSumsItsPlaces() throws Exception {
    String csv =
        """
        Date,Country/Region,Province/State,Confirmed,Recovered,Deaths
        2020-01-22,Afghanistan,,0,0.0,0
        2020-01-22,US,,1,5.0,0
        2020-01-22,US,Guam,1,2,0
        2020/1/23,US,,1,,0
        2020-01-24,US,,1,x,0
        2020-01-22,US,,1,7,0
        2020-01-22,US,"Guam",1,7,0
        2020-01-23,Peru,,1,x,0
        """;
    assertThat(read(JHU, csv))
        .isEqualTo(
            new FeedSet(
                origin(JHU, csv),
                List.of(),
                new RowCounts(6, 2, 1, 3),
                days(Map.entry("2020-01-22", Map.of(Metric.RECOVERED, 7L))),
                Gaps.NONE,
                List.of(
                    new QuarantinedRow(
                        "jhu", 6, "2020-01-24,US,,1,x,0", "recovered 'x' is not a number"),
                    new QuarantinedRow(
                        "jhu", 7, "2020-01-22,US,,1,7,0", "2020-01-22 is there a second time"),
                    new QuarantinedRow(
                        "jhu",
                        8,
                        "2020-01-22,US,\"Guam\",1,7,0",
                        "2020-01-22 is there a second time"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Date,Country/Region,Recovered\n2020-01-22,US,5",
        "Recovered,Country/Region,Date\n5,US,2020-01-22\n",
        "x,Recovered,y,Country/Region,Date,z\n1,5,2,US,2020-01-22,3\n",
        "Date,Country/Region,Recovered,Recovered\n2020-01-22,US,5,6\n",
        "\uFEFF\"Date\",\"Country/Region\",\"Recovered\"\r\n\"2020-01-22\",\"US\",\"5\"\r\n",
        " Date , Country/Region,Recovered \n 2020-01-22 ,US, 5 \n",
        "Date,Country/Region,Recovered\r2020-01-22,US,5\r",
        "\n\nDate,Country/Region,Recovered\n\n2020-01-22,US,5\n \n\n",
        "Date,Country/Region,Recovered\n2020-01-22,US,5,,,,\n",
      })
  void findsTheColumnsByName(String csv) throws Exception {
    FeedSet feed = read(JHU, csv);
    assertThat(feed.days())
        .containsExactly(Map.entry(LocalDate.of(2020, 1, 22), Map.of(Metric.RECOVERED, 5L)));
    assertThat(feed.counts()).isEqualTo(new RowCounts(1, 1, 0, 0));
    assertThat(feed.missingColumns()).isEmpty();
  }

  @Test
  void takesTheCountryExactlyAsItIsSpelt() throws Exception {
    String csv =
        """
        Date,Country/Region,Province/State,Recovered
        2020-01-22,US,,5
        2020-01-23,US ,,5
        2020-01-23, US,,5
        2020-01-23,us,,5
        2020-01-23,USA,,5
        2020-01-23,Peru,US,5
        2020-01-23,"U""S",,5
        2020-01-24,"US",,6
        """;
    FeedSet feed = read(JHU, csv);
    assertThat(feed.counts()).isEqualTo(new RowCounts(2, 2, 0, 0));
    assertThat(feed.days().keySet())
        .containsExactly(LocalDate.of(2020, 1, 22), LocalDate.of(2020, 1, 24));
  }

  @Test
  void readsACountryWithAComma() throws Exception {
    String csv = "Date,Country/Region,Recovered\n2020-01-22,\"Korea, South\",5\n2020-01-22,Korea,6";
    assertThat(read(JHU, "Korea, South", Long.MAX_VALUE, csv.getBytes(UTF_8)).days())
        .containsExactly(Map.entry(LocalDate.of(2020, 1, 22), Map.of(Metric.RECOVERED, 5L)));
  }

  @Test
  void setsRowsAsideThatEndTooEarlyOrSpillOver() throws Exception {
    String csv =
        """
        Country/Region,Date,Recovered
        US
        US,2020-01-22
        US,2020-01-23,"1,000"
        US,2020-01-24,1,000
        """;
    FeedSet feed = read(JHU, csv);
    assertThat(feed.quarantine())
        .containsExactly(
            new QuarantinedRow("jhu", 2, "US", "date is missing"),
            new QuarantinedRow("jhu", 3, "US,2020-01-22", "recovered is missing"),
            new QuarantinedRow(
                "jhu", 4, "US,2020-01-23,\"1,000\"", "recovered '1,000' is not a number"));
    assertThat(feed.counts()).isEqualTo(new RowCounts(4, 1, 0, 3));
  }

  @Test
  void numbersLinesAsAnEditorDoes() throws Exception {
    String csv =
        "Date,Country/Region,Province/State,Recovered\r\n\r\n"
            + "2020-01-22,US,\"two\r\nlines\",1\r\n2020-01-23,US,,x\r\n";
    assertThat(read(JHU, csv).quarantine())
        .containsExactly(
            new QuarantinedRow("jhu", 5, "2020-01-23,US,,x", "recovered 'x' is not a number"));
  }

  @Test
  void setsARowAsideThatIsTooLong() throws Exception {
    String row = "2020-01-23,Peru," + "x".repeat(70_000);
    FeedSet feed = read(JHU, "Date,Country/Region,Recovered\n" + row + "\n2020-01-24,US,7\n");
    assertThat(feed.quarantine())
        .containsExactly(
            new QuarantinedRow(
                "jhu", 2, row.substring(0, 1_000), "the row is longer than 65536 bytes"));
    assertThat(feed.counts()).isEqualTo(new RowCounts(2, 1, 0, 1));
  }

  @Test
  void losesOneRowToAQuoteThatIsNotClosed() throws Exception {
    StringBuilder csv = new StringBuilder("date,cases,deaths\n");
    for (int day = 1; day <= 30; day++) {
      csv.append("2020-03-%02d,%s%d,0\n".formatted(day, day == 9 ? "\"" : "", day));
    }
    FeedSet feed = read(NYT, csv.toString());
    assertThat(feed.quarantine())
        .containsExactly(
            new QuarantinedRow(
                "nyt",
                10,
                "2020-03-09,\"9,0",
                "the row is longer than 10 lines: a quote in it seems not to be closed"));
    assertThat(feed.counts()).isEqualTo(new RowCounts(30, 29, 0, 1));
    assertThat(feed.days()).hasSize(29);
  }

  @Test
  void doesNotCountRowsOfCommas() throws Exception {
    String csv =
        ",,\ndate,cases,deaths\n2020-01-21,1,0\n,,\n , \t,\"\"\n,,,,\n2020-01-22,1,0\n,,\n";
    FeedSet feed = read(NYT, csv);
    assertThat(feed.counts()).isEqualTo(new RowCounts(2, 2, 0, 0));
    assertThat(feed.missingColumns()).isEmpty();
  }

  @Test
  void namesTheColumnsThatAreMissing() throws Exception {
    String csv = "date,Cases,deaths\n2020-01-21,1,0\n";
    assertThat(read(NYT, csv))
        .isEqualTo(
            new FeedSet(
                origin(NYT, csv),
                List.of("cases"),
                new RowCounts(0, 0, 0, 0),
                new TreeMap<>(),
                Gaps.NONE,
                List.of()));
    assertThat(read(JHU, "Date,Country,Recovered\n2020-01-21,US,0\n").missingColumns())
        .containsExactly("Country/Region");
  }

  @Test
  void hasNoRowsWithAHeaderAlone() throws Exception {
    for (String csv :
        List.of("date,cases,deaths", "date,cases,deaths\n", "date,cases,deaths\n\n")) {
      assertThat(read(NYT, csv))
          .isEqualTo(
              new FeedSet(
                  origin(NYT, csv),
                  List.of(),
                  new RowCounts(0, 0, 0, 0),
                  new TreeMap<>(),
                  Gaps.NONE,
                  List.of()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "\uFEFF",
        "<!DOCTYPE html>\n<html><head><title>Sign in, please</title></head>\n</html>\n",
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
        "404: Not Found",
        "{\"date\": \"2020-01-21\", \"cases\": 1}",
      })
  void lacksEveryColumnOfWhatIsNoFeed(String text) throws Exception {
    assertThat(read(NYT, text))
        .isEqualTo(
            new FeedSet(
                origin(NYT, text),
                List.of("date", "cases", "deaths"),
                new RowCounts(0, 0, 0, 0),
                new TreeMap<>(),
                Gaps.NONE,
                List.of()));
  }

  @Test
  void lacksEveryColumnOfABinaryFile() throws Exception {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(gzip)) {
      for (int i = 0; i < 10_000; i++) {
        packed.write("2020-01-21,%d,%d%n".formatted(i * 7919, i * 104_729).getBytes(UTF_8));
      }
    }
    FeedSet feed = read(JHU, "US", Long.MAX_VALUE, gzip.toByteArray());
    assertThat(feed.missingColumns()).containsExactly("Date", "Country/Region", "Recovered");
    assertThat(feed.counts()).isEqualTo(new RowCounts(0, 0, 0, 0));
    assertThat(feed.origin().bytes()).isEqualTo(gzip.size());
  }

  @Test
  void takesABodyOfExactlyTheMostBytes() throws Exception {
    String csv = "date,cases,deaths\n2020-01-21,1,0\n";
    assertThat(read(NYT, "US", csv.length(), csv.getBytes(UTF_8)).counts())
        .isEqualTo(new RowCounts(1, 1, 0, 0));
  }

  @Test
  void breaksABodyOffThatIsTooLong() {
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      String csv = "date,cases,deaths\n" + "2020-01-21,1,0\n".repeat(200);
      assertThatThrownBy(() -> read(NYT, "US", 3_017, csv.getBytes(UTF_8)))
          .hasRootCauseInstanceOf(PullLimitException.class)
          .hasRootCauseMessage("it is longer than 3,017 bytes (feed.max-bytes)");
    } finally {
      Locale.setDefault(locale);
    }
  }

  @Test
  void readsOnToTheEndOfWhatIsNoFeed() {
    byte[] page = "<html>\n".repeat(100_000).getBytes(UTF_8);
    assertThatThrownBy(() -> read(JHU, "US", page.length - 1, page))
        .hasRootCauseInstanceOf(PullLimitException.class);
  }

  @Test
  void passesAFailureOfTheBodyOn() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("cut short");
          }
        };
    assertThatThrownBy(() -> read(NYT, "US", 100, broken)).hasRootCauseMessage("cut short");
  }

  @Test
  void showsNoSecretsOfItsAddress() {
    FeedSource source =
        new FeedSource(
            "nyt",
            URI.create("https://me:secret@feeds.test:8443/a%20b/us.csv?key=s#x"),
            NYT.layout());
    assertThat(source.shownUrl()).isEqualTo("https://feeds.test:8443/a%20b/us.csv");
  }

  private static FeedSource source(String name, String layout) {
    return new FeedSource(
        name, URI.create("http://feeds.test/" + name + ".csv"), FeedLayout.parse(layout));
  }

  private static FeedSet.Origin origin(FeedSource source, String csv) throws Exception {
    byte[] bytes = csv.getBytes(UTF_8);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    return new FeedSet.Origin(source.name(), source.shownUrl(), "\"v1\"", bytes.length, sha256);
  }

  @SafeVarargs
  private static SortedMap<LocalDate, Map<Metric, Long>> days(
      Map.Entry<String, Map<Metric, Long>>... entries) {
    SortedMap<LocalDate, Map<Metric, Long>> days = new TreeMap<>();
    for (Map.Entry<String, Map<Metric, Long>> entry : entries) {
      days.put(LocalDate.parse(entry.getKey()), entry.getValue());
    }
    return days;
  }

  private static FeedSet read(FeedSource source, String csv) throws Exception {
    return read(source, "US", Long.MAX_VALUE, csv.getBytes(UTF_8));
  }

  private static FeedSet read(FeedSource source, String country, long maxBytes, byte[] body)
      throws Exception {
    return read(source, country, maxBytes, new ByteArrayInputStream(body));
  }

  /** The steps of a pull, as the route takes them. */
  private static FeedSet read(FeedSource source, String country, long maxBytes, InputStream body)
      throws Exception {
    FeedReader reader = new FeedReader(source, country, maxBytes, Clock.systemUTC());
    Iterator<FeedRow> rows = reader.rows(records(reader.candidates(body)));
    while (rows.hasNext()) {
      reader.add(rows.next());
    }
    return reader.finish("\"v1\"");
  }

  @SuppressWarnings("unchecked")
  private static Iterator<List<String>> records(InputStream csv) throws Exception {
    Exchange exchange = new DefaultExchange(CAMEL);
    return (Iterator<List<String>>) FORMAT.unmarshal(exchange, csv);
  }
}
