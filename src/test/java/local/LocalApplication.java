package local;

import static java.util.stream.Collectors.joining;

import app.Application;
import app.LocalSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * The application on this machine alone: the local cloud, sample feeds, one run, and then it serves
 * until it is stopped. Apart from where things are, it is what runs in production.
 *
 * <p>System properties:
 *
 * <ul>
 *   <li>{@code local.application}: {@code false} starts only the cloud and the feeds, and prints
 *       the environment in which another process uses them, as lines for a shell
 *   <li>{@code dataset}: {@code us} by default
 *   <li>{@code feeds}: {@code live} pulls the real addresses
 *   <li>{@code feeds.dir}: a folder to serve the feeds from
 *   <li>{@code local.data}: where the local cloud keeps its data, {@code data/local} by default,
 *       and {@code data/local-NAME} for another dataset
 *   <li>{@code workers}: how many processes store what the run sends to the queue, for a dataset of
 *       many places; 0 by default, and then there is no queue
 *   <li>{@code http.port} (8080), {@code management.port} (9876), {@code local.feeds.port} (8001),
 *       {@code local.dynamodb.port} (8000), {@code local.s3.port} (9000), {@code local.sns.port}
 *       (9911) and, with workers, or without the application for a dataset of many places, {@code
 *       local.sqs.port} (9324)
 * </ul>
 *
 * <p>What is wrong with them, and with the names of settings, is said in one sentence each, before
 * anything is started; the exit code is 64 then, as for a wrong setting of the application.
 */
