package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.SharedFactories;
import covid.FeedRow;
import covid.FeedSet;
import covid.Place;
import covid.PlaceSelection;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Clock;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import local.SampleFeeds;
import org.apache.camel.CamelContext;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A Johns Hopkins feed of 232,560 rows, in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FeedBenchmark {
  private static final FeedSource JHU =
      new FeedSource(
          "jhu",
          URI.create("http://127.0.0.1/"),
          Layouts.needingAll(
              "date=Date, place=Country/Region, part=Province/State, recovered=Recovered"));

  private byte[] feed;
  private CamelContext context;
  private CsvDataFormat csv;

  /** Writes the feed. */
  @Setup
  public void write() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SampleFeeds().writeJhu(out);
    feed = out.toByteArray();
    context = new DefaultCamelContext();
    SharedFactories.in(context);
    context.start();
    csv = CsvFormats.feed();
    csv.start();
  }

  /** Ends Camel. */
  @TearDown
  public void stop() {
    csv.stop();
    context.stop();
  }

  /** The filter of records alone. */
  @Benchmark
  public long filter() throws IOException {
    return new CandidateRecords(new ByteArrayInputStream(feed), "US", UTF_8)
        .transferTo(OutputStream.nullOutputStream());
  }

  /** The feed as the routes read it, without the splitter. */
  @Benchmark
  public FeedSet read() throws Exception {
    FeedReader reader =
        new FeedReader(JHU, PlaceSelection.of(new Place("US")), Long.MAX_VALUE, Clock.systemUTC());
    try (InputStream candidates = reader.candidates(new ByteArrayInputStream(feed))) {
      return days(reader, candidates);
    }
  }

  @SuppressWarnings("unchecked")
  private FeedSet days(FeedReader reader, InputStream records) throws Exception {
    Iterator<List<String>> parsed =
        (Iterator<List<String>>) csv.unmarshal(new DefaultExchange(context), records);
    for (Iterator<FeedRow> rows = reader.rows(parsed); rows.hasNext(); ) {
      reader.add(rows.next());
    }
    return reader.finish("");
  }
}
