package web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.samskivert.mustache.Escapers;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The page of the dashboard.
 *
 * @param html its text
 */
public record DashboardPage(String html) {
  /** Its path on a site of plain files. */
  public static final String PATH = "index.html";

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

  /**
   * The page without a picture, which reads from a server.
   *
   * @param ofPlaces whether there are figures of many places
   * @param url where readers find the page; a link to it then has a preview where it is shared
   */
  public static DashboardPage of(boolean ofPlaces, Optional<URI> url) {
    DashboardPage page =
        new DashboardPage(new String(DashboardFile.read("dashboard/" + PATH), UTF_8)).withModules();
    DashboardPage own = ofPlaces ? page.forPlaces() : page;
    return url.map(own::withPreview).orElse(own);
  }

  /** The page for plain files, which it reads instead of the API. */
  public DashboardPage forFiles() {
    return replacing(FROM_API, FROM_FILES);
  }

  /**
   * The page with its first picture.
   *
   * @param isEmbedded whether the picture is alone, for pages of other sites
   * @param runs the last ones, newest first
   */
  public DashboardPage with(FirstPicture picture, boolean isEmbedded, List<RunLine> runs) {
    String title = Escapers.HTML.escape(picture.heading());
    return replacing("<title>COVID-19</title>", "<title>" + title + "</title>")
        .replacing(
            EMPTY,
            "<div id=\"app\" class=\"first\">\n" + picture.html(isEmbedded, runs) + "</div>");
  }

  /** The page as a file. */
  public DashboardFile file(String path) {
    return new DashboardFile(path, DashboardFile.type(PATH), html.getBytes(UTF_8));
  }

  /** The page as an answer. */
  public Answer answer() {
    return Answer.of(DashboardFile.type(PATH), html);
  }

  /** The page for figures of many places, which have no chart together. */
  private DashboardPage forPlaces() {
    return replacing(FROM_API, OF_PLACES)
        .replacing("in one country", "by place")
        .replacing(CHARTS, "");
  }

  /** A browser loads all modules at once, in place of each when another one names it. */
  private DashboardPage withModules() {
    String links =
        Stream.concat(Stream.of(DashboardFile.CHARTS), DashboardFile.MODULES.stream())
            .map(
                "  <link rel=\"modulepreload\" href=\"assets/%s.js\" fetchpriority=\"low\">\n"
                    ::formatted)
            .collect(joining());
    return replacing(SCRIPTS, links + SCRIPTS);
  }

  /** Says by the Open Graph protocol what a link to the page leads to; a set has one picture. */
  private DashboardPage withPreview(URI url) {
    URI address = folderOrFile(url);
    String preview =
        property("title", "COVID-19")
            + property("type", "website")
            + property("url", address.toString())
            + property("description", "New cases and deaths, day by day, beside the week before")
            + (html.contains(CHARTS)
                ? property("image", address.resolve("chart.png").toString())
                : "");
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

  private DashboardPage replacing(String part, String other) {
    if (!html.contains(part)) {
      throw new IllegalStateException("The page lacks '%s'.".formatted(part));
    }
    return new DashboardPage(html.replace(part, other));
  }
}
