package serve;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Answer;
import web.DashboardFile;
import web.FirstPicture;
import web.ProblemException;
import web.Request;
import web.RunLine;

/**
 * The page with its first picture. It is as new as the set: clients ask each time whether theirs
 * still is.
 *
 * @param page without a picture
 * @param figures of the set
 * @param reports of runs, which know how far the sources reach
 * @param bulkhead bounds how many callers wait for the bucket
 */
public record PageAnswers(
    DashboardFile page, FigureAnswers figures, PublishedReports reports, Bulkhead bulkhead) {
  private static final Logger LOG = LoggerFactory.getLogger("show-page");

  /** The parameter of the page as a part of another one. */
  private static final String EMBED = "embed";

  /** As many as the page lists. */
  private static final PublishedReports.Page RUNS = new PublishedReports.Page(10, "");

  /** The parameters that make it show something else than figures. */
  private static final List<String> OTHERS = List.of("run", "page");

  /** The page; without a picture if there are no figures to show, or they cannot be read. */
  public Answer page(Request request) throws Exception {
    if (OTHERS.stream().anyMatch(name -> !request.values(name).isEmpty())) {
      return answer(page);
    }
    try {
      Published<FirstPicture> picture = figures.picture(request);
      boolean isEmbedded = request.query().containsKey(EMBED);
      return answer(page.with(picture.content(), isEmbedded, runs())).aged(picture.age());
    } catch (ProblemException e) {
      LOG.debug("The page has no first picture", e);
      return answer(page);
    }
  }

  /**
   * The pages of a site of plain files: the page, and the picture alone at a path of its own, since
   * there headers go by path.
   *
   * @param runs the last ones, newest first
   * @throws ProblemException with status 503 if there is no set yet, or it cannot be read
   */
  public List<DashboardFile> ofSite(List<RunLine> runs) throws Exception {
    FirstPicture picture = figures.picture(Request.of("/", Map.of())).content();
    DashboardFile file = page.forFiles();
    return List.of(
        file.with(picture, true, runs).at(DashboardFile.EMBEDDED), file.with(picture, false, runs));
  }

  private static Answer answer(DashboardFile file) {
    return Answer.of(file.type(), file.body());
  }

  private List<RunLine> runs() throws Exception {
    try {
      return reports.lines(RUNS, bulkhead).content();
    } catch (ProblemException e) {
      LOG.debug("The page says nothing of the feeds", e);
      return List.of();
    }
  }
}
