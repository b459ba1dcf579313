package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import app.SharedFactories;
import covid.Day;
import covid.DayKey;
import covid.FeedRow;
import covid.FeedSet;
import covid.JoinedDays;
import covid.Metric;
import covid.Place;
import covid.PlaceSelection;
import covid.QuarantinedRow;
import covid.RowCounts;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.apache.camel.dataformat.csv.CsvDataFormat;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** Whatever a feed holds: it can be read, and every row of it is accounted for. */
class ParsingPropertiesTest {
  private static final Place US = new Place("US");

  private static final String SEED = "20200122";

  private static final FeedSource NYT = source("nyt", "date=date, cases=cases, deaths=deaths");
  private static final FeedSource JHU =
      source("jhu", "date=Date, place=Country/Region, part=Province/State, recovered=Recovered");

  private static final String NYT_HEADER = "date,cases,deaths\n";
  private static final String JHU_HEADER = "Date,Country/Region,Province/State,Recovered\n";

  private static final DefaultCamelContext CAMEL = new DefaultCamelContext();
  private static final CsvDataFormat FORMAT = CsvFormats.feed();

  /** A feed with the rows that were taken in for it. */
  private record Reading(FeedSource source, FeedSet feed, List<FeedRow> rows) {
    FeedRow.Reading of(FeedRow row) {
      return row.read(source.layout());
    }

    <T extends FeedRow.Reading> List<T> each(Class<T> kind) {
      return rows.stream().map(this::of).filter(kind::isInstance).map(kind::cast).toList();
    }
  }

  @BeforeContainer
  static void start() {
    SharedFactories.in(CAMEL);
    CAMEL.start();
    FORMAT.start();
  }

  @AfterContainer
  static void stop() {
    CAMEL.stop();
  }

  @Property(tries = 1_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReportMode.OFF)
  void accountsForEveryRow(@ForAll("bodies") Tuple.Tuple2<FeedSource, byte[]> pulled)
      throws Exception {
    Reading reading = read(pulled.get1(), pulled.get2());

    FeedSet feed = reading.feed();
    RowCounts counts = feed.counts();
    List<FeedRow.Reading.Good> good = reading.each(FeedRow.Reading.Good.class);
    assertThat(counts.rows()).isEqualTo(reading.rows().size());
    assertThat(counts.good() + counts.empty() + counts.quarantined()).isEqualTo(counts.rows());
    assertThat(counts.empty()).isEqualTo(reading.each(FeedRow.Reading.Empty.class).size());
    // Fewer only where a sum is too large.
    assertThat(counts.good())
        .isLessThanOrEqualTo(
            good.stream().map(row -> List.of(row.date(), row.part())).distinct().count());
    assertThat(feed.quarantine()).hasSize((int) counts.quarantined());
    TreeSet<LocalDate> days =
        good.stream().map(FeedRow.Reading.Good::date).collect(toCollection(TreeSet::new));
    days.removeIf(day -> isShort(day, reading) || isWithoutAPart(day, reading));
    assertThat(feed.days()).extracting(Day::date).containsExactlyElementsOf(days);
    assertThat(feed.origin().bytes()).isEqualTo(pulled.get2().length);
    if (!feed.missingColumns().isEmpty()) {
      assertThat(counts.rows()).isZero();
    }
    note("good " + feed.name(), counts.good() > 1);
    note("empty", counts.empty() > 0);
    note("quarantined", counts.quarantined() > 0);
    note("not the feed", !feed.missingColumns().isEmpty());
  }

  @Property(tries = 2_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReportMode.OFF)
  void comesToTheSameStraightFromTheBytes(
      @ForAll("bodies") Tuple.Tuple2<FeedSource, byte[]> pulled,
      @ForAll("selections") PlaceSelection places,
      @ForAll @IntRange(min = 1, max = 200) int atOnce)
      throws Exception {
    FeedReader reader = reader(pulled.get1(), places);
    reader.read(pieces(pulled, atOnce));

    FeedSet straight = reader.finish("");
    assertThat(straight).isEqualTo(read(pulled.get1(), places, pieces(pulled, atOnce)).feed());
    note("good", straight.counts().good() > 3);
    note("several places", straight.days().byPlace().size() > 1);
    note("quarantined", straight.counts().quarantined() > 0);
    note("incomplete", !straight.gaps().incomplete().isEmpty());
  }

