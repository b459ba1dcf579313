package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import local.LocalCloud;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A set of many places over HTTP; what the answers are is in {@code PlaceFiguresTest}. */
class PlacesApiTest extends ApiTestBase {
  /** Long enough for the server to pack it. */
  private static final String WORLD =
      "Place,Date,Cases,Deaths,Recovered\n"
          + IntStream.range(10, 100)
              .mapToObj("France,20%d-01-01,1,0,\n"::formatted)
              .collect(joining())
          + "\"Korea, South\",2021-01-01,10,1,1\n";

  private Api world;

  PlacesApiTest(LocalCloud cloud) {
    super(cloud);
  }

  @BeforeAll
  void serveTheWorld() throws IOException {
    world = Api.open(Optional.of("world"), cloud, feeds, "http.refresh", "1ms");
  }

  @AfterAll
  void stop() {
    if (world != null) {
      world.close();
    }
  }

  @BeforeEach
  void publish() {
    put(
        world
            .application()
            .context()
            .resolvePropertyPlaceholders("{{archive.prefix}}{{archive.key}}"),
        WORLD);
  }

  private static String unpacked(byte[] packed) throws IOException {
    return new String(new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes(), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "/, 'COVID-19 · France'",
    "'/?place=Korea,+South', 'COVID-19 · South Korea'",
    "'/?place=Nowhere,France,Korea,+South', 'COVID-19 · France'",
    "'/?place=Korea,+South&place=France', 'COVID-19 · South Korea and France'",
    "/?place=Nowhere, 'COVID-19 · France'",
  })
  void thePageBeginsWithTheChosenPlacesOrTheLargest(String address, String title) throws Exception {
    put(
        world
            .application()
            .context()
            .resolvePropertyPlaceholders("{{archive.prefix}}{{archive.key}}"),
        WORLD.replace("France,2099-01-01,1,", "France,2099-01-01,20,"));

    until(() -> world.get(address).body().contains("<title>" + title + "</title>"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate, gzip;q=0.5", "*", "GZIP"})
  void theSetIsSentAsItIsKeptToWhoUnderstandsIt(String encoding) throws Exception {
    HttpResponse<byte[]> answer = world.bytes("/CovidData.csv", "Accept-Encoding", encoding);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Api.header(answer, "Content-Encoding")).isEqualTo("gzip");
    assertThat(Api.header(answer, "Content-Type")).isEqualTo("text/csv; charset=utf-8");
    assertThat(unpacked(answer.body())).isEqualTo(WORLD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip;q=0", "br", "deflate, gzip;q=0.0"})
  void theSetIsUnpackedForOthers(String encoding) throws Exception {
    HttpResponse<byte[]> answer = world.bytes("/CovidData.csv", "Accept-Encoding", encoding);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Api.header(answer, "Content-Encoding")).isNotEqualTo("gzip");
    String etag = Api.header(answer, "ETag");
    assertThat(world.bytes("/CovidData.csv", "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(world.get("/CovidData.csv").body()).isEqualTo(WORLD);
    assertThat(world.send("HEAD", "/CovidData.csv").statusCode()).isEqualTo(200);
    assertThat(world.send("HEAD", "/CovidData.csv", "Accept-Encoding", "gzip").body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/totals?place=Korea,%20South                          | 200",
        "/totals?place=Korea%2C+South                          | 200",
        "/days?place=Korea,%20South,France                     | 200",
        "/days?place=Korea,%20South&place=France&format=csv    | 200",
        "/chart.png?place=France,Korea,%20South&metric=deaths  | 200",
        "/chart.svg?place=France&measure=average               | 200",
        "/CovidData.csv?place=France                           | 200",
        "/places?filter=korea                                  | 200",
        "/totals                                               | 400",
        "/chart.png                                            | 400",
        "/days                                                 | 400",
        "/chart.svg?place=France&per=1k                        | 400",
        "/totals?place=Korea                                   | 404",
        "/days?place=Korea                                     | 404",
        "/chart.png?place=DE                                   | 404",
        "/CovidData.csv?place=france                           | 404",
      })
  void placesAreNamedInTheQuery(String path, int status) throws Exception {
    HttpResponse<byte[]> answer = world.bytes(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    if (status != 200) {
      assertThat(Api.header(answer, "Content-Type")).isEqualTo(Api.PROBLEM);
    }
  }

  @Test
  void aSetOfOnePlaceDoesNotReplaceIt() throws Exception {
    String before = world.get("/places").body();
    put(
        world
            .application()
            .context()
            .resolvePropertyPlaceholders("{{archive.prefix}}{{archive.key}}"),
        SET);

    HttpResponse<String> answer = world.get("/places");

    assertThat(answer.body()).isEqualTo(before);
    assertThat(Api.header(answer, "Warning")).isEqualTo("110 - \"Response is Stale\"");
  }

  @Test
  void thePageKnowsThatThereAreManyPlacesAndOffersNoChartOfAll() throws Exception {
    assertThat(world.get("/").body())
        .contains("<meta name=\"data\" content=\"api places\">", "href=\"CovidData.csv\"")
        .doesNotContain("in one country", "chart.png");
    assertThat(world.get("/assets/chooser.js").statusCode()).isEqualTo(200);
    assertThat(api.get("/assets/chooser.js").statusCode()).isEqualTo(404);
  }
}
