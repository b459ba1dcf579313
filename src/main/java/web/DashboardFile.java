package web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.webjars.WebJarVersionLocator;

/**
 * A file of the dashboard besides the {@linkplain DashboardPage page}. The files are fixed: no path
 * leads to any other.
 *
 * @param path its path, relative to the page
 * @param type its media type
 * @param body its content
 */
public record DashboardFile(String path, String type, byte[] body) {
  /** The modules of the page. */
  static final List<String> MODULES =
      List.of(
          "about",
          "app",
          "beginning",
          "charts",
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

  /** The library of charts, which the page reads when it draws one. */
  static final String CHARTS = "chart";

  private static final String FOLDER = "assets/";

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "svg", "image/svg+xml");

  private static final WebJarVersionLocator LIBRARIES = new WebJarVersionLocator();

  /**
   * The files.
   *
   * @param ofPlaces whether there are figures of many places
   */
  public static List<DashboardFile> all(boolean ofPlaces) {
    return Stream.of(
            Stream.of(
                library("vue.js", "vue", "dist/vue.runtime.global.prod.js"),
                library(CHARTS + ".js", "chart.js", "dist/chart.umd.js")),
            MODULES.stream().map(name -> own(name + ".js")),
            Stream.of("first.js", "style.css", "favicon.svg").map(DashboardFile::own),
            // Only for figures of many places.
            ofPlaces ? Stream.of(own("chooser.js")) : Stream.<DashboardFile>empty())
        .flatMap(files -> files)
        .toList();
  }

  private static DashboardFile own(String name) {
    return new DashboardFile(FOLDER + name, type(name), read("dashboard/" + name));
  }

  private static DashboardFile library(String name, String library, String file) {
    String place = WebJarVersionLocator.WEBJARS_PATH_PREFIX + "/" + LIBRARIES.path(library, file);
    return new DashboardFile(FOLDER + name, type(file), read(place));
  }

  /** The media type of a file with a name. */
  static String type(String name) {
    return Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)), name);
  }

  /** The content of a resource. */
  static byte[] read(String resource) {
    try (InputStream file = DashboardFile.class.getResourceAsStream("/" + resource)) {
      return Objects.requireNonNull(file, resource).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
