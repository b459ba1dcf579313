package local;

/** The AWS services the application talks to. */
public enum Service {
  DYNAMODB("DynamoDB", "local.dynamodb.port"),
  S3("S3", "local.s3.port"),
  SNS("SNS", "local.sns.port"),
  SQS("SQS", "local.sqs.port");

  private final String title;
  private final String portProperty;

  Service(String title, String portProperty) {
    this.title = title;
    this.portProperty = portProperty;
  }

  /** The name people know it by; the request log and error messages use it. */
  public String title() {
    return title;
  }

  /** The system property by which a user chooses the port of this service. */
  public String portProperty() {
    return portProperty;
  }
}
