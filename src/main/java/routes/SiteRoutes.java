package routes;

import covid.Run;
import covid.RunFailedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import serve.Bulkhead;
import serve.Figures;
import serve.PublishedReports;
import web.Answer;
import web.DashboardFile;
import web.Json;
import web.RunLine;
import web.RunPage;

/**
 * Publishes the dashboard as plain files, which need no server.
 *
 * <pre>
 *   publish-site         the answers of serve -> put-site-file, each
 *     -> put-site-file   S3 site/
 * </pre>
 */
public final class SiteRoutes extends RouteBuilder {
  /** The number of runs on the page. */
  private static final PublishedReports.Page RUNS = new PublishedReports.Page(10, "");

  private final Figures figures;
  private final PublishedReports reports;
  private final Json json;

  /**
   * @param figures answers of the published set
   * @param reports of the runs that ended
   * @param json how the runs are written
   */
  public SiteRoutes(Figures figures, PublishedReports reports, Json json) {
    this.figures = figures;
    this.reports = reports;
    this.json = json;
  }

  /**
   * A file of the site.
   *
   * @param path from the page
   * @param content of the file
   */
  public record SiteFile(String path, Answer content) {}

  @Override
  public void configure() {
    from("direct:publish-site")
        .routeId("publish-site")
        .errorHandler(noErrorHandler())
        .process(exchange -> exchange.getMessage().setBody(files(Runs.find(exchange))))
        .id("files")
        .split(body())
        .stopOnException()
        .to("direct:put-site-file")
        .end()
        .log("Published ${body.size} files under " + Bucket.SITE);

    from("direct:put-site-file")
        .routeId("put-site-file")
        .routeConfigurationId("stages")
        .removeHeaders("*")
        .setHeader(AWS2S3Constants.KEY, simple(Bucket.SITE + "${body.path}"))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, simple("${body.content.type}"))
        .setHeader(AWS2S3Constants.CACHE_CONTROL, constant("no-cache"))
        .setBody(simple("${body.content.body}"))
        .to(Bucket.put("-"));
  }

  /**
   * The files, with the page last, after those that it reads.
   *
   * @param run the run that publishes, if any
   * @throws RunFailedException if the set is a stale copy, no newer than the site
   * @throws web.ProblemException if the set or the reports cannot be read
   */
  private List<SiteFile> files(Optional<Run> run) throws Exception {
    Figures.Snapshot now = figures.now();
    if (now.isStale()) {
      throw new RunFailedException("The published set could not be read again.");
    }
    List<SiteFile> data =
        List.of(
            new SiteFile("totals.json", now.totals()),
            new SiteFile("days.json", now.allDays()),
            new SiteFile("runs.json", Answer.of(Answer.JSON, json.write(runs(run)))),
            new SiteFile("chart.png", now.png()),
            new SiteFile("chart.svg", now.svg()),
            new SiteFile("CovidData.csv", now.csv()));
    Stream<SiteFile> page =
        DashboardFile.all().stream()
            .map(file -> file.path().equals(DashboardFile.PAGE) ? file.forFiles() : file)
            .map(file -> new SiteFile(file.path(), Answer.of(file.type(), file.body())));
    return Stream.concat(data.stream(), page).toList();
  }

  private RunPage runs(Optional<Run> run) throws Exception {
    List<RunLine> ended = reports.lines(RUNS, Bulkhead.UNBOUNDED).content();
    List<RunLine> lines =
        Stream.concat(run.map(on -> RunLine.of(on.report())).stream(), ended.stream())
            .limit(RUNS.limit())
            .toList();
    return new RunPage(lines, null);
  }
}
