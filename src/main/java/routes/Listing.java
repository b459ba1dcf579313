package routes;

import static org.apache.camel.builder.Builder.body;

import java.util.List;
import org.apache.camel.model.ProcessorDefinition;
import org.jspecify.annotations.Nullable;
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
        .split(body())
        .to(endpoint)
        .end()
        .setBody(
            exchange ->
                next(Bucket.resolved(exchange, prefix), exchange.getMessage().getBody(List.class)))
        .end();
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
