package fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import covid.FeedDate;
import covid.FeedLayout;
import covid.FeedRow;
import covid.FeedSet;
import covid.Metric;
import covid.Place;
import covid.PlaceSelection;
import feeds.CsvFormats;
import feeds.FeedHeaders;
import feeds.FeedReader;
import feeds.FeedSource;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The body of a feed, by both ways of reading it: record by record, and straight from the bytes.
 * They give the same, whatever it holds, and every row is counted.
 *
 * <p>The first character of an input says which feed it is, the second how many bytes come at once;
 * the rest is the body.
 */
public final class FeedTarget {
  private static final Place US = new Place("US");

  /** As long as a record may be, so that the limits of the scanner are within reach. */
  private static final long MOST_BYTES = 1 << 20;

  private static final CSVFormat FORMAT = CsvFormats.feed().getCsvFormat();

  /** The newest day of a feed is compared with it. */
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-30T00:00:00Z"), ZoneOffset.UTC);

  /** A feed and the places that are read of it. */
  private record Kind(FeedSource source, PlaceSelection places) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              source("date=date, cases=cases, deaths=deaths", FeedDate.ISO, UTF_8).ofPlace(US),
              PlaceSelection.of(US)),
          new Kind(
              source(
                  "date=Date, place=Country/Region, part=Province/State, recovered=Recovered",
                  FeedDate.ISO,
                  UTF_8),
              PlaceSelection.of(US)),
          new Kind(
              source(
                  "date=Date, place=Country/Region, part=Province/State, cases=Confirmed,"
                      + " deaths=Deaths, recovered=Recovered",
                  FeedDate.ISO,
                  UTF_8),
              PlaceSelection.ALL),
          new Kind(
              source(
                  "date=Date_reported, place=Country_code, name=Country, cases=Cumulative_cases,"
                      + " deaths=Cumulative_deaths",
                  FeedDate.ISO,
                  UTF_8),
              PlaceSelection.ALL),
          new Kind(
              source("date=d, place=p, cases=c, deaths=x", FeedDate.of("dd.MM.yyyy"), ISO_8859_1),
              new PlaceSelection(Set.of(US, new Place("K\u00f6ln")))),
          new Kind(
              source(
                  "date=d, place=p, part=d2, cases=c",
                  FeedDate.of("M/d/yy"),
                  Charset.forName("windows-1252")),
              PlaceSelection.ALL));

  private FeedTarget() {}

  private static FeedSource source(String columns, FeedDate dates, Charset encoding) {
    return new FeedSource(
        "any",
        URI.create("http://feeds.test/any.csv"),
        FeedLayout.parse(columns, Metric.PUBLISHED).dated(dates),
        Optional.empty(),
        encoding,
        "",
        FeedHeaders.NONE);
  }

  /** Fails if an input breaks what is promised. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 2) {
      return;
    }
    Kind kind = KINDS.get((input[0] & 0xff) % KINDS.size());
    int atOnce = 1 + (input[1] & 0xff);
    byte[] body = Arrays.copyOfRange(input, 2, input.length);
    FeedSet plain = recordByRecord(kind, pieces(body, atOnce));
    assertThat(straight(kind, pieces(body, atOnce))).isEqualTo(plain);
    assertThat(plain.counts().good() + plain.counts().empty() + plain.counts().quarantined())
        .isEqualTo(plain.counts().rows());
    assertThat(plain.quarantine()).hasSize((int) plain.counts().quarantined());
    assertThat(plain.origin().bytes()).isEqualTo(body.length);
  }

  private static FeedReader reader(Kind kind) {
    return new FeedReader(kind.source(), kind.places(), MOST_BYTES, CLOCK);
  }

  private static FeedSet straight(Kind kind, InputStream body) {
    FeedReader reader = reader(kind);
    try {
      reader.read(body);
    } catch (IOException e) {
      throw new AssertionError("A body in memory can be read.", e);
    }
    return reader.finish("");
  }

  private static FeedSet recordByRecord(Kind kind, InputStream body) {
    FeedReader reader = reader(kind);
    try (CSVParser parser =
        FORMAT.parse(new InputStreamReader(reader.candidates(body), kind.source().encoding()))) {
      Iterator<FeedRow> rows = reader.rows(parser.stream().map(CSVRecord::toList).iterator());
      rows.forEachRemaining(reader::add);
    } catch (IOException e) {
      throw new AssertionError("A body in memory can be read.", e);
    }
    return reader.finish("");
  }

  private static InputStream pieces(byte[] bytes, int atOnce) {
    return new FilterInputStream(new ByteArrayInputStream(bytes)) {
      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        return super.read(target, offset, Math.min(length, atOnce));
      }
    };
  }
}
