package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static local.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.SharedFactories;
import covid.FeedRow;
import covid.FeedSet;
import covid.Place;
import covid.PlaceSelection;
import covid.RowCounts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What cannot be said as a case of {@link FeedSpecTest}. */
class FeedReaderTest {
  private static final Place US = new Place("US");

  private static final FeedSource NYT = source("nyt", "date=date, cases=cases, deaths=deaths");
  private static final FeedSource JHU =
      source("jhu", "date=Date, place=Country/Region, part=Province/State, recovered=Recovered");

  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
  private static final CsvDataFormat FORMAT = CsvFormats.feed();

  @BeforeAll
  static void start() {
    SharedFactories.in(CAMEL);
    CAMEL.start();
    FORMAT.start();
  }

  @AfterAll
  static void stop() {
    CAMEL.stop();
  }

  @Test
  void lacksEveryColumnOfABinaryFile() throws Exception {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      rows.append("2020-01-21,%d,%d%n".formatted(i * 7919, i * 104_729));
    }
    byte[] binary = gzip(rows.toString());
    FeedSet feed = read(JHU, Long.MAX_VALUE, new ByteArrayInputStream(binary));
    assertThat(feed.missingColumns()).containsExactly("Date", "Country/Region", "Recovered");
    assertThat(feed.counts()).isEqualTo(new RowCounts(0, 0, 0, 0));
    assertThat(feed.origin().bytes()).isEqualTo(binary.length);
  }

  @Test
  void breaksABodyOffThatIsTooLong() {
    Locale locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      String csv = "date,cases,deaths\n" + "2020-01-21,1,0\n".repeat(200);
      InputStream body = new ByteArrayInputStream(csv.getBytes(UTF_8));
      assertThatThrownBy(() -> read(NYT, 3_017, body))
          .hasRootCauseInstanceOf(PullLimitException.class)
          .hasRootCauseMessage("it is longer than 3,017 bytes (feed.max-bytes)");
    } finally {
      Locale.setDefault(locale);
    }
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
    assertThatThrownBy(() -> read(NYT, 100, broken)).hasRootCauseMessage("cut short");
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
            name, URI.create("http://feeds.test/" + name + ".csv"), Layouts.needingAll(layout))
        .ofPlace(US);
  }

  /** The steps of a pull, as the route takes them. */
  private static FeedSet read(FeedSource source, long maxBytes, InputStream body) throws Exception {
    FeedReader reader = new FeedReader(source, PlaceSelection.of(US), maxBytes, Clock.systemUTC());
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
