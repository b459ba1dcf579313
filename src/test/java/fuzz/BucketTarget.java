package fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import chunks.ChunkMessage;
import chunks.ChunkResult;
import chunks.OpenRun;
import chunks.Plan;
import covid.DeadLetter;
import covid.KeySchema;
import covid.LastPull;
import covid.RunMarker;
import covid.RunReport;
import feeds.ArchiveRecords;
import feeds.CsvFormats;
import feeds.PlaceNames;
import feeds.SetBytes;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import versions.Pointer;
import versions.Timeline;
import versions.Version;
import versions.VersionIndex;
import web.Json;
import web.RunLine;

/**
 * What the bucket and the queue hold: it can be read, or is refused by the exception that the
 * reader is documented to throw; and what was read, written and read again is the same.
 *
 * <p>The first line of an input says what it is, and of which key of the table; the rest is it.
 */
public final class BucketTarget {
  /** Reads a text, and checks what comes of it. */
  private interface Reader {
    void read(byte[] text, KeySchema key) throws Exception;
  }

  private static final Map<String, Reader> READERS =
      Map.ofEntries(
          Map.entry("manifest", json(Version.class, version -> version.entry().toString())),
          Map.entry("index", json(VersionIndex.class, BucketTarget::list)),
          Map.entry("report", json(RunReport.class, RunLine::of)),
          Map.entry("open-run", json(OpenRun.class, OpenRun::withMessage)),
          Map.entry("run-marker", json(RunMarker.class, RunMarker::toString)),
          Map.entry("plan", json(Plan.class, plan -> plan.isOfPull(plan))),
          Map.entry("result", json(ChunkResult.class, ChunkResult::toString)),
          Map.entry("chunk-message", json(ChunkMessage.class, ChunkMessage::toString)),
          Map.entry(
              "dead-letter",
              json((json, text) -> json.readStrictly(text, DeadLetter.class), DeadLetter::day)),
          Map.entry(
              "dead-letters",
              json(
                  (json, text) -> json.readStrictly(text, DeadLetter[].class).map(Arrays::asList),
                  List::size)),
          Map.entry("set", (text, key) -> set(text)),
          Map.entry("metadata", (text, key) -> metadata(text)),
          Map.entry("last-pull", (text, key) -> lastPull(text)),
          Map.entry("quarantine", (text, key) -> quarantine(text)),
          Map.entry("names", (text, key) -> names(text)));

  private static final Json OF_DATES = new Json(KeySchema.DATE);
  private static final Json OF_PLACES = new Json(KeySchema.PLACE_DATE);

  private BucketTarget() {}

  /** Fails if an input breaks what is promised. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    String[] words = new String(input, 0, end, UTF_8).split(" ", -1);
    Reader reader = READERS.get(words[0]);
    if (reader != null && end < input.length) {
      boolean ofPlaces = words.length > 1 && words[1].equals("place-date");
      reader.read(
          Arrays.copyOfRange(input, end + 1, input.length),
          ofPlaces ? KeySchema.PLACE_DATE : KeySchema.DATE);
    }
  }

  /** Reads JSON. */
  private interface Parse<T> {
    Optional<T> of(Json json, byte[] text) throws IOException;
  }

  private static <T> Reader json(Class<T> type, Consumer<T> use) {
    return json((json, text) -> json.read(text, type), use);
  }

  private static <T> Reader json(Parse<T> parse, Consumer<T> use) {
    return (text, key) -> {
      Json json = key == KeySchema.DATE ? OF_DATES : OF_PLACES;
      Optional<T> read;
      try {
        read = parse.of(json, text);
      } catch (IOException e) {
        // It is something else.
        return;
      }
      if (read.isPresent()) {
        use.accept(read.get());
        assertThat(parse.of(json, json.write(read.get()))).isEqualTo(read);
      }
    };
  }

  private static void list(VersionIndex index) {
    Timeline timeline = new Timeline(index, List.of());
    assertThat(timeline.asOf(Instant.MAX)).isEqualTo(timeline.last());
    assertThat(index.without(Instant.EPOCH).versions())
        .hasSizeLessThanOrEqualTo(index.versions().size());
  }

  private static void set(byte[] text) throws Exception {
    ArchiveRecords.Content set;
    try {
      set = ArchiveRecords.read(new StringReader(new String(text, UTF_8)), Map.of());
    } catch (ArchiveRecords.NotASetException e) {
      assertThat(e.finding()).isNotBlank();
      return;
    }
    if (!set.format().isOfOnePlace()) {
      String again = new String(SetBytes.of(set.format(), set.days()).open().readAllBytes(), UTF_8);
      assertThat(ArchiveRecords.days(again)).isEqualTo(set.days());
    }
  }

  private static void metadata(byte[] text) {
    Map<String, String> metadata = new HashMap<>();
    for (String line : new String(text, UTF_8).split("\n", -1)) {
      String[] pair = line.split("=", 2);
      metadata.put(pair[0], pair.length < 2 ? "" : pair[1]);
    }
    Pointer.of(metadata)
        .ifPresent(
            pointer -> {
              assertThat(pointer.at()).isNotNull();
              assertThat(Pointer.of(pointer.metadata())).contains(pointer);
              assertThat(new Timeline(VersionIndex.EMPTY, pointer.recent()).size())
                  .isLessThanOrEqualTo(pointer.recent().size());
            });
  }

  private static void lastPull(byte[] text) {
    LastPull.parse(new String(text, UTF_8))
        .ifPresent(pull -> assertThat(LastPull.parse(pull.word())).contains(pull));
  }

  private static void quarantine(byte[] text) {
    try {
      assertThat(CsvFormats.quarantined(new String(text, UTF_8))).doesNotContainNull();
    } catch (IOException e) {
      // It is something else.
    }
  }

  private static void names(byte[] text) {
    try {
      assertThat(PlaceNames.read(new StringReader(new String(text, UTF_8))))
          .doesNotContainKey(null);
    } catch (IOException e) {
      // It is something else.
    }
  }
}
