package local;

import app.Application;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * The application on this machine alone: the local cloud, sample feeds, one run, and then it serves
 * until it is stopped. Apart from where things are, it is what runs in production.
 *
 * <p>System properties:
 *
 * <ul>
 *   <li>{@code local.application}: {@code false} starts only the cloud and the feeds, and prints
 *       the environment in which another process uses them
 *   <li>{@code feeds}: {@code live} pulls the real addresses
 *   <li>{@code feeds.dir}: a folder to serve the feeds from
 *   <li>{@code local.data}: where the local cloud keeps its data, {@code data/local} by default
 *   <li>{@code local.feeds.port} (8001), and the ports of {@link Ports}
 * </ul>
 */
public final class LocalApplication {
  private LocalApplication() {}

  /**
   * Starts everything.
   *
   * @param args none
   */
  public static void main(String[] args) throws InterruptedException {
    // As in production, and not as in tests.
    System.setProperty("log4j2.configurationFile", "log4j2.properties,log4j2-local.properties");
    try {
      Path data = Path.of(System.getProperty("local.data", "data/local"));
      LocalCloud cloud = LocalCloud.at(data, Ports.fromSystemProperties());
      cloud.systemProperties().forEach(System::setProperty);
      System.setProperty("camel.main.profile", "local");
      String feeds = feeds();
      if (System.getProperty("local.application", "").equals("false")) {
        environment(cloud).forEach((name, value) -> System.out.println(name + "=" + value));
        new CountDownLatch(1).await();
      }

      Application.execute("run");
      System.out.println(places(cloud, data, feeds));
      Application.main("serve");
    } catch (IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static String feeds() {
    if ("live".equals(System.getProperty("feeds"))) {
      return "the real ones, feed.nyt.url and feed.jhu.url";
    }
    int port = Integer.getInteger("local.feeds.port", 8001);
    String dir = System.getProperty("feeds.dir", "");
    FeedServer server =
        dir.isEmpty() ? FeedServer.synthetic(port, 1) : FeedServer.folder(port, Path.of(dir));
    System.setProperty("feed.nyt.url", server.nyt().toString());
    System.setProperty("feed.jhu.url", server.jhu().toString());
    String kind = dir.isEmpty() ? "SYNTHETIC, their figures are invented" : "files of " + dir;
    return "%s (%s)".formatted(server.uri(), kind);
  }

  private static Map<String, String> environment(LocalCloud cloud) {
    Map<String, String> environment = new TreeMap<>(cloud.environment());
    environment.put("ARCHIVE_BUCKET", cloud.bucket());
    environment.put("ARCHIVE_PATH_STYLE", "true");
    environment.put("ANNOUNCE_TOPIC", cloud.topicArn());
    for (String feed : List.of("feed.nyt.url", "feed.jhu.url")) {
      if (System.getProperty(feed) != null) {
        environment.put(feed.toUpperCase(Locale.ROOT).replace('.', '_'), System.getProperty(feed));
      }
    }
    return environment;
  }

  private static String places(LocalCloud cloud, Path data, String feeds) {
    List<Map.Entry<String, Object>> places =
        List.of(
            Map.entry(
                "Dashboard",
                "http://127.0.0.1:%s".formatted(System.getProperty("http.port", "8080"))),
            Map.entry("Feeds", feeds),
            Map.entry("Table", "%s at %s".formatted(cloud.table(), cloud.dynamoDb())),
            Map.entry("Bucket", "%s/%s".formatted(cloud.s3(), cloud.bucket())),
            Map.entry("Messages", data.resolve("sns-outbox")),
            Map.entry("Data", "%s (delete it to begin anew)".formatted(data)));
    StringBuilder text = new StringBuilder("Where to look:\n");
    places.forEach(place -> text.append("%-9s %s%n".formatted(place.getKey(), place.getValue())));
    return text.append("\nServing; Ctrl-C stops it.").toString();
  }
}
