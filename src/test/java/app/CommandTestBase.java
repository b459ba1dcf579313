package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands in this JVM, with a file of settings, against an empty cloud and the three days of
 * {@link TestApplication}. The jar is in {@link CommandsIT}.
 */
@ExtendWith(LocalCloudExtension.class)
abstract class CommandTestBase {
  final LocalCloud cloud;
  final Map<String, String> settings = new TreeMap<>();
  private final Set<String> properties = new HashSet<>();
  FeedServer feeds;
  @TempDir Path folder;

  CommandTestBase(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @BeforeEach
  void serveFeeds() {
    feeds = TestApplication.feeds();
    settings.putAll(
        Map.of(
            "feed.nyt.url", feeds.nyt().toString(),
            "feed.jhu.url", feeds.jhu().toString(),
            "feed.retries", "0",
            // They are old.
            "feed.stalled-after", "",
            "store.retries", "0",
            "archive.bucket", cloud.bucket(),
            "archive.path-style", "true",
            "announce.topic", cloud.topicArn(),
            // MBeans take the better part of a start.
            "camel.main.jmx-enabled", "false"));
    settings.put("http.host", "127.0.0.1");
    settings.put("http.port", TestApplication.freePort());
    settings.put("management.host", "127.0.0.1");
    settings.put("management.port", TestApplication.freePort());
  }

  @AfterEach
  void stopFeeds() {
    properties.forEach(System::clearProperty);
    feeds.close();
  }

  /** Sets a system property until the test ends. */
  void property(String name, String value) {
    properties.add(name);
    System.setProperty(name, value);
  }

  /** Has commands with {@code --dataset who} find a feed of one day, and the table. */
  void manyPlaces() {
    feeds.answer(
        "/who.csv",
        "Date_reported,Country_code,Country,Cumulative_cases,Cumulative_deaths\n"
            + "2020-01-05,DE,Germany,1,0\n",
        "\"1\"",
        "");
    property("feed.who.url", feeds.uri() + "/who.csv");
    property("store.table", cloud.tableOfPlaces());
    settings.keySet().removeIf(name -> name.startsWith("feed.") && name.endsWith(".url"));
  }

  /** What a command said, and how it ended. */
  record Ended(int exitCode, String out, String err) {}

  /** Executes a command with the settings of the test. */
  Ended command(String... words) throws IOException {
    Path config = folder.resolve("test.properties");
    StringBuilder text = new StringBuilder();
    settings.forEach((name, value) -> text.append(name).append(" = ").append(value).append('\n'));
    Files.writeString(config, text, UTF_8);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--config", config.toString()));
    return line(all.toArray(String[]::new));
  }

  /** Executes a command line as it is. */
  static Ended line(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Commands.execute(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new Ended(exitCode, out.toString(), err.toString());
  }

  /** The id of the current version. */
  String version() {
    return cloud
        .s3Client()
        .headObject(head -> head.bucket(cloud.bucket()).key("CovidData.csv"))
        .metadata()
        .get("version");
  }

  /** The id of the newest run. */
  String newestRun() {
    List<String> keys = cloud.keys("runs/");
    return keys.get(keys.size() - 1).replaceAll("runs/|\\.json", "");
  }
}
