package bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import aws.BucketKeys;
import chunks.Chunk;
import chunks.ChunkResult;
import chunks.Plan;
import covid.Dates;
import covid.DayColumns;
import covid.Metric;
import covid.Place;
import covid.PlaceDaysBuilder;
import feeds.SetBytes;
import feeds.SetFormat;
import feeds.SetText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import local.LocalCloud;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import web.Json;

/**
 * For the benchmarks: chunks of invented places, as a coordinator of the dataset {@code world}
 * leaves them for workers.
 */
final class Chunks {
  private static final String PREFIX = "world/";
  private static final List<Metric> METRICS =
      List.of(Metric.CASES, Metric.DEATHS, Metric.RECOVERED);
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 1, 22);

  /** The maximum number of messages in a request. */
  private static final int BATCH = 10;

  private static final long MILLIS_BETWEEN_LOOKS = 5;

  private final LocalCloud cloud;
  private final Json json = new Json();
  private final List<SendMessageBatchRequestEntry> messages = new ArrayList<>();
  private String run = "";

  Chunks(LocalCloud cloud) {
    this.cloud = cloud;
  }

  /** Puts the days of invented places into the bucket. */
  void put(String run, int places, int days) throws IOException {
    this.run = run;
    messages.clear();
    SetFormat format = SetFormat.placed(METRICS);
    for (int number = 0; number < places; number++) {
      Place place = new Place("Place %04d of %s".formatted(number, run));
      SetText text = SetBytes.of(format, days(place, days));
      Chunk chunk = new Chunk(number, place, text.sha256(place), days);
      cloud
          .s3Client()
          .putObject(
              put -> put.bucket(cloud.bucket()).key(PREFIX + BucketKeys.chunk(run, chunk.object())),
              RequestBody.fromBytes(text.packed(place, Instant.EPOCH)));
      messages.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(number))
              .messageBody(new String(json.write(chunk.message(run)), UTF_8))
              .build());
    }
  }

  private static DayColumns days(Place place, int days) {
    PlaceDaysBuilder builder = new PlaceDaysBuilder(place, METRICS);
    for (int i = 0; i < days; i++) {
      int day = builder.index(FIRST_DAY.plusDays(i));
      builder.figure(0, day, 1_000L + 97L * i);
      builder.figure(1, day, 10L + 3L * i);
      builder.figure(2, day, 500L + 41L * i);
    }
    return DayColumns.of(List.of(builder.build()));
  }

  /**
   * Sends them to the queue, and waits until each has a result.
   *
   * @return seconds from the first message to the last result
   */
  double store() throws InterruptedException {
    // Started when it is first asked for
    cloud.sqsClient();
    long start = System.nanoTime();
    for (int from = 0; from < messages.size(); from += BATCH) {
      List<SendMessageBatchRequestEntry> some =
          messages.subList(from, Math.min(from + BATCH, messages.size()));
      cloud.sqsClient().sendMessageBatch(send -> send.queueUrl(cloud.queueUrl()).entries(some));
    }
    while (cloud.requests().stream().filter(this::isResult).count() < messages.size()
        || cloud.keys(PREFIX + BucketKeys.results(run)).size() < messages.size()) {
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
    }
    return Duration.ofNanos(System.nanoTime() - start).toMillis() / 1000.0;
  }

  /** Whether the plan of any run is in the bucket. */
  boolean isPlanned() {
    return cloud.requests().stream()
            .anyMatch(request -> request.startsWith("S3 PUT") && request.contains("plan.json"))
        && cloud.keys(PREFIX + BucketKeys.WORK).stream()
            .anyMatch(key -> key.endsWith("/plan.json"));
  }

  /** Leaves a result of each chunk of the newest plan, as if workers had inserted its days. */
  void settle() throws IOException {
    String key =
        cloud.keys(PREFIX + BucketKeys.WORK).stream()
            .filter(any -> any.endsWith("/plan.json"))
            .max(Comparator.naturalOrder())
            .orElseThrow();
    byte[] plan =
        cloud.s3Client().getObjectAsBytes(get -> get.bucket(cloud.bucket()).key(key)).asByteArray();
    settle(json.read(plan, Plan.class).orElseThrow());
  }

  private void settle(Plan plan) throws IOException {
    for (Chunk chunk : plan.chunks()) {
      LocalDate last = FIRST_DAY.plusDays(chunk.records() - 1L);
      ChunkResult result =
          new ChunkResult(
              plan.run(),
              chunk.number(),
              chunk.records(),
              Dates.ofIntervals(List.of(FIRST_DAY + "/" + last)),
              Dates.NONE,
              List.of(),
              Dates.NONE,
              List.of(),
              false);
      byte[] content = json.write(result);
      cloud
          .s3Client()
          .putObject(
              put ->
                  put.bucket(cloud.bucket())
                      .key(PREFIX + BucketKeys.result(plan.run(), chunk.number())),
              RequestBody.fromBytes(content));
    }
  }

  private boolean isResult(String request) {
    return request.startsWith("S3 PUT ") && request.contains(BucketKeys.results(run));
  }
}
