package bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import local.FeedServer;
import local.LocalCloud;
import local.Ports;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * For the benchmarks: the embedded AWS, in memory or in a folder, for both sides. It first writes a
 * line of JSON, the environment that a process needs to use it, and three more entries: {@code
 * TABLE_OF_PLACES}, the table of many places, {@code NULL_TABLE}, where a {@link NullTable}
 * listens, and {@code QUEUE}, the queue of chunks. Then it answers each line it reads by one.
 *
 * <pre>
 *   requests           what was asked since the last reset or forget, as a list
 *   forget             begins that list anew
 *   reset              as after the start
 *   stored             how many items the table of many places has, and the null table was sent
 *   remove-day DATE    takes a day out of the table
 *   remove KEY         takes an object out of the bucket
 *   delay MILLIS       has the null table answer after so long, until reset
 *   put-chunks RUN PLACES DAYS
 *                      leaves invented places in the bucket, as the coordinator of a run
 *   store-chunks       sends them to the workers: seconds from the first message to the last result
 *   settle-chunks      leaves a result of each chunk of the newest plan, as if workers had inserted its days
 *   planned            whether a coordinator has put the plan of its run
 * </pre>
 *
 * and those of {@link Inspection}. It ends when there is nothing more to read.
 */
public final class Services {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Services() {}

  /**
   * Starts everything.
   *
   * @param args the folder; none: in memory
   */
  public static void main(String... args) throws IOException, InterruptedException {
    try (LocalCloud cloud =
            args.length == 0 ? LocalCloud.inMemory() : LocalCloud.at(Path.of(args[0]), Ports.ANY);
        NullTable nullTable = new NullTable();
        FeedServer sample = FeedServer.synthetic(0, 1);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      Map<String, String> environment = new TreeMap<>(cloud.environment());
      environment.put("ARCHIVE_BUCKET", cloud.bucket());
      environment.put("ARCHIVE_PATH_STYLE", "true");
      environment.put("ANNOUNCE_TOPIC", cloud.topicArn());
      environment.put("STORE_TABLE", cloud.table());
      environment.put("TABLE_OF_PLACES", cloud.tableOfPlaces());
      environment.put("NULL_TABLE", nullTable.uri().toString());
      environment.put("QUEUE", "aws2-sqs:chunks?queueUrl=" + cloud.queueUrl());
      environment.put("FEED_NYT_URL", sample.nyt().toString());
      environment.put("FEED_JHU_URL", sample.jhu().toString());
      say(environment);
      Chunks chunks = new Chunks(cloud);
      Inspection inspection = new Inspection(cloud);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        say(answer(line.split(" "), cloud, nullTable, chunks, inspection));
      }
    }
    System.exit(0);
  }

  private static void say(Object answer) throws IOException {
    System.out.println(JSON.writeValueAsString(answer));
  }

  private static Object answer(
      String[] words, LocalCloud cloud, NullTable nullTable, Chunks chunks, Inspection inspection)
      throws IOException, InterruptedException {
    switch (words[0]) {
      case "requests" -> {
        return cloud.requests();
      }
      case "forget" -> cloud.forgetRequests();
      case "reset" -> {
        cloud.reset();
        nullTable.reset();
      }
      case "stored" -> {
        return List.of(cloud.itemsOfPlaces().size(), nullTable.inserted());
      }
      case "remove-day" ->
          cloud
              .dynamoDbClient()
              .deleteItem(
                  delete ->
                      delete
                          .tableName(cloud.table())
                          .key(Map.of("Date", AttributeValue.fromS(words[1]))));
      case "remove" ->
          cloud.s3Client().deleteObject(delete -> delete.bucket(cloud.bucket()).key(words[1]));
      case "delay" -> nullTable.answerAfter(Duration.ofMillis(Long.parseLong(words[1])));
      case "put-chunks" ->
          chunks.put(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
      case "store-chunks" -> {
        return chunks.store();
      }
      case "settle-chunks" -> chunks.settle();
      case "planned" -> {
        return chunks.isPlanned();
      }
      default -> {
        return inspection.answer(words);
      }
    }
    return List.of();
  }
}
