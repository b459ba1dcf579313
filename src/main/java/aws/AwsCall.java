package aws;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.AwsExecutionAttribute;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;

/**
 * Describes the request of a failed AWS call. An exception of the SDK does not have it, so this one
 * is attached to it as suppressed.
 */
public final class AwsCall extends Exception {
  private static final long serialVersionUID = 1L;

  /** The permissions that are not named like the operation. */
  private static final Map<String, String> PERMISSIONS =
      Map.of(
          "BatchExecuteStatement", "PartiQLInsert",
          "ListObjects", "ListBucket",
          "ListObjectsV2", "ListBucket",
          "HeadObject", "GetObject",
          "CopyObject", "PutObject",
          "SendMessageBatch", "SendMessage",
          "DeleteMessageBatch", "DeleteMessage",
          "ChangeMessageVisibilityBatch", "ChangeMessageVisibility");

  /** The table of a statement. */
  private static final Pattern TABLE = Pattern.compile("\"([^\"]+)\"");

  private final transient Map<String, String> facts;

  private AwsCall(Map<String, String> facts) {
    super("%s on %s".formatted(facts.get("action"), facts.get("resource")), null, false, false);
    this.facts = Map.copyOf(facts);
  }

  /**
   * The facts of the request: {@code service}, {@code action}, {@code permission} (as in a policy),
   * {@code resource} (in words), {@code region}, {@code address}, and {@code table}, {@code
   * bucket}, {@code key}, {@code topic} or {@code queue}.
   */
  public Map<String, String> facts() {
    return facts;
  }

  /** The call of an exception. */
  public static Optional<AwsCall> of(Throwable error) {
    return Arrays.stream(error.getSuppressed())
        .filter(AwsCall.class::isInstance)
        .map(AwsCall.class::cast)
        .findFirst();
  }

  /**
   * The call of a batch in which a statement failed, which its answer of 200 describes.
   *
   * @param table of the statement
   * @param region of the table
   */
  static AwsCall ofStatement(String table, String region) {
    return new AwsCall(
        Map.of(
            "service",
            "DynamoDB",
            "action",
            "BatchExecuteStatement",
            "permission",
            "dynamodb:PartiQLInsert",
            "resource",
            "table " + table,
            "table",
            table,
            "region",
            region));
  }

  /** Notes the call in each exception that a client throws. */
  static final class Recorder implements ExecutionInterceptor {
    /** Not when exceptions may be modified: then the client of S3 replaces that of a HEAD. */
    @Override
    public void onExecutionFailure(Context.FailedExecution failed, ExecutionAttributes attributes) {
      Throwable error = failed.exception();
      if (of(error).isEmpty()) {
        error.addSuppressed(new AwsCall(facts(failed, attributes)));
      }
    }

    private static Map<String, String> facts(
        Context.FailedExecution failed, ExecutionAttributes attributes) {
      Map<String, String> facts = new HashMap<>();
      String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
      String action = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
      facts.put("service", shown(service));
      facts.put("action", action);
      facts.put(
          "permission",
          shown(service).toLowerCase(Locale.ROOT) + ":" + PERMISSIONS.getOrDefault(action, action));
      Optional.ofNullable(attributes.getAttribute(AwsExecutionAttribute.AWS_REGION))
          .ifPresent(region -> facts.put("region", region.id()));
      failed.httpRequest().ifPresent(request -> facts.put("address", address(request)));
      SdkRequest request = failed.request();
      field(request, "TableName")
          .or(() -> tableOfStatements(request))
          .ifPresent(table -> facts.put("table", table));
      field(request, "Bucket").ifPresent(bucket -> facts.put("bucket", bucket));
      field(request, "Key")
          .or(() -> field(request, "Prefix"))
          .ifPresent(key -> facts.put("key", key));
      // Only the names: the rest of an ARN or a queue's URL reveals the account.
      field(request, "TopicArn")
          .ifPresent(arn -> facts.put("topic", arn.substring(arn.lastIndexOf(':') + 1)));
      field(request, "QueueUrl")
          .ifPresent(url -> facts.put("queue", url.substring(url.lastIndexOf('/') + 1)));
      facts.put("resource", resource(facts));
      return facts;
    }

    private static String resource(Map<String, String> facts) {
      if (facts.containsKey("table")) {
        return "table " + facts.get("table");
      }
      if (facts.containsKey("topic")) {
        return "topic " + facts.get("topic");
      }
      if (facts.containsKey("queue")) {
        return "queue " + facts.get("queue");
      }
      if (!facts.containsKey("bucket")) {
        return "the account";
      }
      String key = facts.containsKey("key") ? facts.get("key") + " in " : "";
      return key + "bucket " + facts.get("bucket");
    }

    private static String shown(String service) {
      return switch (service) {
        case "DynamoDb" -> "DynamoDB";
        case "Sns" -> "SNS";
        case "Sqs" -> "SQS";
        case "Sts" -> "STS";
        default -> service;
      };
    }

    private static String address(SdkHttpRequest request) {
      boolean usual = request.port() == (request.protocol().equals("https") ? 443 : 80);
      return request.protocol() + "://" + request.host() + (usual ? "" : ":" + request.port());
    }

    private static Optional<String> tableOfStatements(SdkRequest request) {
      return request instanceof BatchExecuteStatementRequest batch
          ? TABLE
              .matcher(batch.statements().get(0).statement())
              .results()
              .map(found -> found.group(1))
              .findFirst()
          : Optional.empty();
    }

    private static Optional<String> field(SdkRequest request, String name) {
      // The key of an item is a map.
      return request
          .getValueForField(name, Object.class)
          .filter(String.class::isInstance)
          .map(String.class::cast);
    }
  }
}
