package serve;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import web.Answer;
import web.DashboardPage;
import web.FirstPicture;
import web.ProblemException;
import web.Request;
import web.RunLine;

/**
 * The page with its first picture, from the caches: no request for the page waits for the bucket.
 * Each starts a refresh in the background, for the next one.
 */
public final class PageAnswers {
  private static final Logger LOG = LoggerFactory.getLogger("show-page");

  /** The parameter of the page as a part of another one. */
  private static final String EMBED = "embed";

  /** As many as the page lists. */
  private static final PublishedReports.Page RUNS = new PublishedReports.Page(10, "");

  /** The parameters that make it show something else than figures. */
  private static final List<String> OTHERS = List.of("run", "page");

  private static final Request PLAIN = Request.of("/", Map.of());

  private final DashboardPage page;
  private final Answer empty;
  private final FigureAnswers figures;
  private final PublishedReports reports;
  private final Executor reading;
  private final Bulkhead bulkhead;
  private final AtomicBoolean isReading = new AtomicBoolean();
  private volatile @Nullable Written last;

  /**
   * @param page without a picture
   * @param figures of the set
   * @param reports of runs, which know how far the sources reach
   * @param reading reads what is due
   * @param bulkhead bounds how many wait for the bucket
   */
  public PageAnswers(
      DashboardPage page,
      FigureAnswers figures,
      PublishedReports reports,
      Executor reading,
      Bulkhead bulkhead) {
    this.page = page;
    this.empty = page.answer();
    this.figures = figures;
    this.reports = reports;
    this.reading = reading;
    this.bulkhead = bulkhead;
  }

  /** A page and what it was made of. */
  private record Written(FirstPicture picture, List<RunLine> runs, Answer answer) {}

  /** The page; without a picture if there are no figures to show, or they are not in memory. */
  public Answer page(Request request) throws Exception {
    if (OTHERS.stream().anyMatch(name -> !request.values(name).isEmpty())) {
      return empty;
    }
    try {
      Published<FirstPicture> picture = figures.picture(request, Bulkhead.NOBODY_WAITS);
      read(PLAIN);
      boolean isEmbedded = request.query().containsKey(EMBED);
      Answer answer =
          isEmbedded
              ? page.with(picture.content(), true, runs()).answer()
              : written(picture.content(), runs());
      return answer.aged(picture.age());
    } catch (ProblemException e) {
      LOG.debug("The page has no first picture", e);
      read(request);
      return empty;
    }
  }

  /** Most readers get the page that the one before has got. */
  @SuppressWarnings("ReferenceEquality")
  private Answer written(FirstPicture picture, List<RunLine> runs) {
    Written known = last;
    // Pictures are compared by identity: comparing all of their figures would take longer.
    if (known == null || known.picture() != picture || !known.runs().equals(runs)) {
      known = new Written(picture, runs, page.with(picture, false, runs).answer());
      last = known;
    }
    return known.answer();
  }

  private List<RunLine> runs() throws Exception {
    try {
      return reports.lines(RUNS, Bulkhead.NOBODY_WAITS).content();
    } catch (ProblemException e) {
      LOG.debug("The page says nothing of the feeds", e);
      return List.of();
    }
  }

  /** Has what a request needs read, as far as it is due, unless something is read already. */
  private void read(Request request) {
    if (!isReading.compareAndSet(false, true)) {
      return;
    }
    try {
      reading.execute(
          () -> {
            try {
              figures.picture(request, bulkhead);
              reports.lines(RUNS, bulkhead);
            } catch (Exception e) {
              // No request waits for it; the caches have logged why, and the API answers with the
              // error.
              LOG.debug("The page cannot be made anew", e);
            } finally {
              isReading.set(false);
            }
          });
    } catch (RejectedExecutionException e) {
      // The server is about to stop.
      isReading.set(false);
    }
  }
}
