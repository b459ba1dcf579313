package local;

/**
 * The TCP ports of the local cloud; 0 is any free one.
 *
 * @param dynamoDb where DynamoDB listens
 * @param s3 where S3 listens
 * @param sns where SNS listens
 */
public record Ports(int dynamoDb, int s3, int sns) {
  /** Any free ports, so that several clouds may run side by side. */
  public static final Ports ANY = new Ports(0, 0, 0);

  /**
   * The ports a person can remember, each changed by its system property: {@code
   * local.dynamodb.port} (default 8000), {@code local.s3.port} (default 9000) and {@code
   * local.sns.port} (default 9911).
   */
  public static Ports fromSystemProperties() {
    return new Ports(
        Integer.getInteger(Service.DYNAMODB.portProperty(), 8000),
        Integer.getInteger(Service.S3.portProperty(), 9000),
        Integer.getInteger(Service.SNS.portProperty(), 9911));
  }
}
