#!/usr/bin/env bash
# camel-aws2-sqs 4.17.0: a route that removes all headers handles its message well and gets it again
#
# Source: Maven Central, org.apache.camel:camel-aws2-sqs 4.17.0, against org.elasticmq:elasticmq-rest-sqs_2.13 1.6.15.
# Guess: the consumer remembers what it received, and deletes the message when its route ends without an error,
# whatever the route does to headers.
# Behaviour: the delete takes the receipt handle from the exchange's headers at the end. Without it nothing
# is deleted, nothing fails, and the message comes again when its visibility timeout is over.
#
# Seen on 2026-11-29, JDK 17: twice without headers, once with them, and no failed exchange.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.apache.camel:camel-aws2-sqs:4.17.0 org.apache.camel:camel-core-engine:4.17.0 \
  org.apache.camel:camel-core-languages:4.17.0 org.elasticmq:elasticmq-rest-sqs_2.13:1.6.15 \
  org.slf4j:slf4j-nop:2.0.17 '-org.elasticmq:elasticmq-persistence-sql_2.13' '-ch.qos.logback:*'

cat >"$dir/Finding.java" <<'EOF'
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

public class Finding {
  public static void main(String[] args) throws Exception {
    var server = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
    var port = server.waitUntilStarted().localAddress().getPort();
    var sqs =
        SqsClient.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + port))
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x")))
            .build();
    for (var queue : new String[] {"removed", "kept"}) {
      sqs.createQueue(b -> b.queueName(queue).attributes(Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, "3")));
    }
    var kept = new AtomicInteger();
    var failed = new AtomicInteger();
    var again = new CountDownLatch(2);
    try (var camel = new DefaultCamelContext()) {
      camel.getRegistry().bind("sqs", sqs);
      camel.addRoutes(new RouteBuilder() {
        @Override
        public void configure() {
          onException(Exception.class).process(exchange -> failed.incrementAndGet());
          from("aws2-sqs:removed?amazonSQSClient=#sqs")
              .removeHeaders("*")
              .process(exchange -> again.countDown());
          from("aws2-sqs:kept?amazonSQSClient=#sqs").process(exchange -> kept.incrementAndGet());
        }
      });
      camel.start();
      for (var queue : new String[] {"kept", "removed"}) {
        var url = sqs.getQueueUrl(b -> b.queueName(queue)).queueUrl();
        sqs.sendMessage(b -> b.queueUrl(url).messageBody("one chunk"));
      }
      System.out.println("headers removed, came twice: " + again.await(30, TimeUnit.SECONDS));
      System.out.println("headers kept, came: " + kept.get());
      System.out.println("failed: " + failed.get());
    }
    System.exit(0);
  }
}
EOF

run <<'EOF'
headers removed, came twice: true
headers kept, came: 1
failed: 0
EOF
