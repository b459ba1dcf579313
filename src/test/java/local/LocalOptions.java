package local;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What was asked of local mode, checked.
 *
 * @param dataset which feeds and places
 * @param source where the figures come from
 * @param feedsDir the folder that {@link Source#FILES} are in
 * @param data where the local cloud keeps its data
 * @param application whether the application is started too
 * @param workers how many processes store what the application sends to the queue; with 0 it has no
 *     queue
 * @param ports those that will be listened on
 */
record LocalOptions(
    LocalDataset dataset,
    Source source,
    Optional<Path> feedsDir,
    Path data,
    boolean application,
    int workers,
    List<LocalPort> ports) {

  /** Where figures come from. */
  enum Source {
    /** Invented feeds. */
    SYNTHETIC("the synthetic samples"),
    /** The real addresses. */
    LIVE("the real feeds (-Dfeeds=live)"),
    /** Files of a folder. */
    FILES("files (-Dfeeds.dir)");

    private final String text;

    Source(String text) {
      this.text = text;
    }

    /** For a sentence. */
    String text() {
      return text;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Servers, by the system property that says where they listen. */
  static final String DYNAMODB = Service.DYNAMODB.portProperty();

  static final String S3 = Service.S3.portProperty();
  static final String SNS = Service.SNS.portProperty();
  static final String SQS = Service.SQS.portProperty();
  static final String FEEDS = "local.feeds.port";
  static final String HTTP = "http.port";
  static final String MANAGEMENT = "management.port";

  private static final int MOST_WORKERS = 16;

  /**
   * Reads the options.
   *
   * @param property gives the text of a system property; null if it is not set
   * @throws CannotStartException for the first one that is wrong
   */
  static LocalOptions read(UnaryOperator<String> property) {
    LocalDataset dataset = LocalDataset.find(text(property, "dataset").orElse("us"));
    Optional<Path> dir = text(property, "feeds.dir").map(name -> path("feeds.dir", name));
    Source source = source(text(property, "feeds"), dir);
    dir.ifPresent(folder -> requireFeeds(folder, dataset));
    if (source == Source.SYNTHETIC && !FeedServer.hasSample(dataset)) {
      throw new CannotStartException(
          "The dataset %s has no synthetic samples: pull its real feeds with -Dfeeds=live, or serve"
                  .formatted(dataset.name())
              + " files with -Dfeeds.dir=DIR.");
    }
    boolean application = flag("local.application", text(property, "local.application"));
    int workers = workers(property, dataset, application);
    // A path with .. in it is one that S3Proxy finds nothing below.
    Path data =
        path("local.data", text(property, "local.data").orElse(dataFolder(dataset)))
            .toAbsolutePath()
            .normalize();
    Stream<LocalPort> always =
        Stream.of(
            port(property, "DynamoDB", DYNAMODB, 8000),
            port(property, "S3", S3, 9000),
            port(property, "SNS", SNS, 9911));
    Stream<LocalPort> queue =
        workers == 0 ? Stream.of() : Stream.of(port(property, "SQS", SQS, 9324));
    Stream<LocalPort> feeds =
        source == Source.LIVE ? Stream.of() : Stream.of(port(property, "the feeds", FEEDS, 8001));
    Stream<LocalPort> servers =
        application
            ? Stream.of(
                port(property, "the dashboard", HTTP, 8080),
                port(property, "management", MANAGEMENT, 9876))
            : Stream.of();
    return new LocalOptions(
        dataset,
        source,
        dir,
        data,
        application,
        workers,
        Stream.of(always, queue, feeds, servers).flatMap(each -> each).toList());
  }

  /** The number of a port by its system property. */
  int port(String property) {
    return ports.stream()
        .filter(port -> port.property().equals(property))
        .mapToInt(LocalPort::number)
        .findFirst()
        .orElseThrow();
  }

  private static Optional<String> text(UnaryOperator<String> property, String name) {
    return Optional.ofNullable(property.apply(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  private static Source source(Optional<String> feeds, Optional<Path> dir) {
    if (feeds.isPresent() && !feeds.get().equals("live")) {
      throw new CannotStartException(
          "-Dfeeds is '%s'; it can only be live, for the real feeds. For files, give their folder as"
                  .formatted(feeds.get())
              + " -Dfeeds.dir=DIR; without either, synthetic samples are served.");
    }
    if (feeds.isPresent() && dir.isPresent()) {
      throw new CannotStartException(
          "-Dfeeds=live pulls the real feeds and -Dfeeds.dir=%s serves files: give one of them."
              .formatted(dir.get()));
    }
    return feeds.isPresent() ? Source.LIVE : dir.isPresent() ? Source.FILES : Source.SYNTHETIC;
  }

  private static String dataFolder(LocalDataset dataset) {
    return dataset.isDefault() ? "data/local" : "data/local-" + dataset.name();
  }

  private static void requireFeeds(Path dir, LocalDataset dataset) {
    if (!Files.isDirectory(dir)) {
      throw new CannotStartException("-Dfeeds.dir is '%s', which is not a folder.".formatted(dir));
    }
    List<String> missing =
        dataset.files().stream().filter(name -> !FeedServer.isIn(dir, name)).toList();
    if (!missing.isEmpty()) {
      throw new CannotStartException(
          "-Dfeeds.dir is '%s', which lacks %s: each may also be there as .gz."
              .formatted(dir, String.join(" and ", missing)));
    }
  }

  private static Path path(String name, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new CannotStartException("-D%s is '%s', which is not a path.".formatted(name, text));
    }
  }

  private static boolean flag(String name, Optional<String> text) {
    return switch (text.orElse("true").toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new CannotStartException(
              "-D%s is '%s', which is not true or false.".formatted(name, text.get()));
    };
  }

  private static int workers(
      UnaryOperator<String> property, LocalDataset dataset, boolean application) {
    int workers = number(property, "workers", 0, 0, MOST_WORKERS);
    if (workers > 0 && !dataset.ofPlaces()) {
      throw new CannotStartException(
          "-Dworkers=%d: the table of the dataset %s has one place, which one process stores;"
                  .formatted(workers, dataset.name())
              + " choose a dataset of many places with -Ddataset=NAME.");
    }
    if (workers > 0 && !application) {
      throw new CannotStartException(
          "-Dworkers=%d store what the application sends them: leave out".formatted(workers)
              + " -Dlocal.application=false.");
    }
    return workers;
  }

  private static LocalPort port(
      UnaryOperator<String> property, String what, String name, int otherwise) {
    return new LocalPort(what, name, number(property, name, otherwise, 1, 65_535));
  }

  private static int number(
      UnaryOperator<String> property, String name, int otherwise, int least, int most) {
    Optional<String> text = text(property, name);
    try {
      int number = text.map(Integer::parseInt).orElse(otherwise);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new CannotStartException(
        "-D%s is '%s', which is not a whole number from %d to %d."
            .formatted(name, text.orElseThrow(), least, most));
  }
}
