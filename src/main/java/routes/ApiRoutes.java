package routes;

import org.apache.camel.builder.RouteBuilder;
import web.Answer;
import web.Request;

/**
 * What is answered over HTTP. Which path leads where is in {@code api.camel.yaml}, what is promised
 * in {@code openapi.yaml}.
 *
 * <pre>
 *   show-totals                      current-set -> the latest figures; has the chart drawn
 *   show-days                        current-set -> the series
 *   show-chart-png, show-chart-svg   current-set -> the chart, drawn once for each set
 *   show-archive                     current-set -> the file as it is
 *   list-runs                        read-runs -> one line each
 *   show-run                         S3 runs/
 *   start-run                        ~> do-run
 *   show-page, show-file             the dashboard
 *   show-contract                    openapi.yaml as JSON
 * </pre>
 */
public final class ApiRoutes extends RouteBuilder {
  private final FigureSteps figures;
  private final ReportSteps reports;
  private final RunRequests requests;
  private final Dashboard dashboard;

  /**
   * @param figures answers of the set
   * @param reports answers of past runs
   * @param requests answers of present runs
   * @param dashboard the page
   */
  public ApiRoutes(
      FigureSteps figures, ReportSteps reports, RunRequests requests, Dashboard dashboard) {
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

  private void figures() {
    from("direct:show-totals")
        .routeId("show-totals")
        .routeConfigurationId("api")
        .process(Request::keep)
        .to("direct:current-set")
        .to("direct:prepare-chart")
        .setBody(method(figures, "totals"))
        .process(Answer::send);

    from("direct:show-days")
        .routeId("show-days")
        .routeConfigurationId("api")
        .process(Request::keep)
        .to("direct:current-set")
        .setBody(method(figures, "days"))
        .process(Answer::send);

    from("direct:show-chart-png")
        .routeId("show-chart-png")
        .routeConfigurationId("api")
        .process(Request::keep)
        .to("direct:current-set")
        .to("direct:prepare-chart")
        .setBody(method(figures, "png"))
        .process(Answer::send);

    from("direct:show-chart-svg")
        .routeId("show-chart-svg")
        .routeConfigurationId("api")
        .process(Request::keep)
        .to("direct:current-set")
        .setBody(method(figures, "svg"))
        .process(Answer::send);

    from("direct:show-archive")
        .routeId("show-archive")
        .routeConfigurationId("api")
        .process(Request::keep)
        .to("direct:current-set")
        .setBody(method(figures, "archive"))
        .process(Answer::send);
  }

  private void runs() {
    from("direct:list-runs")
        .routeId("list-runs")
        .routeConfigurationId("api")
        .process(Request::keep)
        .setProperty("page", method(reports, "requested"))
        .to("direct:read-runs")
        .setBody(method(reports, "runs"))
        .process(Answer::send);

    from("direct:show-run")
        .routeId("show-run")
        .routeConfigurationId("api")
        .process(Request::keep)
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

    from("direct:start-run")
        .routeId("start-run")
        .routeConfigurationId("api")
        .process(Request::keep)
        .bean(requests, "authorize")
        .setBody(constant("http"))
        .setVariable("run", method(requests, "begin"))
        .wireTap("direct:do-run")
        .process(requests::accept);
  }

  private void pages() {
    from("direct:show-page")
        .routeId("show-page")
        .routeConfigurationId("api")
        .process(Request::keep)
        .setBody(method(dashboard, "page"))
        .process(Answer::send);

    from("direct:show-file")
        .routeId("show-file")
        .routeConfigurationId("api")
        .process(Request::keep)
        .setBody(method(dashboard, "file"))
        .process(Answer::send);

    from("direct:show-contract")
        .routeId("show-contract")
        .routeConfigurationId("api")
        .process(Request::keep)
        .setBody(method(dashboard, "contract"))
        .process(Answer::send);
  }
}
