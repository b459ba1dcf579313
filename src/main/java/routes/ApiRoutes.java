package routes;

import covid.ArchivedSet;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ProcessorDefinition;
import web.Answer;
import web.Request;

/**
 * What is answered over HTTP. Which path leads where is in {@code api.camel.yaml}, what is promised
 * in {@code openapi.yaml}.
 *
 * <pre>
 *   (the set                         a copy; refresh-set, if that is due)
 *   show-totals                      the set -> the latest figures; ~> draw-chart, once for each set
 *   show-days                        the set -> the series
 *   show-chart-png, show-chart-svg   the set -> the chart; ~> draw-chart
 *   show-archive                     the set -> the file as it is
 *   list-runs                        read-runs -> one line each
 *   show-run                         S3 runs/
 *   start-run                        ~> do-run
 *   show-page, show-file             the dashboard
 *   show-contract                    openapi.yaml as JSON
 * </pre>
 */
public final class ApiRoutes extends RouteBuilder {
  private final ArchiveRoutes archive;
  private final FigureSteps figures;
  private final ReportSteps reports;
  private final RunRequests requests;
  private final Dashboard dashboard;

  /**
   * @param archive the set
   * @param figures answers of the set
   * @param reports answers of past runs
   * @param requests answers of present runs
   * @param dashboard the page
   */
  public ApiRoutes(
      ArchiveRoutes archive,
      FigureSteps figures,
      ReportSteps reports,
      RunRequests requests,
      Dashboard dashboard) {
    this.archive = archive;
    this.figures = figures;
    this.reports = reports;
    this.requests = requests;
    this.dashboard = dashboard;
  }

  @Override
  public void configure() {
    figures();
    runs();
    pages();
  }

  /** The beginning of every answer. */
  private ProcessorDefinition<?> answer(String id) {
    return from("direct:" + id).routeId(id).routeConfigurationId("api").process(Request::keep);
  }

  /** An answer of the set. */
  private ProcessorDefinition<?> answerOfSet(String id) {
    return archive.currentSet(answer(id));
  }

  /** An answer of the set for which its chart has to be drawn. */
  private ProcessorDefinition<?> answerOfChart(String id) {
    return archive.currentSetWithChart(answer(id));
  }

  private void figures() {
    answerOfChart("show-totals")
        .setBody()
        .body(ArchivedSet.class, figures::totals)
        .process(Answer::send);

    answerOfSet("show-days").setBody(method(figures, "days")).process(Answer::send);

    answerOfChart("show-chart-png").setBody(method(figures, "png")).process(Answer::send);

    answerOfSet("show-chart-svg").setBody(method(figures, "svg")).process(Answer::send);

    answerOfSet("show-archive").setBody(method(figures, "archive")).process(Answer::send);
  }

  private void runs() {
    answer("list-runs")
        .setProperty("page", method(reports, "requested"))
        .to("direct:read-runs")
        .setBody(method(reports, "runs"))
        .process(Answer::send);

    answer("show-run")
        .setBody(method(requests, "running"))
        .filter(body().isNull())
        .to("direct:read-report")
        .setBody(method(reports, "report"))
        .end()
        .process(Answer::send);

    from("direct:read-report")
        .routeId("read-report")
        .routeConfigurationId("report")
        .to(Bucket.get(Bucket.REPORTS + "${exchangeProperty.request.name}.json"))
        .process(Bucket::checkSize);

    answer("start-run")
        .bean(requests, "authorize")
        .setBody(constant("http"))
        .setVariable("run", method(requests, "begin"))
        .wireTap("direct:do-run")
        .process(requests::accept);
  }

  private void pages() {
    answer("show-page").setBody(method(dashboard, "page")).process(Answer::send);

    answer("show-file").setBody(method(dashboard, "file")).process(Answer::send);

    answer("show-contract").setBody(method(dashboard, "contract")).process(Answer::send);
  }
}
