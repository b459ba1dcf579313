package routes;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import serve.DiffAnswers;
import serve.FigureAnswers;
import serve.HistoryAnswers;
import serve.PageAnswers;
import serve.RunAnswers;
import serve.VersionAnswers;
import web.Answer;
import web.Request;

/**
 * HTTP. The paths are in {@code api.camel.yaml}, the contract is {@code openapi.yaml}; the answers
 * come from {@link serve}, which reads the bucket.
 *
 * <pre>
 *   show-totals, show-days, list-places,
 *   show-archive, show-chart-png, show-chart-svg                           the published set
 *   list-versions, show-version, show-diff, show-history                   its versions
 *   list-runs, show-run                                                    the reports of runs
 *   start-run ~> do-run                                                    a run
 *   show-page, show-file, show-contract                                    the dashboard, openapi.yaml
 * </pre>
 */
public final class ApiRoutes extends RouteBuilder {
  private final FigureAnswers figures;
  private final Versions versions;
  private final RunAnswers runs;
  private final RunRequests requests;
  private final PageAnswers page;
  private final Dashboard dashboard;

  /**
   * @param figures answers of the published set
   * @param versions answers about its versions
   * @param runs answers about runs
   * @param requests starts runs
   * @param page the page
   * @param dashboard what it is made of
   */
  public ApiRoutes(
      FigureAnswers figures,
      Versions versions,
      RunAnswers runs,
      RunRequests requests,
      PageAnswers page,
      Dashboard dashboard) {
    this.figures = figures;
    this.versions = versions;
    this.runs = runs;
    this.requests = requests;
    this.page = page;
    this.dashboard = dashboard;
  }

  /**
   * Answers about versions.
   *
   * @param versions each by itself
   * @param diffs two of them
   * @param histories all of them, for a day
   */
  public record Versions(VersionAnswers versions, DiffAnswers diffs, HistoryAnswers histories) {}

  /** Answers a request. */
  private interface Reader {
    Answer answer(Request request) throws Exception;
  }

  @Override
  public void configure() {
    page("show-totals", figures::totals);
    page("show-days", figures::days);
    page("list-places", figures::places);
    page("show-archive", figures::csv);
    page("show-chart-png", figures::png);
    page("show-chart-svg", figures::svg);
    page("list-versions", versions.versions()::list);
    get("show-version", versions.versions()::one);
    page("show-diff", versions.diffs()::diff);
    page("show-history", versions.histories()::history);
    get("list-runs", runs::list, "limit", "before");
    get("show-run", runs::one);
    get("show-contract", request -> dashboard.contract());
    page("show-page", page::page);
    page("show-file", dashboard::file);

    route("start-run")
        .process(Request::take)
        .id("take-request")
        .process(requests::authorize)
        .id("authorize")
        .process(requests::begin)
        .id("begin-on-request")
        .wireTap("direct:do-run")
        .process(requests::accept)
        .id("accept");
  }

  /** A route that answers, and refuses parameters other than these. */
  private void get(String id, Reader reader, String... parameters) {
    page(
        id,
        request -> {
          request.allow(parameters);
          return reader.answer(request);
        });
  }

  /** A route that answers; the reader refuses parameters, if any. */
  private void page(String id, Reader reader) {
    route(id)
        .process(
            exchange -> {
              Request request = Request.take(exchange);
              Answer.send(reader.answer(request), request, exchange);
            })
        .id("answer-" + id);
  }

  private ProcessorDefinition<?> route(String id) {
    return from("direct:" + id).routeId(id).routeConfigurationId("api");
  }
}
