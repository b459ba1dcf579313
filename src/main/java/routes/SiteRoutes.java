package routes;

import static java.util.stream.Collectors.toSet;

import aws.AwsErrors;
import covid.RunFact;
import covid.RunReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import serve.FigureAnswers.SiteFile;
import serve.PublishedSite;
import serve.SiteFiles;
import serve.SitePaths;
import software.amazon.awssdk.services.s3.model.S3Exception;
import web.Answer;
import web.Json;

/**
 * Publishes the dashboard as plain files, which need no server. What the site has already is not
 * put again.
 *
 * <pre>
 *   publish-site            the answers of serve
 *     -> list-site          what the site has
 *     -> put-site-file      each file, unless it is there -> S3 site/
 *     -> remove-site-file   each version that the site keeps no longer
 *   put-site-report         the report of a run, once its message is sent or has failed
 * </pre>
 */
public final class SiteRoutes extends RouteBuilder {
  private static final Logger LOG = LoggerFactory.getLogger("publish-site");

  /** The variable with the files that the site has; absent if they cannot be listed. */
  private static final String SITE = "site";

  private static final String UNLISTED =
      "The program may not list site/ of the bucket, so every file of the site is put again, and the"
          + " site has no earlier versions: give its role the rights of aws/stack.yaml.";

  private final SiteFiles files;
  private final PublishedSite site;
  private final Json json;

  /**
   * @param files what is put
   * @param site as it is in the bucket
   * @param json how the report of a run is written
   */
  public SiteRoutes(SiteFiles files, PublishedSite site, Json json) {
    this.files = files;
    this.site = site;
    this.json = json;
  }

  @Override
  public void configure() {
    from("direct:publish-site")
        .routeId("publish-site")
        .errorHandler(noErrorHandler())
        .to("direct:list-site")
        .process(
            exchange ->
                exchange.getMessage().setBody(files.all(Runs.find(exchange), isListed(exchange))))
        .id("files")
        .split(body())
        .stopOnException()
        .to("direct:put-site-file")
        .end()
        .split()
        .exchange(SiteRoutes::superfluous)
        .stopOnException()
        .to("direct:remove-site-file")
        .end()
        .log("Published ${body.size} files under " + Bucket.SITE);

    from("direct:list-site")
        .routeId("list-site")
        .routeConfigurationId("stages")
        .process(this::list)
        .id("list");

    from("direct:put-site-file")
        .routeId("put-site-file")
        .routeConfigurationId("stages")
        .removeHeaders("*")
        .filter(SiteRoutes::isMissing)
        .id("unless-for-good")
        .process(SiteRoutes::put)
        .id("content")
        .filter(body().isNotNull())
        .id("unless-unchanged")
        .to(Bucket.put("-"));

    from("direct:remove-site-file")
        .routeId("remove-site-file")
        .routeConfigurationId("stages")
        .removeHeaders("*")
        .setHeader(AWS2S3Constants.KEY, simple(Bucket.SITE + "${body}"))
        .to(Bucket.delete("-"));

    putReport();
  }

  /** The report is put once, so it has to be complete. */
  private void putReport() {
    from("direct:put-site-report")
        .routeId("put-site-report")
        .routeConfigurationId("best-effort")
        .removeHeaders("*")
        .setBody(AnnounceRoutes::report)
        .id("complete-report")
        .marshal(json.of(RunReport.class))
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.JSON))
        .setHeader(AWS2S3Constants.CACHE_CONTROL, constant(Answer.FOR_GOOD))
        .to(Bucket.put(Bucket.SITE + SitePaths.report("${variable.run.id}")));
  }

  private void list(Exchange exchange) {
    exchange.removeVariable(SITE);
    try {
      exchange.setVariable(SITE, site.files());
    } catch (S3Exception e) {
      if (!AwsErrors.isDenied(e)) {
        throw e;
      }
      LOG.warn(UNLISTED);
      Runs.find(exchange).ifPresent(run -> run.note(new RunFact.Warned(UNLISTED)));
    }
  }

  /** The entity tags of the files that the site has; empty if they cannot be listed. */
  @SuppressWarnings("unchecked")
  private static Optional<Map<String, String>> listed(Exchange exchange) {
    return Optional.ofNullable((Map<String, String>) exchange.getVariable(SITE));
  }

  /** Whether it is known which files the site has, so that some are put only once. */
  static boolean isListed(Exchange exchange) {
    return listed(exchange).isPresent();
  }

  private static boolean isMissing(Exchange exchange) {
    SiteFile file = exchange.getMessage().getBody(SiteFile.class);
    return !file.isForGood() || !listed(exchange).orElseThrow().containsKey(file.path());
  }

  /** Paths of versions that the site keeps no longer. */
  private static List<String> superfluous(Exchange exchange) {
    List<?> files = exchange.getMessage().getBody(List.class);
    Set<String> kept = files.stream().map(file -> ((SiteFile) file).path()).collect(toSet());
    return listed(exchange).orElse(Map.of()).keySet().stream()
        .filter(path -> path.startsWith(SitePaths.OF_VERSIONS) && !kept.contains(path))
        .toList();
  }

  /**
   * The content of a file becomes the body, and what S3 has to know of it the headers; null if the
   * site has it as it is.
   */
  private static void put(Exchange exchange) throws Exception {
    SiteFile file = exchange.getMessage().getMandatoryBody(SiteFile.class);
    Answer content = file.content().call();
    Message message = exchange.getMessage();
    String etag = "\"%s\"".formatted(DigestUtils.md5Hex(content.body()));
    if (etag.equals(listed(exchange).orElse(Map.of()).get(file.path()))) {
      message.setBody(null);
      return;
    }
    message.setHeader(AWS2S3Constants.KEY, Bucket.resolved(exchange, Bucket.SITE) + file.path());
    message.setHeader(AWS2S3Constants.CONTENT_TYPE, content.type());
    message.setHeader(
        AWS2S3Constants.CACHE_CONTROL, file.isForGood() ? Answer.FOR_GOOD : "no-cache");
    if (content.packed()) {
      message.setHeader(AWS2S3Constants.CONTENT_ENCODING, "gzip");
    }
    message.setBody(content.body());
  }
}
