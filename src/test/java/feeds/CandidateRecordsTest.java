package feeds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is let through is compared with what the same parser finds that reads everything: it must be
 * the header and the records with the word, each with its line and text.
 */
class CandidateRecordsTest {
  private static final CSVFormat FORMAT = CsvFormats.feed().getCsvFormat();
  private static final String WORD = "US";
  private static final String TOO_LONG = "the row is longer than 65536 bytes";

  private record Candidate(long line, String raw, String fault, List<String> fields) {
    static Candidate good(long line, String raw, String... fields) {
      return new Candidate(line, raw, "", List.of(fields));
    }

    static Candidate tooLong(long line, String raw) {
      return new Candidate(line, raw, TOO_LONG, List.of());
    }
  }

  @Test
  void letsTheHeaderAndTheRecordsWithTheWordThrough() throws IOException {
    assertThat(candidates("Date,Country\n1,US\n2,Peru\n3,US\n"))
        .containsExactly(
            Candidate.good(1, "Date,Country", "Date", "Country"),
            Candidate.good(2, "1,US", "1", "US"),
            Candidate.good(4, "3,US", "3", "US"));
  }

  @Test
  void letsTheWordThroughWhereverItStands() throws IOException {
    assertThat(candidates("a,b\nUS,x\nx,\"US, north\"\nBUSH,x\nU S,us\n"))
        .containsExactly(
            Candidate.good(1, "a,b", "a", "b"),
            Candidate.good(2, "US,x", "US", "x"),
            Candidate.good(3, "x,\"US, north\"", "x", "US, north"),
            Candidate.good(4, "BUSH,x", "BUSH", "x"));
  }

  @Test
  void letsEverythingThroughWithoutAWord() throws IOException {
    assertThat(candidates("a\n1\n\n2", ""))
        .containsExactly(
            Candidate.good(1, "a", "a"), Candidate.good(2, "1", "1"), Candidate.good(4, "2", "2"));
  }

  @Test
  void findsAWordWithAQuoteInIt() throws IOException {
    assertThat(candidates("a\n\"the \"\"Big\"\" one\"\nthe small one\n", "the \"Big\" one"))
        .containsExactly(
            Candidate.good(1, "a", "a"),
            Candidate.good(2, "\"the \"\"Big\"\" one\"", "the \"Big\" one"),
            Candidate.good(3, "the small one", "the small one"));
  }

  @Test
  void letsTheFirstRecordThroughAsHeaderAfterBlankLines() throws IOException {
    assertThat(candidates("\r\n \t \n\na,b\n1,2\n3,US"))
        .containsExactly(Candidate.good(4, "a,b", "a", "b"), Candidate.good(6, "3,US", "3", "US"));
  }

