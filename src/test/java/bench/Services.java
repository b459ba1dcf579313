package bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import local.FeedServer;
import local.LocalCloud;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * For the benchmarks: the embedded AWS, in memory, for both sides. It first writes a line of JSON,
 * the environment that a process needs to use it, and two more entries: {@code TABLE_OF_PLACES},
 * the table of many places, and {@code NULL_TABLE}, where a {@link NullTable} listens. Then it
 * answers each line it reads by one.
 *
 * <pre>
 *   requests           what was asked since the last reset or forget, as a list
 *   forget             begins that list anew
 *   reset              as after the start
 *   stored             how many items the table of many places has, and the null table was sent
 *   remove-day DATE    takes a day out of the table
 *   remove KEY         takes an object out of the bucket
 * </pre>
 *
 * It ends when there is nothing more to read.
 */
public final class Services {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Services() {}

  /**
   * Starts everything.
   *
   * @param args none
   */
  public static void main(String... args) throws IOException {
    try (LocalCloud cloud = LocalCloud.inMemory();
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
      environment.put("FEED_NYT_URL", sample.nyt().toString());
      environment.put("FEED_JHU_URL", sample.jhu().toString());
      say(environment);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        say(answer(line.split(" "), cloud, nullTable));
      }
    }
    System.exit(0);
  }

  private static void say(Object answer) throws IOException {
    System.out.println(JSON.writeValueAsString(answer));
  }

  private static Object answer(String[] words, LocalCloud cloud, NullTable nullTable) {
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
      default -> throw new IllegalArgumentException("Not a command: " + words[0]);
    }
    return List.of();
  }
}
