#!/usr/bin/env bash
# ElasticMQ 1.6.15: a late delete fails where it succeeds in SQS, and a late change of the visibility hides a message
#
# Source: Maven Central, org.elasticmq:elasticmq-rest-sqs_2.13 1.6.15 with software.amazon.awssdk:sqs 2.42.28.
# Guess: a consumer that is too slow sees of ElasticMQ what it would see of SQS.
# Behaviour: by the API reference of SQS a DeleteMessage with a receipt handle that is not the newest one succeeds,
# though it may delete nothing; ElasticMQ refuses it with ReceiptHandleIsInvalid, and a second delete too. By the
# reference a ChangeMessageVisibility of a message that is not in flight is refused with MessageNotInflight; ElasticMQ
# hides the message, which others could receive, for as long as it is told. So tests show an error that SQS does not
# have, and not the one that it has. MessageRetentionPeriod is accepted and forgotten.
#
# Seen on 2026-11-30, JDK 17: the lines below.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.elasticmq:elasticmq-rest-sqs_2.13:1.6.15 software.amazon.awssdk:sqs:2.42.28 \
  software.amazon.awssdk:url-connection-client:2.42.28 org.slf4j:slf4j-nop:2.0.17 \
  '-org.elasticmq:elasticmq-persistence-sql_2.13' '-ch.qos.logback:*' \
  '-software.amazon.awssdk:netty-nio-client' '-software.amazon.awssdk:apache-client'

cat >"$dir/Finding.java" <<'EOF'
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SqsException;

public class Finding {
  static SqsClient sqs;
  static String queue;

  /** A message that is visible again at once, or when its visibility is changed. */
  static String receive(int visibilityTimeout) {
    return sqs.receiveMessage(b -> b.queueUrl(queue).visibilityTimeout(visibilityTimeout))
        .messages()
        .get(0)
        .receiptHandle();
  }

  static void say(String what, Supplier<?> request) {
    try {
      System.out.println(what + ": " + request.get());
    } catch (SqsException e) {
      System.out.println(what + ": " + e.awsErrorDetails().errorCode());
    }
  }

  static String delete(String handle) {
    sqs.deleteMessage(b -> b.queueUrl(queue).receiptHandle(handle));
    return "succeeds";
  }

  static String hide(String handle) {
    sqs.changeMessageVisibility(b -> b.queueUrl(queue).receiptHandle(handle).visibilityTimeout(600));
    return "succeeds";
  }

  public static void main(String[] args) throws Exception {
    var server = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
    var port = server.waitUntilStarted().localAddress().getPort();
    sqs =
        SqsClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
            .build();
    queue = sqs.createQueue(b -> b.queueName("queue")).queueUrl();

    sqs.sendMessage(b -> b.queueUrl(queue).messageBody("first"));
    var old = receive(0);
    var newest = receive(600);
    say("delete with the handle before", () -> delete(old));
    say("delete", () -> delete(newest));
    say("delete again", () -> delete(newest));

    sqs.sendMessage(b -> b.queueUrl(queue).messageBody("second"));
    var visible = receive(0);
    say("hide a message that is not in flight", () -> hide(visible));
    say("messages to receive then", () -> sqs.receiveMessage(b -> b.queueUrl(queue)).messages().size());

    sqs.setQueueAttributes(
        b -> b.queueUrl(queue).attributes(Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60")));
    say(
        "retention period after it was set",
        () ->
            sqs.getQueueAttributes(b -> b.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                .attributes()
                .get(QueueAttributeName.MESSAGE_RETENTION_PERIOD));
    server.stopAndWait();
  }
}
EOF

run <<'EOF'
delete with the handle before: ReceiptHandleIsInvalid
delete: succeeds
delete again: ReceiptHandleIsInvalid
hide a message that is not in flight: succeeds
messages to receive then: 0
retention period after it was set: null
EOF
