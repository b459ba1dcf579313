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
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
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
 * the header and the records with the word, each with its line and text. {@link FeedSpecTest} has
 * the cases whose outcome is written down.
 */
class CandidateRecordsTest {
  private static final CSVFormat FORMAT = CsvFormats.feed().getCsvFormat();
  private static final String WORD = "US";
  private static final CSVFormat STRICT = strict(false);
  private static final CSVFormat STRICT_BUT_FOR_TEXT_BEHIND_QUOTES = strict(true);
  private static final String NOT_CLOSED = ": a quote in it seems not to be closed";
  private static final String TOO_LONG = "the row is longer than 65536 bytes";
  private static final String TOO_MANY_LINES = "the row is longer than 10 lines" + NOT_CLOSED;
  private static final String OPEN_AT_END = "the feed ends inside the row" + NOT_CLOSED;
  private static final String CLOSED_INSIDE_TEXT =
      "the row goes on in the middle of another line" + NOT_CLOSED;

  private record Candidate(long line, String raw, String fault, List<String> fields) {
    static Candidate good(long line, String raw, String... fields) {
      return new Candidate(line, raw, "", List.of(fields));
    }

    static Candidate tooLong(long line, String raw) {
      return fault(line, raw, TOO_LONG);
    }

    static Candidate fault(long line, String raw, String fault) {
      return new Candidate(line, raw, fault, List.of());
    }
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
    while (csv.size() < 3 * RecordScanner.LONGEST) {
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
        new CandidateRecords(new Dripping("a\n1,US\n".getBytes(UTF_8), 2), WORD, UTF_8)) {
      for (int b = records.read(); b >= 0; b = records.read()) {
        read.write(b);
      }
      assertThat(records.read()).isEqualTo(-1);
    }
    assertThat(read.toString(UTF_8)).isEqualTo("1,\"a\",,a\n2,\"1,US\",,1,US\n");
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
    new CandidateRecords(source, WORD, UTF_8).close();
    assertThat(source.isClosed()).isTrue();
  }

  private static void assertAgrees(byte[] csv) throws IOException {
    assertThat(parsed(letThrough(new ByteArrayInputStream(csv), WORD)))
        .as(() -> new String(csv, UTF_8))
        .isEqualTo(expected(csv));
  }

  /** The header and the records with the word, found by parsing everything from each record on. */
  private static List<Candidate> expected(byte[] csv) {
    String text = new String(csv, UTF_8).replaceFirst("^\uFEFF", "");
    List<Candidate> candidates = new ArrayList<>();
    int at = begin(text, 0);
    while (at < text.length()) {
      String rest = text.substring(at);
      String raw = raw(rest);
      String fault = fault(raw);
      if (!fault.isEmpty()) {
        raw = rest.split("\r\n|\r|\n", 2)[0];
        candidates.add(Candidate.fault(line(text, at), raw, fault));
      } else {
        List<String> fields = parse(raw, FORMAT).get(0).toList();
        boolean blank = fields.stream().allMatch(field -> field.matches("[ \t\r\n]*"));
        if (!blank && (candidates.isEmpty() || raw.contains(WORD))) {
          candidates.add(new Candidate(line(text, at), raw, "", fields));
        }
      }
      at = begin(text, at + raw.length());
    }
    return candidates;
  }

  /** Where the next line begins that is not empty. */
  private static int begin(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == '\r' || text.charAt(at) == '\n')) {
      at++;
    }
    return at;
  }

  /** The text of the first record, without the line ends after it unless they are in quotes. */
  private static String raw(String rest) {
    String region = rest;
    try (CSVParser parser = CSVParser.parse(new StringReader(rest), FORMAT)) {
      Iterator<CSVRecord> records = parser.iterator();
      records.next();
      if (records.hasNext()) {
        region = rest.substring(0, (int) records.next().getCharacterPosition());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fails(region, STRICT_BUT_FOR_TEXT_BEHIND_QUOTES)
        ? region
        : region.replaceFirst("[\r\n]+$", "");
  }

  private static String fault(String raw) {
    if (line(raw, raw.length()) > RecordScanner.MOST_LINES) {
      return TOO_MANY_LINES;
    }
    if (fails(raw, STRICT_BUT_FOR_TEXT_BEHIND_QUOTES)) {
      return OPEN_AT_END;
    }
    return line(raw, raw.length()) > 1 && fails(raw, STRICT) ? CLOSED_INSIDE_TEXT : "";
  }

  private static boolean fails(String text, CSVFormat format) {
    try {
      parse(text, format);
      return false;
    } catch (UncheckedIOException e) {
      return true;
    }
  }

  private static CSVFormat strict(boolean trailingData) {
    return FORMAT.builder().setLenientEof(false).setTrailingData(trailingData).get();
  }

  private static long line(String text, int begin) {
    return 1
        + text.substring(0, begin)
            .replace("\r\n", "\n")
            .chars()
            .filter(c -> c == '\r' || c == '\n')
            .count();
  }

  private static List<CSVRecord> parse(String text, CSVFormat format) {
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      return parser.getRecords();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] letThrough(InputStream csv, String word) throws IOException {
    try (InputStream records = new CandidateRecords(csv, word, UTF_8)) {
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
}
