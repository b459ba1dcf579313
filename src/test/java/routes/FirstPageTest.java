package routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import local.LocalCloud;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page and its first picture, which is of what is in memory: so a test asks until that is what
 * it has put.
 */
class FirstPageTest extends ApiTestBase {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:src|href)=\"([^\"]+)\"|(?:from|import) *[\"'](\\./[^\"']+)[\"']");

  FirstPageTest(LocalCloud cloud) {
    super(cloud);
  }

  private static String resource(String name) throws Exception {
    try (InputStream file = FirstPageTest.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), UTF_8);
    }
  }

  /** The page, once it contains a text. */
  private HttpResponse<String> page(String address, String text) throws Exception {
    AtomicReference<HttpResponse<String>> last = new AtomicReference<>();
    until(
        () -> {
          last.set(api.get(address));
          assertThat(last.get().statusCode()).isEqualTo(200);
          return last.get().body().contains(text);
        });
    return last.get();
  }

  @Test
  void thePageIsAtTheRoot() throws Exception {
    HttpResponse<String> page = page("/", "<div id=\"app\"></div>");

    assertThat(Api.header(page, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.body().replaceAll(" *<link rel=\"modulepreload\".*\\n", ""))
        .isEqualTo(resource("/dashboard/index.html"));
    assertThat(page.body()).contains("<meta name=\"data\" content=\"api\">");
  }

  @Test
  void itHasTheFiguresOfTheSetAndIsNewWithIt() throws Exception {
    put("CovidData.csv", SET);
    awaitThePictureOfTheSet();
    HttpResponse<String> page = page("/", "<title>COVID-19 · US</title>");
    String etag = Api.header(page, "ETag");

    assertThat(page.body()).contains("Data up to", "<path class=\"bars", "last-days");
    assertThat(Api.header(page, "Cache-Control")).isEqualTo("no-cache");
    assertThat(api.get("/", "If-None-Match", etag).statusCode()).isEqualTo(304);
    put("CovidData.csv", SET.replace("2020-01-24,5", "2020-01-24,6"));
    page("/", ">6</span>");
    assertThat(api.get("/", "If-None-Match", etag).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?run=2026-11-22T21-00-00Z-7f3a", "/?page=data", "/?asOf=nonsense"})
  void whatShowsSomethingElseHasNoPicture(String address) throws Exception {
    put("CovidData.csv", SET);
    page("/", "<path class=\"bars");

    assertThat(api.get(address).body()).contains("<div id=\"app\"></div>");
  }

  @Test
  void thePictureIsAloneInPagesOfOthers() throws Exception {
    put("CovidData.csv", SET);

    assertThat(page("/?embed", "panel cases").body()).doesNotContain("last-days");
  }

  /** The name of a country is text of a feed. */
  @Test
  void theSetCannotWriteIntoThePage() throws Exception {
    put("CovidData.csv", SET.replace(",US", ",<script>alert(1)</script>"));

    assertThat(page("/", "<title>COVID-19 · &lt;script&gt;alert(1)&lt;/script&gt;</title>").body())
        .doesNotContain("<script>alert");
  }

  @Test
  void everyFileThatThePageNeedsIsThere() throws Exception {
    put("CovidData.csv", SET);
    Set<String> seen = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of("/"));
    while (!open.isEmpty()) {
      String path = open.pop();
      if (seen.add(path)) {
        HttpResponse<String> file = api.get(path);
        assertThat(file.statusCode()).as(path).isEqualTo(200);
        if (path.equals("/") || ownScript(path)) {
          REFERENCE.matcher(file.body()).results().forEach(found -> open.add(resolve(path, found)));
        }
      }
    }

    assertThat(seen)
        .contains("/assets/vue.js", "/assets/chart.js", "/assets/style.css", "/assets/app.js");
    assertThat(seen).filteredOn(FirstPageTest::ownScript).hasSizeGreaterThan(1);
  }

  private static boolean ownScript(String path) {
    return path.endsWith(".js") && !Set.of("/assets/vue.js", "/assets/chart.js").contains(path);
  }

  private static String resolve(String path, MatchResult found) {
    String reference = found.group(1) == null ? found.group(2) : found.group(1);
    return URI.create(path).resolve(reference).toString();
  }
}