  private static InputStream pieces(Tuple.Tuple2<FeedSource, byte[]> pulled, int atOnce) {
    return new Dripping(pulled.get2(), atOnce);
  }

  @Provide
  Arbitrary<PlaceSelection> selections() {
    return Arbitraries.of(
        PlaceSelection.ALL,
        PlaceSelection.ALL,
        PlaceSelection.of(US),
        new PlaceSelection(Set.of(US, new Place("Angola"))));
  }

  private static TreeSet<DayKey> keys(FeedSet feed) {
    return feed.days().stream().map(Day::key).collect(toCollection(TreeSet::new));
  }

  private static Map<Metric, Long> figures(FeedSet feed, Day day) {
    return feed.days().find(day.key()).orElseThrow().figures();
  }

  /** Whether a place of a day has bad rows only, or one whose figure did not go into the sum. */
  private static boolean isShort(LocalDate day, Reading reading) {
    Set<String> good = new HashSet<>();
    Set<String> bad = new HashSet<>();
    for (FeedRow row : reading.rows()) {
      if (reading.of(row) instanceof FeedRow.Reading.Good figures && figures.date().equals(day)) {
        good.add(figures.part());
      } else if (reading.of(row) instanceof FeedRow.Reading.Bad unread
          && day.equals(unread.date())) {
        bad.add(row.part().strip());
      }
    }
    return !good.containsAll(bad)
        || reading.feed().quarantine().stream()
            .anyMatch(
                row ->
                    row.reason()
                        .equals("the sum over the places of %s is too large".formatted(day)));
  }

  /** Whether a part without a figure had one before, and is not without for 28 days. */
  private static boolean isWithoutAPart(LocalDate day, Reading reading) {
    Set<Long> aside =
        reading.feed().quarantine().stream().map(QuarantinedRow::line).collect(toSet());
    Map<String, TreeSet<LocalDate>> figures = new TreeMap<>();
    LocalDate newest = LocalDate.MIN;
    for (FeedRow row : reading.rows()) {
      LocalDate date = null;
      if (reading.of(row) instanceof FeedRow.Reading.Good good && !aside.contains(row.line())) {
        figures.computeIfAbsent(good.part(), part -> new TreeSet<>()).add(good.date());
        date = good.date();
      } else if (reading.of(row) instanceof FeedRow.Reading.Empty empty) {
        date = empty.date();
      }
      newest = date != null && date.isAfter(newest) ? date : newest;
    }
    LocalDate end = newest.plusDays(1);
    return figures.values().stream()
        .filter(own -> !own.contains(day) && own.lower(day) != null)
        .anyMatch(
            own -> {
              LocalDate next = own.higher(day) == null ? end : own.higher(day);
              return next.toEpochDay() - own.lower(day).toEpochDay() <= 28;
            });
  }

