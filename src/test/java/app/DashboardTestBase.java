package app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import local.Browser;
import local.FeedServer;
import local.LocalCloud;
import local.SiteServer;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.By;

/**
 * A browser, and the dashboard of one server or of one site of plain files for all tests of a
 * class: they only look.
 */
@ExtendWith(Browser.Needed.class)
// A step waits for at most a minute, and a busy machine draws slowly.
@Timeout(180)
abstract class DashboardTestBase {
  static Browser browser;
  static LocalCloud cloud;
  static TestApplication application;

  /** Where the page is. */
  static URI page;

  private static FeedServer feeds;
  private static SiteServer site;

  /** Puts into the cloud what the page is to show. */
  interface Content {
    void put() throws Exception;
  }

  @BeforeAll
  static void startBrowser() {
    browser = Browser.start();
    cloud = LocalCloud.inMemory();
    cloud.systemProperties().forEach(System::setProperty);
    feeds = FeedServer.synthetic(0, 1);
  }

  /**
   * Starts a server with a page.
   *
   * @param dataset that of many places, or empty
   */
  static void serve(Optional<String> dataset, String... settings) throws Exception {
    String port = TestApplication.freePort();
    page = URI.create("http://127.0.0.1:" + port + "/");
    start(dataset, Stream.concat(Stream.of("http.port", port), Stream.of(settings)));
  }

  /** Publishes the page and what it reads as plain files, after which no program is left. */
  static void publish(Optional<String> dataset, Content content, String... settings)
      throws Exception {
    start(
        dataset,
        Stream.concat(
            Stream.of("http.port", TestApplication.freePort(), "site.publish", "true"),
            Stream.of(settings)));
    content.put();
    application.context().createProducerTemplate().sendBody("direct:publish-site", null);
    application.close();
    application = null;
    if (site == null) {
      site = SiteServer.of(cloud, dataset.map(name -> name + "/").orElse("") + "site");
      page = site.uri();
    }
  }