  @Test
  void hasNothingToLetThroughOfNothing() throws IOException {
    assertThat(candidates("")).isEmpty();
    assertThat(candidates("\uFEFF")).isEmpty();
    assertThat(candidates("\n\r\n \n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b\n1,US",
        "a,b\r\n1,US\r\n2,US\r\n",
        "a,b\r1,US\r2,US",
        "a,b\n\r1,US\n\r2,US",
        "\uFEFFa,b\r\n1,US\r\n",
        "\uFEFF\"a\",b\n1,US",
        "a,b\n\n\n1,US\n\n",
        "a,b\n\"1\n1\",US\n\"2\r\n2\r2\",US\n3,US",
        "a,b\n\"x, y\",US\n\"\",US\n\"\"\"\",US\n\"\"\"x\"\"\",US\n",
        "a,b\nx\"y,US\n\"x\"y,US\n\"x\"y\"z,US\n\"x\" ,US\n \"x\",US\n\"x\"\"\" \"\"y,US\n4,US",
        "a,b\n1,\"US\n2,US\n",
        "a,b\n1,\"US\"\"",
        "a,b\n1,US\"\n2,\"\"US\n3,US",
        "a,\"\n\",b\n1,US",
        "US\nUS\n\"US\"\n",
        ",\n,US\nUS,\n,,US,,\n",
        "\"\"\n\"\"\nUS\n",
        "a\u0000b\nUS\u0000\n\u0000US",
        "a\n\u00e9US\u00e9\n\ud83d\ude00US\n",
        "a\n1,US\n \nUS",
        "\r",
        "\"",
        "\"\"\"",
        "US,\"",
      })
  void agreesWithTheParserThatReadsEverything(String csv) throws IOException {
    assertAgrees(csv.getBytes(UTF_8));
  }

  @Test
  void agreesOnBytesThatAreNoText() throws IOException {
    assertAgrees(bytes("a,b\n", 0xff, ",US\n", 0xc3, ",US\n", 0xe2, 0x82, "\nUS", 0xf0, "\"\n"));
    assertAgrees(bytes(0xef, "a\nUS\n"));
    assertAgrees(bytes(0xef, 0xbb, "a\nUS\n"));
    assertAgrees(bytes(0xef));
    assertAgrees(bytes(0xef, 0xbb, 0xbf, "\n", 0xef, 0xbb, 0xbf, "a\nUS"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void agreesOnWhateverComes(long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 1_500; i++) {
      assertAgrees(nasty(random));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void doesNotDependOnHowMuchIsReadAtOnce(int atOnce) throws IOException {
    Random random = new Random(atOnce);
    for (int i = 0; i < 300; i++) {
      byte[] csv = nasty(random);
      assertThat(letThrough(new Dripping(csv, atOnce), WORD))
          .as(new String(csv, UTF_8))
          .isEqualTo(letThrough(new ByteArrayInputStream(csv), WORD));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void agreesOnAFeedThatIsLongerThanItsBuffer(long seed) throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    while (csv.size() < 3 * CandidateRecords.LONGEST) {
      csv.writeBytes(
          bytes(random.nextInt(20) == 0 ? WORD : "x", ",", "y".repeat(random.nextInt(90))));
      csv.writeBytes(bytes(",\"z\"\"\n,\"", random.nextBoolean() ? "\r\n" : "\n"));
    }
    assertAgrees(csv.toByteArray());
  }

  @Test
  void dropsOneByteOrderMarkHoweverItArrives() throws IOException {
    byte[] csv = "\uFEFF\uFEFFa\nUS\n".getBytes(UTF_8);
    for (int atOnce = 1; atOnce <= 7; atOnce++) {
      assertThat(parsed(letThrough(new Dripping(csv, atOnce), WORD)))
          .as("%d at once", atOnce)
          .containsExactly(Candidate.good(1, "\uFEFFa", "\uFEFFa"), Candidate.good(2, "US", "US"));
    }
  }

  @Test
  void canBeReadByteByByte() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    try (InputStream records =
        new CandidateRecords(new Dripping("a\n1,US\n".getBytes(UTF_8), 2), WORD)) {
      for (int b = records.read(); b >= 0; b = records.read()) {
        read.write(b);
      }
      assertThat(records.read()).isEqualTo(-1);
    }
    assertThat(read.toString(UTF_8)).isEqualTo("1,\"a\",,a\n2,\"1,US\",,1,US\n");
  }

  @Test
  void letsTheLongestRecordThroughWhole() throws IOException {
    String longest = "US," + "x".repeat(CandidateRecords.LONGEST - 3);
    assertThat(candidates("a,b\n" + longest + "\n2,US"))
        .containsExactly(
            Candidate.good(1, "a,b", "a", "b"),
            Candidate.good(2, longest.substring(0, 1_000), "US", longest.substring(3)),
            Candidate.good(3, "2,US", "2", "US"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 65_535, 65_536, 65_537, 500_000})
  void callsALongerRecordAFault(int tooMany) throws IOException {
    String tooLong = "US," + "x".repeat(CandidateRecords.LONGEST - 3 + tooMany);
    assertThat(candidates("a,b\n1,US\n" + tooLong + "\r\n2,US\n" + tooLong))
        .containsExactly(
            Candidate.good(1, "a,b", "a", "b"),
            Candidate.good(2, "1,US", "1", "US"),
            Candidate.tooLong(3, tooLong.substring(0, 1_000)),
            Candidate.good(4, "2,US", "2", "US"),
            Candidate.tooLong(5, tooLong.substring(0, 1_000)));
  }

  @Test
  void findsTheNextRecordAfterALongOneWithQuotesAndLinesInIt() throws IOException {
    String quoted = "\"" + "a \"\"b\"\", \r\n c\n".repeat(20_000) + "\"";
    assertThat(candidates("a,b\n" + quoted + ",US\n2,US"))
        .containsExactly(
            Candidate.good(1, "a,b", "a", "b"),
            Candidate.tooLong(2, quoted.substring(0, 1_000)),
            Candidate.good(40_003, "2,US", "2", "US"));
  }

  @Test
  void callsAHeaderThatIsTooLongAFault() throws IOException {
    String header = "US,".repeat(30_000);
    assertThat(candidates(header + "\n1,Peru\n2,US"))
        .containsExactly(
            Candidate.tooLong(1, header.substring(0, 1_000)), Candidate.good(3, "2,US", "2", "US"));
  }

  @Test
  void repeatsTheBeginOfALongRecordOnly() throws IOException {
    String text = "US" + "\u00e9".repeat(700);
    assertThat(candidates("a\n" + text).get(1))
        .isEqualTo(Candidate.good(2, text.substring(0, 501), text));
  }

  @Test
  void passesOverALineOf50Megabytes() throws IOException {
    byte[] megabyte = new byte[1_000_000];
    Arrays.fill(megabyte, (byte) 'x');
    List<InputStream> parts = new ArrayList<>();
    parts.add(new ByteArrayInputStream("a,b\nUS,".getBytes(UTF_8)));
    for (int i = 0; i < 50; i++) {
      parts.add(new ByteArrayInputStream(megabyte));
    }
    parts.add(new ByteArrayInputStream("\n2,US\n".getBytes(UTF_8)));
    byte[] out = letThrough(new SequenceInputStream(Collections.enumeration(parts)), WORD);
    assertThat(out).hasSizeLessThan(2_000);
    assertThat(parsed(out))
        .containsExactly(
            Candidate.good(1, "a,b", "a", "b"),
            Candidate.tooLong(2, "US," + "x".repeat(997)),
            Candidate.good(3, "2,US", "2", "US"));
  }

  @Test
  void passesAFailureOfTheSourceOn() {
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream("a\n1,US\n".getBytes(UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("cut short");
              }
            });
    assertThatIOException().isThrownBy(() -> letThrough(broken, WORD)).withMessage("cut short");
  }

  @Test
  void closesItsSource() throws IOException {
    Dripping source = new Dripping(new byte[0], 1);
    new CandidateRecords(source, WORD).close();
    assertThat(source.closed).isTrue();
  }

  private static void assertAgrees(byte[] csv) throws IOException {
    assertThat(parsed(letThrough(new ByteArrayInputStream(csv), WORD)))
        .as(() -> new String(csv, UTF_8))
        .isEqualTo(expected(csv));
  }

  /** The header and the records with the word, found by parsing everything. */
  private static List<Candidate> expected(byte[] csv) throws IOException {
    String text = new String(csv, UTF_8);
    text = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<Candidate> candidates = new ArrayList<>();
    boolean headerSeen = false;
    List<CSVRecord> records = parse(text);
    for (int i = 0; i < records.size(); i++) {
      int from = (int) records.get(i).getCharacterPosition();
      int to =
          i + 1 < records.size() ? (int) records.get(i + 1).getCharacterPosition() : text.length();
      List<String> fields = records.get(i).toList();
      String raw = raw(text.substring(from, to), fields);
      if (!raw.matches("[ \t]*") && (!headerSeen || raw.contains(WORD))) {
        int begin = text.indexOf(raw, from);
        candidates.add(new Candidate(line(text, begin), raw, "", fields));
      }
      headerSeen |= !raw.matches("[ \t]*");
    }
    return candidates;
  }

  /** Takes away the line end after a record, and those of blank lines before it. */
  private static String raw(String region, List<String> fields) throws IOException {
    String begun = region.replaceFirst("^[\r\n]+", "");
    String ended = begun.replaceFirst("[\r\n]+$", "");
    // Line ends in quotes that are never closed belong to the record.
    return parse(ended).stream().map(CSVRecord::toList).toList().equals(List.of(fields))
        ? ended
        : begun;
  }

  private static long line(String text, int begin) {
    return 1
        + text.substring(0, begin)
            .replace("\r\n", "\n")
            .chars()
            .filter(c -> c == '\r' || c == '\n')
            .count();
  }

  private static List<CSVRecord> parse(String text) throws IOException {
    try (CSVParser parser = CSVParser.parse(new StringReader(text), FORMAT)) {
      return parser.getRecords();
    }
  }

  private static List<Candidate> candidates(String csv) throws IOException {
    return candidates(csv, WORD);
  }

  private static List<Candidate> candidates(String csv, String word) throws IOException {
    return parsed(letThrough(new ByteArrayInputStream(csv.getBytes(UTF_8)), word));
  }

  private static byte[] letThrough(InputStream csv, String word) throws IOException {
    try (InputStream records = new CandidateRecords(csv, word)) {
      return records.readAllBytes();
    }
  }

  private static List<Candidate> parsed(byte[] letThrough) throws IOException {
    try (CSVParser parser =
        CSVParser.parse(
            new InputStreamReader(new ByteArrayInputStream(letThrough), UTF_8), FORMAT)) {
      return parser.stream()
          .map(CSVRecord::toList)
          .map(
              fields ->
                  new Candidate(
                      Long.parseLong(fields.get(0)),
                      fields.get(1),
                      fields.get(2),
                      List.copyOf(fields.subList(3, fields.size()))))
          .toList();
    }
  }

  /** Up to forty of the things that a parser may stumble over. */
  private static byte[] nasty(Random random) {
    Object[] parts =
        Stream.generate(() -> NASTY[random.nextInt(NASTY.length)])
            .limit(random.nextInt(40))
            .toArray();
    return bytes(parts);
  }

  private static final Object[] NASTY = {
    "\"",
    "\"",
    "\"",
    "\"\"",
    ",",
    ",",
    ",",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "US",
    "US",
    "U",
    "S",
    "a",
    "b c",
    " ",
    "\t",
    "\uFEFF",
    "\u0000",
    "\u00e9",
    0xff,
    0xc3,
    0xef,
    "\"US\"",
    "\"US,\n\"",
    "\\"
  };

  private static byte[] bytes(Object... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof Integer value) {
        bytes.write(value);
      } else {
        bytes.writeBytes(part.toString().getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  /** Gives only so many bytes at once. */
  private static final class Dripping extends InputStream {
    private final InputStream source;
    private final int atOnce;
    private boolean closed;

    Dripping(byte[] bytes, int atOnce) {
      this.source = new ByteArrayInputStream(bytes);
      this.atOnce = atOnce;
    }

    @Override
    public int read() throws IOException {
      return source.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return source.read(target, offset, Math.min(length, atOnce));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
