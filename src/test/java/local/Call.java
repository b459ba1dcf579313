package local;

/**
 * One request to a service of the local cloud, as an {@link Interceptor} sees it.
 *
 * @param service who is asked
 * @param operation what is asked for: {@code PutItem}, {@code Publish}, or for S3 the method and
 *     the unescaped target, {@code PUT covid-data/runs/x.json}
 * @param body the request's JSON (DynamoDB, SQS) or form (SNS); empty for S3
 * @param condition for S3 the condition under which the request holds, {@code If-None-Match: *};
 *     empty if there is none, and for the other services
 */
public record Call(Service service, String operation, String body, String condition) {
  /** Whether this asks {@code service} for exactly {@code operation}. */
  public boolean is(Service service, String operation) {
    return this.service == service && this.operation.equals(operation);
  }

  /** The line of the request log: {@code DynamoDB PutItem}. */
  @Override
  public String toString() {
    return service.title() + " " + operation;
  }
}
