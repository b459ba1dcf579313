package local;

/**
 * The TCP ports of the local cloud; 0 is any free one.
 *
 * @param dynamoDb where DynamoDB listens
 * @param s3 where S3 listens
 * @param sns where SNS listens
 * @param sqs where SQS listens
 */
public record Ports(int dynamoDb, int s3, int sns, int sqs) {
  /** Any free ports, so that several clouds may run side by side. */
  public static final Ports ANY = new Ports(0, 0, 0, 0);
}