  private static void start(Optional<String> dataset, Stream<String> settings) {
    Stream<String> common =
        Stream.of("feed.synthetic", "false", "management.port", TestApplication.freePort());
    application =
        TestApplication.serve(
            dataset, cloud, feeds, Stream.concat(common, settings).toArray(String[]::new));
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable each : new AutoCloseable[] {browser, site, application, feeds}) {
      if (each != null) {
        try {
          each.close();
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }
    site = null;
    application = null;
    if (cloud != null) {
      cloud.systemProperties().keySet().forEach(System::clearProperty);
      cloud.close();
    }
  }

  @BeforeEach
  void onDesk() {
    browser.onDesk();
    browser.scripts(true);
    browser.block();
  }

  /** Opens the page with a query, and waits for what it shows. */
  static void open(String query) {
    browser.open(URI.create(page + query));
    browser.element("[data-v-app] h1 + .dates-of-figures, section.instead");
  }

  /** Opens the page with a query where there is no script. */
  static void openWithoutScripts(String query) {
    browser.scripts(false);
    openFirst(query);
  }

  /** Opens the page with a query while its script does not come. */
  static void openBeforeScripts(String query) {
    browser.block("*/assets/app.js");
    openFirst(query);
  }

  /** Opens the page until its first picture is in memory. */
  private static void openFirst(String query) {
    browser.await(
        driver -> {
          browser.open(URI.create(page + query));
          return !browser.elements(".first h1").isEmpty();
        });
  }

  /** What a reader sees first, and where: each element with its text and its place. */
  static Object firstSight() {
    return browser.script(
        "return [...document.querySelectorAll('h1, #data-up-to, #chosen-places li, .head h3,"
            + " .head .value, .head .compared, .head .as-of, .panel-area')].map((e) => {"
            + "  const { left, top, width } = e.getBoundingClientRect();"
            // Two pixels are no movement.
            + "  const at = [left, top, e.matches('.panel-area') ? width : 0].map((x) =>"
            + "    Math.round(x / 4) * 4);"
            + "  return [e.matches('.panel-area') ? '' : e.innerText.replace(/\\n?×/, ''), ...at]"
            + ".join(' ') })");
  }

  static String url() {
    return browser.driver().getCurrentUrl();
  }

  String name(String what) {
    return getClass().getSimpleName() + "-" + what;
  }

  /** What a server answers, or the file that a site has instead. */
  static JsonNode read(String name) throws IOException {
    return new ObjectMapper().readTree(page.resolve(site == null ? name : name + ".json").toURL());
  }

  static int status(URI link) throws IOException {
    return ((HttpURLConnection) link.toURL().openConnection()).getResponseCode();
  }

  static List<URI> links(String css) {
    return browser.elements(css + " a[href]").stream()
        .map(link -> URI.create(link.getDomProperty("href")))
        .toList();
  }

  static void awaitText(String css, String text) {
    browser.await(driver -> text.equals(driver.findElement(By.cssSelector(css)).getText()));
  }

  /** Waits until the chart says that it shows this. */
  static void awaitChart(String what, String value) {
    browser.await(
        driver ->
            driver.findElements(By.id("chart")).stream()
                .anyMatch(chart -> value.equals(chart.getAttribute("data-" + what))));
    awaitCharts();
  }

  /** Has the charts drawn, in place of the first picture too. */
  static void awaitCharts() {
    browser.await(
        driver ->
            (Boolean)
                browser.script(
                    "document.getElementById('chart').dispatchEvent(new Event('pointerenter'));"
                        + " return [...document.querySelectorAll('#chart canvas')].every((canvas) =>"
                        + " window.Chart && Chart.getChart(canvas) !== undefined)"));
  }

  /** What is told instead of drawn. */
  static String label() {
    return browser.element("#chart").getAttribute("aria-label");
  }

  /**
   * Names what is drawn; the pixels themselves would fill the report of a failed test. Pictures
   * that differ show different things, but the same thing need not be drawn to the same pixels
   * twice: a browser may go over to drawing a canvas in another way.
   */
  static Object picture() {
    awaitCharts();
    return DigestUtils.sha1Hex(
        browser
            .script(
                "return [...document.querySelectorAll('#chart canvas')]"
                    + ".map((canvas) => canvas.toDataURL()).join()")
            .toString());
  }

  /** What Chart.js has of a panel. */
  static Object chart(String panel, String expression) {
    awaitCharts();
    return browser.script(
        "const chart = Chart.getChart(document.querySelector('[data-panel=\""
            + panel
            + "\"] canvas')); return "
            + expression);
  }

  static void setDate(String id, String date, String event) {
    browser.script(
        "const field = document.getElementById(arguments[0]); field.focus();"
            + "field.value = arguments[1]; field.dispatchEvent(new Event(arguments[2]))",
        id,
        date,
        event);
  }

  /** What the page makes of a press of the button, a character a byte. */
  static String downloaded(String kind) {
    return ((org.openqa.selenium.JavascriptExecutor) browser.driver())
        .executeAsyncScript(
            "const done = arguments[1]; const make = URL.createObjectURL;"
                + "URL.createObjectURL = (blob) => { URL.createObjectURL = make;"
                + " HTMLAnchorElement.prototype.click = () => {};"
                + " (arguments[0] === 'png' ? blob.arrayBuffer().then((bytes) =>"
                + " String.fromCharCode(...new Uint8Array(bytes).slice(0, 4))) : blob.text())"
                + ".then(done); return make(blob); };"
                + "document.getElementById(`download-${arguments[0]}`).click()",
            kind)
        .toString();
  }

  /** The rows of a table, with a line between the cells. */
  static List<String> rows(String table) {
    return browser.texts(table + " tbody tr", "th, td").stream()
        .map(cells -> String.join("|", cells))
        .map(row -> row.replace("History of\n", ""))
        .toList();
  }

  /** That a page of this width can be read without scrolling sideways. */
  static void assertFits(int width) {
    assertThat(browser.script("return document.documentElement.scrollWidth"))
        .isEqualTo((long) width);
  }
}
