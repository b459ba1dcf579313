package routes;

import static org.apache.camel.builder.Builder.body;

import aws.ForeignObject;
import covid.RunFact;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.support.LanguageSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists all objects under a prefix of the bucket, in pages of at most 1,000. Camel does not say
 * whether a page is the last, so listing ends with an empty page; without objects it takes one
 * request.
 *
 * @param bucket its name
 */
public record Listing(String bucket) {
  private static final Logger LOG = LoggerFactory.getLogger("list");

  /**
   * Continues a route by sending each object to an endpoint, page by page.
   *
   * @param route a route, or a part of it
   * @param prefix a folder, with the slash at its end; may hold property placeholders
   * @param endpoint receives an {@link S3Object}
   */
  ProcessorDefinition<?> forEach(ProcessorDefinition<?> route, String prefix, String endpoint) {
    return route
        .setBody(exchange -> first(Bucket.resolved(exchange, prefix)))
        .loopDoWhile(body().isNotNull())
        .removeHeaders(Redelivery.HEADERS)
        .to(Bucket.listRequest())
        .removeHeaders(Redelivery.HEADERS)
        .split()
        .exchange(this::withPlainKeys)
        .to(endpoint)
        .end()
        .setBody(
            exchange ->
                next(Bucket.resolved(exchange, prefix), exchange.getMessage().getBody(List.class)))
        .end();
  }

  /**
   * The objects of a page, without those whose keys Camel would evaluate: the right to put objects
   * must not be one to run expressions in this process or to read its settings. A warning names
   * each.
   */
  private List<S3Object> withPlainKeys(Exchange exchange) {
    List<S3Object> plain = new ArrayList<>();
    for (Object listed : exchange.getMessage().getBody(List.class)) {
      S3Object object = (S3Object) listed;
      if (isPlain(object.key())) {
        plain.add(object);
      } else {
        ForeignObject foreign =
            new ForeignObject(
                bucket, object.key(), "has a key that this program does not give", "remove it");
        LOG.warn("{}", foreign.forOperators());
        Runs.of(exchange).note(new RunFact.Warned(foreign.forOperators()));
      }
    }
    return plain;
  }

  /** The S3 component takes a key with a function for a simple expression. */
  private static boolean isPlain(String key) {
    return !LanguageSupport.hasSimpleFunction(key) && !key.contains("{{");
  }

  /** Requests the first page of a folder. */
  private ListObjectsRequest first(String prefix) {
    return ListObjectsRequest.builder().bucket(bucket).prefix(prefix).build();
  }

  /** Requests the page after another; null after an empty one. */
  private @Nullable ListObjectsRequest next(String prefix, List<?> page) {
    if (page.isEmpty()) {
      return null;
    }
    String last = ((S3Object) page.get(page.size() - 1)).key();
    return ListObjectsRequest.builder().bucket(bucket).prefix(prefix).marker(last).build();
  }
}