  @Property(tries = 1_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void namesTheLineAndRepeatsTheTextOfAQuarantinedRow(
      @ForAll("bodies") Tuple.Tuple2<FeedSource, byte[]> pulled) throws Exception {
    List<QuarantinedRow> rows = read(pulled.get1(), pulled.get2()).feed().quarantine();

    String text = new String(pulled.get2(), UTF_8);
    String[] lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\r|\n", -1);
    assertThat(rows).extracting(QuarantinedRow::line).isSorted().doesNotHaveDuplicates();
    for (QuarantinedRow row : rows) {
      assertThat(row.reason()).isNotBlank();
      assertThat(lines[(int) row.line() - 1]).startsWith(row.raw().split("\r\n|\r|\n", 2)[0]);
    }
  }

  @Property(tries = 1_000, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReportMode.OFF)
  void joinsTheDaysThatBothFeedsHave(
      @ForAll("nytBodies") byte[] nytBody, @ForAll("jhuBodies") byte[] jhuBody) throws Exception {
    FeedSet nyt = read(NYT, nytBody).feed();
    FeedSet jhu = read(JHU, jhuBody).feed();

    JoinedDays joined = JoinedDays.of(List.of(jhu, nyt));

    TreeSet<DayKey> both = keys(nyt);
    both.retainAll(keys(jhu));
    assertThat(joined.days()).extracting(Day::key).containsExactlyElementsOf(both);
    for (Day day : joined.days()) {
      assertThat(figures(nyt, day))
          .isEqualTo(
              Map.of(
                  Metric.CASES,
                  day.figures().get(Metric.CASES),
                  Metric.DEATHS,
                  day.figures().get(Metric.DEATHS)));
      assertThat(figures(jhu, day))
          .isEqualTo(Map.of(Metric.RECOVERED, day.figures().get(Metric.RECOVERED)));
    }
    for (FeedSet feed : List.of(nyt, jhu)) {
      assertThat(joined.onlyIn().get(feed.name()) + joined.days().size())
          .isEqualTo(feed.days().size());
    }
    note("joined", !joined.days().isEmpty());
    note("only in one", joined.onlyIn().values().stream().anyMatch(days -> days > 0));
  }

  @Property(tries = 500, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  @StatisticsReport(StatisticsReportMode.OFF)
  void losesOneRowToAQuoteThatIsNotClosed(
      @ForAll("places") List<String> places,
      @ForAll @IntRange(max = 39) int row,
      @ForAll @IntRange(max = 2) int field,
      @ForAll("lineEnds") String end)
      throws Exception {
    Assume.that(row < places.size());
    StringBuilder csv = new StringBuilder(JHU_HEADER.replace("\n", end));
    for (int i = 0; i < places.size(); i++) {
      List<String> fields =
          new ArrayList<>(List.of("2020-01-22", "US", i == row ? "Guam" : places.get(i), "1"));
      if (i == row) {
        fields.set(field, '"' + fields.get(field));
      }
      csv.append(String.join(",", fields)).append(end);
    }

    Reading reading = read(JHU, csv.toString().getBytes(UTF_8));

    long lines = 2;
    for (int i = 0; i < row; i++) {
      lines += 1 + places.get(i).chars().filter(c -> c == '\n').count();
    }
    assertThat(reading.feed().quarantine())
        .filteredOn(line -> !line.reason().endsWith("is there a second time"))
        .extracting(QuarantinedRow::line)
        .containsExactly(lines);
    assertThat(reading.rows()).hasSize(places.size());
    note("many rows behind it", places.size() - row > 15);
    note("few rows behind it", places.size() - row < 5);
  }

  @Provide
  Arbitrary<List<String>> places() {
    return Arbitraries.frequency(
            Tuple.of(9, ""),
            Tuple.of(9, "Guam"),
            Tuple.of(1, "\"Here, there\""),
            Tuple.of(1, "\"a\nb\""))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<String> lineEnds() {
    return Arbitraries.of("\n", "\r\n");
  }

  /** Has the property fail if its feeds are too seldom of a kind that matters. */
  private static void note(String kind, boolean is) {
    Statistics.label(kind)
        .collect(is)
        .coverage(coverage -> coverage.check(true).percentage(share -> share > 5));
  }

  @Provide
  Arbitrary<Tuple.Tuple2<FeedSource, byte[]>> bodies() {
    return Arbitraries.oneOf(
        nytBodies().map(body -> Tuple.of(NYT, body)), jhuBodies().map(body -> Tuple.of(JHU, body)));
  }

  @Provide
  Arbitrary<byte[]> nytBodies() {
    return bodies(NYT_HEADER, days(), figures(), figures(), Arbitraries.just(""));
  }

  @Provide
  Arbitrary<byte[]> jhuBodies() {
    return bodies(
        JHU_HEADER,
        days(),
        Arbitraries.of(",US", ",US", ",US", ",\"US\"", ",Angola", ", US", ",USA"),
        Arbitraries.of("", "", "Guam", "\"Here, there\"", "\"a\nb\"").map(place -> "," + place),
        figures());
  }

  /** The feed with some noise in it, noise with the header, noise alone. */
  private static Arbitrary<byte[]> bodies(
      String header,
      Arbitrary<String> first,
      Arbitrary<String> second,
      Arbitrary<String> third,
      Arbitrary<String> fourth) {
    Arbitrary<String> rows =
        Combinators.combine(first, second, third, fourth, ends())
            .as((a, b, c, d, end) -> a + b + c + d + end);
    Arbitrary<byte[]> feeds =
        Arbitraries.frequencyOf(Tuple.of(9, rows), Tuple.of(1, syntax()))
            .list()
            .ofMaxSize(25)
            .map(parts -> header + String.join("", parts))
            .map(text -> text.getBytes(UTF_8));
    Arbitrary<byte[]> noise =
        Arbitraries.oneOf(
            syntax().list().ofMaxSize(40).map(parts -> String.join("", parts).getBytes(UTF_8)),
            Arbitraries.strings().ofMaxLength(200).map(text -> text.getBytes(UTF_8)),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(300));
    return Arbitraries.frequencyOf(
        Tuple.of(6, feeds),
        Tuple.of(2, noise.map(bytes -> joined(header.getBytes(UTF_8), bytes))),
        Tuple.of(1, Combinators.combine(feeds, noise).as(ParsingPropertiesTest::joined)),
        Tuple.of(1, noise));
  }

  private static Arbitrary<String> days() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            9,
            Arbitraries.integers()
                .between(0, 60)
                .map(day -> LocalDate.of(2020, 1, 22).plusDays(day).toString())),
        Tuple.of(1, Arbitraries.of("2020-02-30", "1/22/2020", "2020/1/27", " ", "", "null")));
  }

