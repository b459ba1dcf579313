package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import app.SharedFactories;
import covid.FeedRow;
import covid.FeedSet;
import covid.PlaceSelection;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The grammar of feeds as data, from the packed bytes to the days: the files in {@code feed-spec}
 * hold the cases, {@link FeedCase} and {@link FeedOutcome} say what their keys mean.
 */
class FeedSpecTest {
  private static final Path SPEC = Path.of("src", "test", "resources", "feed-spec");

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

  static Stream<FeedCase> cases() throws IOException {
    return FeedSpecs.in(SPEC).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsAFeedAsSpecified(FeedCase spec) throws Exception {
    assertOutcome(spec, Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void readsAFeedAsSpecifiedInSmallPieces(FeedCase spec) throws Exception {
    assertOutcome(spec, 3);
  }

  /** Whatever place is asked for, and in pieces of any size. */
  @ParameterizedTest
  @MethodSource("cases")
  void comesToTheSameStraightFromTheBytes(FeedCase spec) {
    for (PlaceSelection places : List.of(PlaceSelection.of(spec.place()), PlaceSelection.ALL)) {
      for (int atOnce : new int[] {Integer.MAX_VALUE, 100, 3}) {
        assertThat(outcome(spec, places, reader -> reader.read(body(spec, atOnce))))
            .as("%s, places %s, %d bytes at once", spec.name(), places, atOnce)
            .isEqualTo(outcome(spec, places, reader -> rows(spec, atOnce, reader)));
      }
    }
  }

  /** What comes of a feed, or the sentence about it. */
  private static Object outcome(
      FeedCase spec, PlaceSelection places, ThrowingConsumer<FeedReader> way) {
    AtomicReference<FeedSet> set = new AtomicReference<>();
    Throwable refusal =
        catchThrowable(
            () -> {
              FeedReader reader = reader(spec, places);
              way.accept(reader);
              set.set(reader.finish(FeedCase.ETAG));
            });
    return refusal == null ? set.get() : rootCause(refusal).getMessage();
  }

  private static Throwable rootCause(Throwable refusal) {
    return refusal.getCause() == null ? refusal : rootCause(refusal.getCause());
  }

  private static void assertOutcome(FeedCase spec, int atOnce) throws Exception {
    Optional<String> refused = spec.expected().refused();
    if (refused.isPresent()) {
      Throwable refusal = catchThrowable(() -> rows(spec, atOnce, reader(spec)));
      assertThat(rootCause(refusal)).as(spec.name()).hasMessage(refused.get());
      return;
    }
    if (spec.expected().records().isPresent()) {
      assertThat(records(spec, atOnce)).as(spec.name()).isEqualTo(spec.expected().records().get());
    }
    FeedReader reader = reader(spec);
    Map<Long, FeedRow.Reading> rows = rows(spec, atOnce, reader);
    if (spec.expected().rows().isPresent()) {
      assertThat(rows).as(spec.name()).isEqualTo(spec.expected().rows().get());
    }
    FeedSet set = withoutBegin(reader.finish(FeedCase.ETAG));
    if (spec.expected().set().isPresent()) {
      assertThat(set).as(spec.name()).isEqualTo(spec.expected().set().get());
    }
  }

  /** FeedFaultsTest has how bodies begin that are no feeds. */
  private static FeedSet withoutBegin(FeedSet set) {
    return new FeedSet(
        set.origin(),
        set.missingColumns(),
        new FeedSet.Head(set.head().isPage(), "", true),
        set.counts(),
        set.days(),
        set.names(),
        set.gaps(),
        set.quarantine());
  }

  private static FeedReader reader(FeedCase spec) {
    return reader(spec, PlaceSelection.of(spec.place()));
  }

  private static FeedReader reader(FeedCase spec, PlaceSelection places) {
    return new FeedReader(
        source(spec), places, spec.maxBytes(), Clock.fixed(spec.now(), ZoneOffset.UTC));
  }

  private static FeedSource source(FeedCase spec) {
    return new FeedSource(FeedCase.FEED, FeedCase.URL, Layouts.needingAll(spec.layout()))
        .ofPlace(spec.place());
  }

  private static InputStream candidates(FeedCase spec, int atOnce, FeedReader reader)
      throws IOException {
    return reader.candidates(body(spec, atOnce));
  }

  private static InputStream body(FeedCase spec, int atOnce) throws IOException {
    return Packing.unpack(new Dripping(spec.body(), atOnce), spec.encodings());
  }

  /** What the parser gets, with the three fields in front that say where it is from. */
  private static List<FeedOutcome.Candidate> records(FeedCase spec, int atOnce) throws IOException {
    InputStream candidates = candidates(spec, atOnce, reader(spec));
    try (CSVParser parser =
        CSVParser.parse(new InputStreamReader(candidates, UTF_8), FORMAT.getCsvFormat())) {
      return parser.stream()
          .map(CSVRecord::toList)
          .map(
              fields ->
                  new FeedOutcome.Candidate(
                      Long.parseLong(fields.get(0)),
                      fields.get(1),
                      fields.get(2),
                      fields.subList(3, fields.size())))
          .toList();
    }
  }

  /** The steps of a pull, as the route takes them. */
  @SuppressWarnings("unchecked")
  private static Map<Long, FeedRow.Reading> rows(FeedCase spec, int atOnce, FeedReader reader)
      throws Exception {
    Exchange exchange = new DefaultExchange(CAMEL);
    Iterator<FeedRow> rows =
        reader.rows(
            (Iterator<List<String>>) FORMAT.unmarshal(exchange, candidates(spec, atOnce, reader)));
    Map<Long, FeedRow.Reading> readings = new TreeMap<>();
    while (rows.hasNext()) {
      FeedRow row = rows.next();
      reader.add(row);
      readings.put(row.line(), row.read(source(spec).layout()));
    }
    return readings;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.yaml | {cases: [{name: n, good: 0, typo: 1}]} | n: case: unknown: typo",
        "a.yaml | {typo: 1, cases: [{name: n, good: 0}]} | n: case: unknown: typo",
        "a.yaml | {cases: [{name: n, rows: {2: {typo: 1}}}]} | n: row 2: unknown: typo",
        "a.yaml | {cases: [{name: n, csv: a}]} | n: nothing is expected",
        "a.yaml | {cases: [{name: n, good: 0}, {name: n, good: 0}]} | n: there are two cases of this name",
        "a.yaml | {good: 0} | a.yaml: has no cases",
        "a.yml | {cases: [{name: n, good: 0}]} | a.yml: not read, for it is not .yaml",
      })
  void aMistakeInASpecIsNotPassedOver(
      String file, String content, String mistake, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve(file), content, UTF_8);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FeedSpecs.in(folder))
        .withMessage(mistake);
  }
}
