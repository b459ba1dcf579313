package serve;

import java.util.List;
import java.util.concurrent.Callable;
import web.Answer;
import web.FirstPicture;
import web.ProblemException;
import web.Request;

/**
 * Answers about the figures of the published set, or of a version of it. Each throws {@link
 * ProblemException}: with status 400 if a parameter is unknown or has a value that is not allowed,
 * 404 if there is no such place or version, 503 if there is no set yet, or it cannot be read.
 */
public interface FigureAnswers {
  /** The latest figure of each metric. */
  Answer totals(Request request) throws Exception;

  /** Series, as JSON or CSV. */
  Answer days(Request request) throws Exception;

  /** The list of places. */
  Answer places(Request request) throws Exception;

  /** The published set. */
  Answer csv(Request request) throws Exception;

  /** The chart as PNG. */
  Answer png(Request request) throws Exception;

  /** The chart as SVG. */
  Answer svg(Request request) throws Exception;

  /**
   * What the page shows first.
   *
   * @param request of the page: its parameters place and asOf count, and what is not known of them
   *     is passed over, as the page does; no other parameter is refused
   * @param bulkhead bounds how many callers wait for the bucket
   */
  Published<FirstPicture> picture(Request request, Bulkhead bulkhead) throws Exception;

  /**
   * A file of the site.
   *
   * @param path from the page
   * @param content of the file, made when it is needed
   * @param isForGood whether it never changes once it is there
   */
  record SiteFile(String path, Callable<Answer> content, boolean isForGood) {
    /** A file that may change. */
    public SiteFile(String path, Callable<Answer> content) {
      this(path, content, false);
    }

    /** A file that never changes. */
    public static SiteFile forGood(String path, Callable<Answer> content) {
      return new SiteFile(path, content, true);
    }
  }

  /**
   * What the page reads of the current set if there is no server.
   *
   * @throws ProblemException with status 503 if there is no set yet, or it cannot be read
   */
  List<SiteFile> files() throws Exception;

  /**
   * What the page reads of versions of the set if there is no server; nothing if there are none.
   *
   * @throws ProblemException with status 503 if there is no set yet, or the versions cannot be
   *     listed
   */
  List<SiteFile> versionFiles() throws Exception;
}
