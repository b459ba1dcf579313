package routes;

import static local.Faults.DENIED;
import static local.Faults.always;
import static local.Faults.toS3;
import static org.assertj.core.api.Assertions.assertThat;

import app.TestApplication;
import java.util.concurrent.CountDownLatch;
import local.Fault;
import local.Interceptor;
import local.LocalCloud;
import org.junit.jupiter.api.Test;

/** Messages of the queue whose chunk a worker cannot read. */
class ChunkMessagesTest extends ChunksTestBase {
  private static final String OBJECT = "0".repeat(64);
  private static final String CHUNK =
      "who/work/2021-01-10T21-00-00Z-0001/chunks/%s.csv.gz".formatted(OBJECT);

  private final CountDownLatch removed = new CountDownLatch(1);
  private final CountDownLatch asked = new CountDownLatch(1);

  ChunkMessagesTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void oneWhoseChunkIsGoneIsRemoved() throws Exception {
    watch(call -> Fault.none());
    TestApplication worker = worker();

    send();
    removed.await();
    worker.close();

    assertThat(messages()).isZero();
    assertThat(cloud.deadLetterMessages()).isEmpty();
  }

  @Test
  void oneWhoseChunkMayNotBeReadStaysInTheQueue() throws Exception {
    watch(always(toS3("GET", CHUNK), DENIED));
    TestApplication worker = worker();

    send();
    asked.await();
    worker.close();

    assertThat(messages()).isOne();
    assertThat(cloud.keys("who/work/")).isEmpty();
  }

  private void watch(Interceptor faults) {
    cloud.intercept(
        call -> {
          if (call.operation().equals("DeleteMessage")) {
            removed.countDown();
          }
          if (call.operation().contains(CHUNK)) {
            asked.countDown();
          }
          return faults.intercept(call);
        });
  }

  private void send() {
    cloud
        .sqsClient()
        .sendMessage(
            send ->
                send.queueUrl(cloud.queueUrl())
                    .messageBody(
                        """
                        {"run":"2021-01-10T21-00-00Z-0001","chunk":0,"object":"%s","records":1}
                        """
                            .formatted(OBJECT)));
  }

  /** Those that wait, and those that a worker has received and not removed. */
  private int messages() {
    return cloud.queuedMessages() + cloud.messagesInFlight();
  }
}
