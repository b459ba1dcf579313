package web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import covid.Place;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import versions.Changes;
import versions.Origin;
import versions.Version;

class VersionJsonTest {
  private static final String ID = "2026-11-22T21-00-00Z-7f3a9c01";
  private static final LocalDate DAY = LocalDate.parse("2021-01-09");

  private final Json json = new Json();

  private static Version version() {
    return new Version(
        ID,
        Origin.RUN,
        null,
        "2026-11-22T21-00-00Z-7f3a",
        Instant.parse("2026-11-22T21:00:00Z"),
        "0a",
        3,
        DAY,
        false,
        new Changes(3, 0, 0),
        List.of(new Version.Feed("who", "0b")),
        new TreeMap<>(Map.of("metrics", "cases")),
        List.of(
            new Version.PlaceSeries(new Place("Korea, South"), "0c", 3, DAY, new Changes(3, 0, 0))),
        null);
  }

  @Test
  void aManifestIsReadAsItWasWritten() throws Exception {
    assertThat(json.read(json.write(version()), Version.class)).contains(version());
  }

  @Test
  void aManifestHasItsFieldsAndNothingElse() {
    assertThat(new String(json.write(version()), UTF_8))
        .isEqualTo(
            "{\"id\":\"2026-11-22T21-00-00Z-7f3a9c01\",\"origin\":\"run\","
                + "\"run\":\"2026-11-22T21-00-00Z-7f3a\",\"at\":\"2026-11-22T21:00:00Z\","
                + "\"sha256\":\"0a\",\"rows\":3,\"newestDay\":\"2021-01-09\",\"synthetic\":false,"
                + "\"changes\":{\"added\":3,\"revised\":0,\"removed\":0},"
                + "\"feeds\":[{\"name\":\"who\",\"sha256\":\"0b\"}],"
                + "\"settings\":{\"metrics\":\"cases\"},"
                + "\"series\":[{\"place\":\"Korea, South\",\"sha256\":\"0c\",\"rows\":3,"
                + "\"newestDay\":\"2021-01-09\","
                + "\"changes\":{\"added\":3,\"revised\":0,\"removed\":0}}]}");
  }
}
