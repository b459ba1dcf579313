package routes;

import aws.AwsCall;
import feeds.FeedSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** The table of causes in {@code causes.yaml}, read when the first error is explained. */
final class Causes {
  private static final Map<String, List<Cause>> TABLE = read();

  private Causes() {}

  /**
   * Explains an error by the table.
   *
   * @param where the address and the name of the feed for an error of a pull, or the address and
   *     the name of a webhook; otherwise empty
   * @return a sentence without its full stop; empty if no entry matches
   */
  static Optional<String> explain(Throwable error, Map<String, String> where) {
    Map<String, String> facts = new HashMap<>(where);
    boolean ofAws = false;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      ofAws |= cause instanceof SdkException;
      facts.putAll(factsOf(cause));
    }
    String about =
        ofAws
            ? "aws"
            : facts.containsKey("webhook") ? "webhook" : facts.containsKey("address") ? "feed" : "";
    for (Cause entry : TABLE.getOrDefault(about, List.of())) {
      for (Throwable cause = error; cause != null; cause = cause.getCause()) {
        Optional<String> sentence = entry.explain(cause, facts);
        if (sentence.isPresent()) {
          return sentence;
        }
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> factsOf(Throwable error) {
    Map<String, String> facts = new HashMap<>();
    if (error instanceof AwsServiceException refused) {
      facts.put("status", Integer.toString(refused.statusCode()));
      Optional.ofNullable(refused.awsErrorDetails())
          .map(AwsErrorDetails::errorCode)
          .ifPresent(code -> facts.put("code", code));
    }
    if (error instanceof HttpOperationFailedException answered) {
      String text = answered.getStatusText() == null ? "" : " " + answered.getStatusText();
      facts.put("status", Integer.toString(answered.getHttpResponseCode()));
      facts.put("answer", (answered.getHttpResponseCode() + text).stripTrailing());
      facts.put("address", FeedSource.shown(URI.create(answered.getUri())));
    }
    AwsCall.of(error).ifPresent(call -> facts.putAll(call.facts()));
    return facts;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, List<Cause>> read() {
    try (InputStream yaml = Causes.class.getResourceAsStream("/causes.yaml")) {
      Object table = new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      Map<String, List<Cause>> causes = new HashMap<>();
      ((Map<String, List<Map<String, Object>>>) table)
          .forEach((about, entries) -> causes.put(about, entries.stream().map(Cause::of).toList()));
      return causes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
