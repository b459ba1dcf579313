package routes;

import covid.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import serve.Bulkhead;
import serve.FigureAnswers;
import serve.FigureAnswers.SiteFile;
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

  private final FigureAnswers figures;
  private final boolean ofPlaces;
  private final PublishedReports reports;
  private final Json json;

  /**
   * @param figures answers of the published set
   * @param ofPlaces whether there are figures of many places
   * @param reports of the runs that ended
   * @param json how the runs are written
   */
  public SiteRoutes(FigureAnswers figures, boolean ofPlaces, PublishedReports reports, Json json) {
    this.figures = figures;
    this.ofPlaces = ofPlaces;
    this.reports = reports;
    this.json = json;
  }

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
        .process(SiteRoutes::put)
        .id("content")
        .to(Bucket.put("-"));
  }

  /**
   * The files, with the page last, after those that it reads.
   *
   * @param run the run that publishes, if any
   * @throws web.ProblemException if the set cannot be read, or only a stale copy of it
   */
  private List<SiteFile> files(Optional<Run> run) throws Exception {
    List<SiteFile> data = new ArrayList<>(figures.files());
    data.add(new SiteFile("runs.json", () -> Answer.of(Answer.JSON, json.write(runs(run)))));
    Stream<SiteFile> page =
        DashboardFile.all(ofPlaces).stream()
            .map(file -> file.path().equals(DashboardFile.PAGE) ? file.forFiles() : file)
            .map(file -> new SiteFile(file.path(), () -> Answer.of(file.type(), file.body())));
    return Stream.concat(data.stream(), page).toList();
  }

  /** The content of a file becomes the body, and what S3 has to know of it the headers. */
  private static void put(Exchange exchange) throws Exception {
    SiteFile file = exchange.getMessage().getMandatoryBody(SiteFile.class);
    Answer content = file.content().call();
    Message message = exchange.getMessage();
    message.setHeader(AWS2S3Constants.KEY, Bucket.resolved(exchange, Bucket.SITE) + file.path());
    message.setHeader(AWS2S3Constants.CONTENT_TYPE, content.type());
    message.setHeader(AWS2S3Constants.CACHE_CONTROL, "no-cache");
    if (content.packed()) {
      message.setHeader(AWS2S3Constants.CONTENT_ENCODING, "gzip");
    }
    message.setBody(content.body());
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
