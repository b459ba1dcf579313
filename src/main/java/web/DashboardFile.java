package web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.webjars.WebJarVersionLocator;

/**
 * A file of the dashboard. The files are fixed: no path leads to any other.
 *
 * @param path its path, relative to the page
 * @param type its media type
 * @param body its content
 */
public record DashboardFile(String path, String type, byte[] body) {
  /** The path of the page itself. */
  public static final String PAGE = "index.html";

  /** The sources of the page's figures: the API of a server, or plain files. */
  private static final String FROM_API = "name=\"data\" content=\"api";

  private static final String FROM_FILES = "name=\"data\" content=\"files";

  private static final String OF_PLACES = FROM_API + " places";

  /** What the page offers without JavaScript. */
  private static final String CHARTS =
      "<a href=\"chart.png\">the chart as a picture</a> (<a href=\"chart.svg\">SVG</a>) and\n      ";

  private static final List<String> OWN =
      List.of(
          "assets/style.css",
          "assets/favicon.svg",
          "assets/app.js",
          "assets/figures.js",
          "assets/files.js",
          "assets/parts.js",
          "assets/past.js",
          "assets/plot.js",
          "assets/reading.js",
          "assets/revisions.js",
          "assets/source.js",
          "assets/versions.js",
          "assets/words.js",
          PAGE);

  /** Only for figures of many places. */
  private static final List<String> FOR_PLACES = List.of("assets/choice.js", "assets/chooser.js");

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final WebJarVersionLocator LIBRARIES = new WebJarVersionLocator();

  /**
   * The files, the page last.
   *
   * @param ofPlaces whether there are figures of many places
   */
  public static List<DashboardFile> all(boolean ofPlaces) {
    return ofPlaces
        ? Stream.concat(
                FOR_PLACES.stream().map(DashboardFile::own),
                all().map(file -> file.path().equals(PAGE) ? file.forPlaces() : file))
            .toList()
        : all().toList();
  }

  private static Stream<DashboardFile> all() {
    return Stream.concat(
        Stream.of(
            library("assets/vue.js", "vue", "dist/vue.runtime.global.prod.js"),
            library("assets/chart.js", "chart.js", "dist/chart.umd.js")),
        OWN.stream().map(DashboardFile::own));
  }

  /** The page for plain files, which it reads instead of the API. */
  public DashboardFile forFiles() {
    return replacing(FROM_API, FROM_FILES);
  }

  /** The page for figures of many places, which have no chart together. */
  private DashboardFile forPlaces() {
    return replacing(FROM_API, OF_PLACES)
        .replacing("in one country", "by place")
        .replacing(CHARTS, "");
  }

  private DashboardFile replacing(String part, String other) {
    String page = new String(body, UTF_8);
    if (!page.contains(part)) {
      throw new IllegalStateException("The page lacks '%s'.".formatted(part));
    }
    return new DashboardFile(path, type, page.replace(part, other).getBytes(UTF_8));
  }

  private static DashboardFile own(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return new DashboardFile(path, type(name), read("dashboard/" + name));
  }

  private static DashboardFile library(String path, String name, String file) {
    String place = WebJarVersionLocator.WEBJARS_PATH_PREFIX + "/" + LIBRARIES.path(name, file);
    return new DashboardFile(path, type(file), read(place));
  }

  private static String type(String file) {
    return Objects.requireNonNull(TYPES.get(file.substring(file.lastIndexOf('.') + 1)), file);
  }

  private static byte[] read(String resource) {
    try (InputStream file = DashboardFile.class.getResourceAsStream("/" + resource)) {
      return Objects.requireNonNull(file, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
