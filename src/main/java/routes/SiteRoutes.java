package routes;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/**
 * The dashboard as plain files, for which no server is needed.
 *
 * <pre>
 *   publish-site         the answers of serve -> put-site-file, each
 *     -> put-site-file   S3 site/
 * </pre>
 */
public final class SiteRoutes extends RouteBuilder {
  private final SiteSteps steps;

  /**
   * @param steps what is published
   */
  public SiteRoutes(SiteSteps steps) {
    this.steps = steps;
  }

  @Override
  public void configure() {
    from("direct:publish-site")
        .routeId("publish-site")
        .errorHandler(noErrorHandler())
        .setBody(method(steps, "files"))
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
}