  private static Arbitrary<String> figures() {
    return Arbitraries.frequencyOf(
            Tuple.of(8, Arbitraries.longs().between(0, 1_000_000).map(String::valueOf)),
            Tuple.of(1, Arbitraries.of("0.0", "1e3", "\"7\"", Long.MAX_VALUE + "", "", "NA")),
            Tuple.of(1, Arbitraries.of("-5", "1.5", "x", "\"1,000\"", "1e999", "9".repeat(50))))
        .map(figure -> "," + figure);
  }

  private static Arbitrary<String> ends() {
    return Arbitraries.frequency(
        Tuple.of(20, "\n"),
        Tuple.of(5, "\r\n"),
        Tuple.of(1, "\r"),
        Tuple.of(1, "\n\n"),
        Tuple.of(1, ",more\n"),
        Tuple.of(1, ""));
  }

  /** What a parser may stumble over. */
  private static Arbitrary<String> syntax() {
    return Arbitraries.of(
        Stream.of(
                "\"",
                "\"\"",
                "\"\"\"",
                ",",
                ",,,",
                "\n",
                "\r",
                "\r\n",
                "\\",
                "\\\"",
                "'",
                ";",
                "\t",
                " ",
                "\0",
                "\u0085",
                "\u2028",
                "\uFEFF",
                "\uFFFD",
                "\uFFFE",
                "\uFFFF",
                "\uD800",
                "\uDC00",
                "\uD83D\uDE00",
                "US",
                "\"US",
                "US\"",
                "U",
                "S",
                "Angola",
                "2020-01-22",
                "2020-01-23,US,,5",
                "2020-01-24,5,5",
                "1",
                "-1",
                "0.0",
                "#",
                "=1+1",
                "x".repeat(70_000))
            .toList());
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] both = new byte[one.length + other.length];
    System.arraycopy(one, 0, both, 0, one.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  private static FeedSource source(String name, String layout) {
    return new FeedSource(
            name, URI.create("http://feeds.test/" + name + ".csv"), Layouts.needingAll(layout))
        .ofPlace(US);
  }

  /** The steps of a pull, as the route takes them for one place. */
  private static Reading read(FeedSource source, byte[] body) throws Exception {
    return read(source, PlaceSelection.of(US), new ByteArrayInputStream(body));
  }

  private static FeedReader reader(FeedSource source, PlaceSelection places) {
    return new FeedReader(source, places, Long.MAX_VALUE, Clock.systemUTC());
  }

  private static Reading read(FeedSource source, PlaceSelection places, InputStream body)
      throws Exception {
    FeedReader reader = reader(source, places);
    List<FeedRow> taken = new ArrayList<>();
    @SuppressWarnings("unchecked")
    Iterator<List<String>> records =
        (Iterator<List<String>>)
            FORMAT.unmarshal(new DefaultExchange(CAMEL), reader.candidates(body));
    Iterator<FeedRow> rows = reader.rows(records);
    while (rows.hasNext()) {
      FeedRow row = rows.next();
      reader.add(row);
      taken.add(row);
    }
    return new Reading(source, reader.finish(""), taken);
  }
}
