package routes;

import covid.Run;
import feeds.PlaceNames;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import web.Answer;

/**
 * The names that feeds give for places, before the set, so that readers of a set find them.
 *
 * <pre>
 *   archive-names        CSV -> S3
 * </pre>
 */
public final class PlaceNameRoutes extends RouteBuilder {
  @Override
  public void configure() {
    from("direct:archive-names")
        .routeId("archive-names")
        .routeConfigurationId("best-effort")
        .removeHeaders("*")
        .setBody(exchange -> names(Runs.of(exchange)))
        .id("names")
        .filter(simple("${body.size} > 0"))
        .marshal(PlaceNames.format())
        .setHeader(AWS2S3Constants.CONTENT_TYPE, constant(Answer.CSV))
        .to(Bucket.put(Bucket.NAMES));
  }

  private static List<List<String>> names(Run run) {
    return run.pulls().names().entrySet().stream()
        .map(place -> List.of(place.getKey().name(), place.getValue()))
        .toList();
  }
}
