package web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.samskivert.mustache.Escapers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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

  /** The path of the picture alone, for pages of other sites, on a site of plain files. */
  public static final String EMBEDDED = "embed.html";

  /** The sources of the page's figures: the API of a server, or plain files. */
  private static final String FROM_API = "name=\"data\" content=\"api";

  private static final String FROM_FILES = "name=\"data\" content=\"files";

  private static final String OF_PLACES = FROM_API + " places";

  /** What the page offers without JavaScript. */
  private static final String CHARTS =
      "<a href=\"chart.png\">the chart as a picture</a> (<a href=\"chart.svg\">SVG</a>) and\n      ";

  private static final String EMPTY = "<div id=\"app\"></div>";

  /** After the style: without it, the first picture cannot be shown. */
  private static final String SCRIPTS = "  <script src=\"assets/app.js\"";

  /** The modules of the page. */
  private static final List<String> MODULES =
      List.of(
          "about",
          "app",
          "choice",
          "controls",
          "downloads",
          "drawing",
          "figures",
          "files",
          "headline",
          "known",
          "marks",
          "parts",
          "past",
          "picture",
          "plot",
          "range",
          "reading",
          "remarks",
          "report",
          "revisions",
          "runs",
          "sharing",
          "sheet",
          "source",
          "svg",
          "theme",
          "ticks",
          "versions",
          "words",
          "zoom");

  /** Only for figures of many places. */
  private static final String FOR_PLACES = "assets/chooser.js";

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
   * @param url where readers find the page; a link to it then has a preview where it is shared
   */
  public static List<DashboardFile> all(boolean ofPlaces, Optional<URI> url) {
    Stream<DashboardFile> files =
        all()
            .map(file -> file.isPage() ? file.withModules() : file)
            .map(file -> file.isPage() && ofPlaces ? file.forPlaces() : file)
            .map(file -> file.isPage() ? url.map(file::withPreview).orElse(file) : file);
    return (ofPlaces ? Stream.concat(Stream.of(own(FOR_PLACES)), files) : files).toList();
  }

  /** The page itself, of all files. */
  public static DashboardFile page(List<DashboardFile> files) {
    return files.stream().filter(DashboardFile::isPage).findFirst().orElseThrow();
  }

  /** Whether it is the page itself. */
  public boolean isPage() {
    return path.equals(PAGE);
  }

  private static Stream<DashboardFile> all() {
    return Stream.of(
            Stream.of(
                library("assets/vue.js", "vue", "dist/vue.runtime.global.prod.js"),
                library("assets/chart.js", "chart.js", "dist/chart.umd.js")),
            MODULES.stream().map(name -> own("assets/" + name + ".js")),
            Stream.of("assets/first.js", "assets/style.css", "assets/favicon.svg", PAGE)
                .map(DashboardFile::own))
        .flatMap(files -> files);
  }

  /** The page for plain files, which it reads instead of the API. */
  public DashboardFile forFiles() {
    return replacing(FROM_API, FROM_FILES);
  }

  /** The same at another path. */
  public DashboardFile at(String other) {
    return new DashboardFile(other, type, body);
  }

  /** The page for figures of many places, which have no chart together. */
  private DashboardFile forPlaces() {
    return replacing(FROM_API, OF_PLACES)
        .replacing("in one country", "by place")
        .replacing(CHARTS, "");
  }

  /**
   * The page with its first picture.
   *
   * @param isEmbedded whether the picture is alone, for pages of other sites
   * @param runs the last ones, newest first
   */
  public DashboardFile with(FirstPicture picture, boolean isEmbedded, List<RunLine> runs) {
    String title = Escapers.HTML.escape(picture.heading());
    return replacing("<title>COVID-19</title>", "<title>" + title + "</title>")
        .replacing(
            EMPTY,
            "<div id=\"app\" class=\"first\">\n" + picture.html(isEmbedded, runs) + "</div>");
  }

  /** A browser loads all modules at once, in place of each when another one names it. */
  private DashboardFile withModules() {
    String links =
        MODULES.stream()
            .map(
                "  <link rel=\"modulepreload\" href=\"assets/%s.js\" fetchpriority=\"low\">\n"
                    ::formatted)
            .collect(joining());
    return replacing(SCRIPTS, links + SCRIPTS);
  }

  /** Says by the Open Graph protocol what a link to the page leads to; a set has one picture. */
  private DashboardFile withPreview(URI url) {
    URI address = folderOrFile(url);
    boolean hasChart = new String(body, UTF_8).contains(CHARTS);
    String preview =
        property("title", "COVID-19")
            + property("type", "website")
            + property("url", address.toString())
            + property("description", "New cases and deaths, day by day, beside the week before")
            + (hasChart ? property("image", address.resolve("chart.png").toString()) : "");
    return replacing("</title>\n", "</title>\n" + preview);
  }

  /** The address of a folder ends with a slash, or what is in it would be looked for beside it. */
  private static URI folderOrFile(URI url) {
    String text = url.toString();
    String name = url.getRawPath().substring(url.getRawPath().lastIndexOf('/') + 1);
    return text.endsWith("/") || name.contains(".") ? url : URI.create(text + "/");
  }

  private static String property(String name, String content) {
    return "  <meta property=\"og:%s\" content=\"%s\">\n"
        .formatted(name, content.replace("&", "&amp;").replace("\"", "&quot;"));
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
