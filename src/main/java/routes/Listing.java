package routes;

import static org.apache.camel.builder.Builder.body;

import java.util.List;
import org.apache.camel.model.ProcessorDefinition;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ListObjectsRequest;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists objects of the bucket, however many there are: S3 gives at most 1,000 at a time. Camel does
 * not say whether a list is complete, so the end is an empty page; where nothing is, one request
 * tells.
 *
 * @param bucket its name
 */
public record Listing(String bucket) {

  /**
   * Goes on by sending each object to an endpoint, a page after the other.
   *
   * @param route a route, or a part of it
   * @param prefix a folder, with the slash at its end
   * @param endpoint gets an {@link S3Object}
   */
  ProcessorDefinition<?> forEach(ProcessorDefinition<?> route, String prefix, String endpoint) {
    return route
        .setBody(exchange -> first(prefix))
        .loopDoWhile(body().isNotNull())
        .removeHeaders(Redelivery.HEADERS)
        .to(Bucket.listRequest())
        .removeHeaders(Redelivery.HEADERS)
        .split(body())
        .to(endpoint)
        .end()
        .setBody(exchange -> next(exchange.getMessage().getBody(List.class)))
        .end();
  }

  /** Asks for the first objects of a folder. */
  private ListObjectsRequest first(String prefix) {
    return ListObjectsRequest.builder().bucket(bucket).prefix(prefix).build();
  }

  /** Asks for those that follow a page; null after an empty one. */
  private @Nullable ListObjectsRequest next(List<?> page) {
    if (page.isEmpty()) {
      return null;
    }
    String last = ((S3Object) page.get(page.size() - 1)).key();
    return ListObjectsRequest.builder()
        .bucket(bucket)
        .prefix(last.substring(0, last.indexOf('/') + 1))
        .marker(last)
        .build();
  }
}