public final class LocalApplication {
  private static final int WRONG_OPTION = 64;

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
      start();
    } catch (CannotStartException e) {
      System.err.println(e.getMessage());
      System.exit(WRONG_OPTION);
    }
  }

  private static void start() throws InterruptedException {
    Problems problems = new Problems();
    LocalOptions options = LocalOptions.read(System::getProperty, problems);
    if (options.workers() > 0) {
      FirstRun.showBar();
    }
    problems.addAll(LocalOptions.misspelt(System.getProperties().stringPropertyNames()));
    problems.addAll(LocalSettings.misspelt(options.dataset().name()));
    // Which folder is meant is known only if all is right so far. It is held until the process
    // ends.
    Optional<DataFolder> data =
        problems.isEmpty() ? problems.of(() -> DataFolder.open(options.data())) : Optional.empty();
    data.ifPresent(folder -> problems.check(() -> folder.require(options.source())));
    problems.addAll(LocalPort.problems(options.ports()));
    problems.requireNone();
    data.orElseThrow().note(options.source());

    LocalCloud cloud =
        LocalCloud.at(
            options.data(),
            new Ports(
                options.port(LocalOptions.DYNAMODB),
                options.port(LocalOptions.S3),
                options.port(LocalOptions.SNS),
                options.queue() ? options.port(LocalOptions.SQS) : 0));
    if (options.dataset().ofPlaces()) {
      System.setProperty("store.table", cloud.tableOfPlaces());
    }
    String feeds = feeds(options);
    if (options.application()) {
      cloud.systemProperties().forEach(System::setProperty);
      System.setProperty("camel.main.profile", "local");
      for (String port : List.of(LocalOptions.HTTP, LocalOptions.MANAGEMENT)) {
        System.setProperty(port, Integer.toString(options.port(port)));
      }
      if (options.workers() > 0) {
        startWorkers(cloud, options);
      }
      FirstRun.prepare(places(cloud, options, feeds));
      Application.main("serve");
    } else {
      environment(cloud, options)
          .forEach(
              (name, value) ->
                  System.out.printf("export %s=%s%n", name, LocalSettings.quoted(value)));
      // Not among the lines that a shell reads.
      System.err.println("Ready; Ctrl-C stops it.");
      new CountDownLatch(1).await();
    }
  }

  private static void startWorkers(LocalCloud cloud, LocalOptions options) {
    String queue = "aws2-sqs:chunks?queueUrl=" + cloud.queueUrl();
    Map<String, String> environment = environment(cloud, options);
    environment.put("CHUNKS_FROM", queue);
    LocalWorkers.start(options.workers(), options.data(), environment, "work");
    System.setProperty("chunks.to", queue);
  }

  private static String feeds(LocalOptions options) {
    LocalDataset dataset = options.dataset();
    if (options.source() == LocalOptions.Source.LIVE) {
      return "the real ones, "
          + dataset.feeds().keySet().stream().map(LocalDataset::url).collect(joining(" and "));
    }
    int port = options.port(LocalOptions.FEEDS);
    boolean synthetic = options.source() == LocalOptions.Source.SYNTHETIC;
    System.setProperty("feed.synthetic", Boolean.toString(synthetic));
    FeedServer server =
        synthetic
            ? FeedServer.synthetic(port, dataset)
            : FeedServer.folder(port, options.feedsDir().orElseThrow());
    dataset
        .feeds()
        .forEach(
            (feed, file) ->
                System.setProperty(
                    LocalDataset.url(feed), server.uri().resolve("/" + file).toString()));
    String kind =
        synthetic
            ? "SYNTHETIC, their figures are invented"
            : "files of " + options.feedsDir().orElseThrow();
    return "%s (%s)".formatted(server.uri(), kind);
  }

  private static Map<String, String> environment(LocalCloud cloud, LocalOptions options) {
    Map<String, String> environment = new TreeMap<>(cloud.environment());
    if (!options.queue()) {
      environment.remove("AWS_ENDPOINT_URL_SQS");
    }
    environment.put("ARCHIVE_BUCKET", cloud.bucket());
    environment.put("ARCHIVE_PATH_STYLE", "true");
    environment.put("ANNOUNCE_TOPIC", cloud.topicArn());
    Stream.concat(
            options.dataset().feeds().keySet().stream().map(LocalDataset::url),
            Stream.of("dataset", "feed.synthetic", "store.table"))
        .filter(setting -> System.getProperty(setting) != null)
        .forEach(
            setting ->
                environment.put(
                    setting.toUpperCase(Locale.ROOT).replace('.', '_'),
                    System.getProperty(setting)));
    return environment;
  }

  private static String places(LocalCloud cloud, LocalOptions options, String feeds) {
    Path here = Path.of("").toAbsolutePath();
    Path data = options.data().startsWith(here) ? here.relativize(options.data()) : options.data();
    List<Map.Entry<String, Object>> places = new ArrayList<>();
    places.addAll(
        List.of(
            Map.entry("Dashboard", "http://127.0.0.1:" + options.port(LocalOptions.HTTP)),
            Map.entry(
                "Hawtio",
                "http://127.0.0.1:%d/hawtio".formatted(options.port(LocalOptions.MANAGEMENT))),
            Map.entry("Feeds", feeds),
            Map.entry(
                "Table",
                "%s at %s"
                    .formatted(
                        options.dataset().ofPlaces() ? cloud.tableOfPlaces() : cloud.table(),
                        cloud.dynamoDb())),
            Map.entry("Bucket", "%s/%s".formatted(cloud.s3(), cloud.bucket())),
            Map.entry("Messages", data.resolve("sns-outbox")),
            Map.entry("Data", "%s (delete it to begin anew)".formatted(data))));
    if (options.workers() > 0) {
      places.add(Map.entry("Queue", cloud.queueUrl()));
      places.add(
          Map.entry(
              "Workers",
              "%d, their logs are %s".formatted(options.workers(), data.resolve("worker-*.log"))));
    }
    StringBuilder text = new StringBuilder("Where to look:\n");
    places.forEach(place -> text.append("%-9s %s%n".formatted(place.getKey(), place.getValue())));
    return text.append("\nServing; Ctrl-C stops it.").toString();
  }
}
