package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import local.LocalCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import versions.Timeline;
import versions.VersionEntry;
import versions.VersionIndex;

/** Imports, and what they leave. */
abstract class ImportTestBase extends VersionsTestBase {
  static final String INDEX = "versions/index.json";

  static final String JANUARY_23 = "2020-01-23T21:00:00Z";
  static final String JANUARY_24 = "2020-01-24T21:00:00Z";
  static final String JANUARY_25 = "2020-01-25T21:00:00Z";

  static final String NYT_23 = "date,cases,deaths\n2020-01-22,1,0\n2020-01-23,2,0\n";
  static final String SET_23 =
      "Date,Cases,Deaths,Country,Recovered\n2020-01-22,1,0,US,0\n2020-01-23,2,0,US,1\n";
  static final String SET_25 = SET + "2020-01-25,7,2,US,3\n";

  @TempDir Path folder;

  ImportTestBase(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeEach
  void writeFeeds() throws IOException {
    files(TestApplication.NYT, TestApplication.JHU);
  }

  void files(String nyt, String jhu) throws IOException {
    Files.writeString(folder.resolve("nyt.csv"), nyt);
    Files.writeString(folder.resolve("jhu.csv"), jhu);
  }

  String imported(String at) throws Exception {
    return ended(0, at);
  }

  String ended(int exitCode, String at) throws Exception {
    Map.Entry<Integer, String> end = application().importVersion(at, folder);
    assertThat(end.getKey()).as(end.getValue()).isEqualTo(exitCode);
    return end.getValue();
  }

  Map<String, String> metadata() {
    return head(KEY).metadata();
  }

  List<VersionEntry> index() throws IOException {
    return cloud.object(INDEX).isEmpty()
        ? List.of()
        : json.read(cloud.object(INDEX).orElseThrow().getBytes(UTF_8), VersionIndex.class)
            .orElseThrow()
            .versions();
  }

  /** All that the bucket says of versions. */
  SortedMap<String, String> state() throws IOException {
    SortedMap<String, String> state = new TreeMap<>();
    for (String key : new ArrayList<>(cloud.keys(""))) {
      // Packed at another time, the same series has another header.
      state.put(key, key.endsWith(".gz") ? "" : cloud.object(key).orElseThrow());
    }
    state.put("metadata", new TreeMap<>(metadata()).toString());
    return state;
  }

  String asOf(String moment) throws IOException {
    Timeline timeline = new Timeline(new VersionIndex(index(), null, null), pointer().recent());
    return content(manifest(timeline.asOf(Instant.parse(moment)).orElseThrow().id()));
  }
}
