package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.Executors.newFixedThreadPool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import local.Fault;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The chart: drawn once for each set, however many ask, and wherever. */
class ChartApiTest extends ApiTestBase {
  private static final String GET = "GET covid-data/comparison.png";
  private static final String PUT = "PUT covid-data/comparison.png";

  private int sets;

  ChartApiTest(LocalCloud cloud) {
    super(cloud);
  }

  /** Puts a set into the bucket that was not there before. */
  private void putNewSet() {
    sets++;
    put("CovidData.csv", SET + "2020-01-25,%d,2,US,3\n".formatted(100 + sets));
  }

  private GetObjectResponse saved() {
    return cloud
        .s3Client()
        .getObjectAsBytes(get -> get.bucket(cloud.bucket()).key("comparison.png"))
        .response();
  }

  private byte[] savedBytes() {
    return cloud
        .s3Client()
        .getObjectAsBytes(get -> get.bucket(cloud.bucket()).key("comparison.png"))
        .asByteArray();
  }

  @Test
  void thePngIsAPictureOf1200By700() throws Exception {
    putNewSet();

    HttpResponse<byte[]> chart = api.bytes("/chart.png");

    assertThat(chart.statusCode()).isEqualTo(200);
    assertThat(Api.header(chart, "Content-Type")).isEqualTo("image/png");
    assertThat(chart.body()).startsWith(0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n');
    try (InputStream bytes = new ByteArrayInputStream(chart.body())) {
      assertThat(ImageIO.read(bytes))
          .satisfies(picture -> assertThat(picture.getWidth()).isEqualTo(1200))
          .satisfies(picture -> assertThat(picture.getHeight()).isEqualTo(700));
    }
  }

  @Test
  void theSvgIsADrawingOfTheSameSet() throws Exception {
    putNewSet();

    HttpResponse<String> chart = api.get("/chart.svg");

    assertThat(chart.statusCode()).isEqualTo(200);
    assertThat(Api.header(chart, "Content-Type")).isEqualTo("image/svg+xml");
    DocumentBuilderFactory xml = DocumentBuilderFactory.newDefaultNSInstance();
    Element root =
        xml.newDocumentBuilder()
            .parse(new ByteArrayInputStream(chart.body().getBytes(UTF_8)))
            .getDocumentElement();
    assertThat(root.getLocalName()).isEqualTo("svg");
    assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 1200 700");
    assertThat(chart.body()).contains("<title>COVID-19 · US. As of 25 January 2020</title>");
  }

  @Test
  void theChartIsSavedWithTheNameOfItsSet() throws Exception {
    putNewSet();
    String set = Api.header(api.get("/CovidData.csv"), "ETag").replaceAll("W/|\"", "");

    byte[] chart = api.bytes("/chart.png").body();

    assertThat(savedBytes()).isEqualTo(chart);
    assertThat(saved().contentType()).isEqualTo("image/png");
    assertThat(saved().metadata()).isEqualTo(Map.of("set", set));
  }

  @Test
  void fiftyReadersAtOnceHaveItDrawnOnce() throws Exception {
    putNewSet();
    try (Api fresh = another()) {
      List<byte[]> charts = fiftyReadersOf(fresh);

      assertThat(s3(GET)).isEqualTo(1);
      assertThat(s3(PUT)).isEqualTo(1);
      assertThat(charts).hasSize(25).allSatisfy(chart -> assertThat(chart).isEqualTo(savedBytes()));
    }
  }

  @Test
  void fiftyReadersHaveItDrawnOnceWhileTheSetIsReplaced() throws Exception {
    putNewSet();
    byte[] before = api.bytes("/chart.png").body();
    putNewSet();
    cloud.forgetRequests();

    List<byte[]> charts = fiftyReadersOf(api);
    byte[] after = api.bytes("/chart.png").body();

    assertThat(s3(PUT)).isEqualTo(1);
    assertThat(savedBytes()).isEqualTo(after);
    assertThat(charts)
        .allSatisfy(
            chart ->
                assertThat(Arrays.equals(chart, before) || Arrays.equals(chart, after)).isTrue());
  }

  /** What 25 of them get, while others read the totals. */
  private static List<byte[]> fiftyReadersOf(Api api) throws Exception {
    ExecutorService readers = newFixedThreadPool(50);
    List<Future<HttpResponse<String>>> totals = new ArrayList<>();
    List<Future<HttpResponse<byte[]>>> charts = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      totals.add(readers.submit(() -> api.get("/totals")));
      charts.add(readers.submit(() -> api.bytes("/chart.png")));
    }
    for (Future<HttpResponse<String>> answer : totals) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
    }
    List<byte[]> pictures = new ArrayList<>();
    for (Future<HttpResponse<byte[]>> answer : charts) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
      pictures.add(answer.get().body());
    }
    readers.shutdown();
    return pictures;
  }

  @Test
  void totalsHaveTheChartDrawnAndDoNotWaitForIt() throws Exception {
    putNewSet();
    CountDownLatch drawing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    cloud.intercept(
        call -> {
          if (call.operation().equals(GET)) {
            drawing.countDown();
            assertThatCode(goOn::await).doesNotThrowAnyException();
          }
          return Fault.none();
        });

    HttpResponse<String> totals = api.get("/totals");
    drawing.await();
    goOn.countDown();

    assertThat(totals.statusCode()).isEqualTo(200);
    assertThat(api.bytes("/chart.png").statusCode()).isEqualTo(200);
    assertThat(s3(GET)).isEqualTo(1);
    assertThat(s3(PUT)).isEqualTo(1);
  }

  @Test
  void anotherProcessTakesTheOneThatIsSaved() throws Exception {
    putNewSet();
    byte[] chart = api.bytes("/chart.png").body();
    try (Api other = another()) {
      cloud.forgetRequests();

      assertThat(other.bytes("/chart.png").body()).isEqualTo(chart);
      assertThat(other.get("/totals").statusCode()).isEqualTo(200);
      assertThat(s3(GET)).isEqualTo(1);
      assertThat(s3(PUT)).isZero();
    }
  }

  @Test
  void anotherProcessAnswersWithTheVeryBytesThatAreSaved() throws Exception {
    putNewSet();
    String set = Api.header(api.get("/CovidData.csv"), "ETag").replaceAll("W/|\"", "");
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key("comparison.png").metadata(Map.of("set", set)),
            RequestBody.fromString("drawn elsewhere"));

    assertThat(api.bytes("/chart.png").body()).isEqualTo("drawn elsewhere".getBytes(UTF_8));
    assertThat(s3(PUT)).isZero();
  }

  @Test
  void aNewSetHasItDrawnOnceMore() throws Exception {
    putNewSet();
    byte[] before = api.bytes("/chart.png").body();
    api.bytes("/chart.png");
    assertThat(s3(PUT)).isEqualTo(1);

    putNewSet();
    byte[] after = api.bytes("/chart.png").body();
    api.bytes("/chart.png");

    assertThat(s3(PUT)).isEqualTo(2);
    assertThat(after).isNotEqualTo(before).isEqualTo(savedBytes());
  }

  static Stream<Map<String, String>> foreign() {
    return Stream.of(Map.of(), Map.of("set", "another"), Map.of("origin", "unknown"));
  }

  @ParameterizedTest
  @MethodSource("foreign")
  void oneThatIsOfNoOrAnotherSetIsDrawnAnew(Map<String, String> metadata) throws Exception {
    putNewSet();
    cloud
        .s3Client()
        .putObject(
            put -> put.bucket(cloud.bucket()).key("comparison.png").metadata(metadata),
            RequestBody.fromString("not this set's"));

    byte[] chart = api.bytes("/chart.png").body();

    assertThat(chart).startsWith(0x89, 'P', 'N', 'G').isEqualTo(savedBytes());
  }

  @Test
  void oneThatIsFarTooLongIsDrawnAnew() throws Exception {
    putNewSet();
    put("comparison.png", " ".repeat(16_000_001));

    assertThat(api.bytes("/chart.png").body())
        .startsWith(0x89, 'P', 'N', 'G')
        .isEqualTo(savedBytes());
  }

  @Test
  void isAnsweredAllTheSameIfItCannotBeSaved() throws Exception {
    putNewSet();
    cloud.intercept(
        call -> call.operation().equals(PUT) ? Fault.answer(503, Map.of(), "") : Fault.none());

    HttpResponse<byte[]> chart = api.bytes("/chart.png");

    assertThat(chart.statusCode()).isEqualTo(200);
    assertThat(chart.body()).startsWith(0x89, 'P', 'N', 'G');
    assertThat(s3(PUT)).isEqualTo(1);
    assertThat(cloud.keys("comparison")).isEmpty();
    assertThat(api.bytes("/chart.png").body()).isEqualTo(chart.body());
    assertThat(s3(PUT)).isEqualTo(1);
  }

  @Test
  void isDrawnIfTheSavedOneCannotBeRead() throws Exception {
    putNewSet();
    cloud.intercept(call -> call.operation().equals(GET) ? Fault.dropBefore() : Fault.none());

    HttpResponse<byte[]> chart = api.bytes("/chart.png");

    assertThat(chart.statusCode()).isEqualTo(200);
    assertThat(chart.body()).startsWith(0x89, 'P', 'N', 'G').isEqualTo(savedBytes());
  }

  @Test
  void liesWhereTheSettingSays() throws Exception {
    putNewSet();
    try (Api other = another("chart.key", "pictures/latest.png")) {
      byte[] chart = other.bytes("/chart.png").body();

      assertThat(cloud.keys("pictures/")).containsExactly("pictures/latest.png");
      assertThat(cloud.keys("comparison")).isEmpty();
      assertThat(chart).startsWith(0x89, 'P', 'N', 'G');
    }
  }
}
