package local;

import static java.util.stream.Collectors.joining;

import app.LocalSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

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

  private static final String PREFIX = "local.";

  /** The options that are no settings of the application. */
  private static final List<String> OWN =
      List.of(
          "feeds",
          "feeds.dir",
          "workers",
          "local.application",
          "local.data",
          DYNAMODB,
          S3,
          SNS,
          SQS,
          FEEDS);

  private static final int MOST_WORKERS = 16;

  /**
   * Reads the options.
   *
   * @param property gives the text of a system property; null if it is not set
   * @param problems are given what is wrong; then only the ports of what is returned may be used
   */
  static LocalOptions read(UnaryOperator<String> property, Problems problems) {
    Optional<LocalDataset> found =
        problems.of(
            () -> LocalDataset.find(text(property, "dataset").orElse(LocalDataset.DEFAULT)));
    LocalDataset dataset = found.orElseGet(() -> LocalDataset.find(LocalDataset.DEFAULT));
    Optional<Path> dir =
        problems
            .of(() -> text(property, "feeds.dir").map(name -> path("feeds.dir", name)))
            .flatMap(folder -> folder);
    Optional<Source> from = problems.of(() -> source(text(property, "feeds"), dir));
    Source source = from.orElse(Source.SYNTHETIC);
    boolean application =
        problems
            .of(() -> flag("local.application", text(property, "local.application")))
            .orElse(true);
    int workers = problems.of(() -> number(property, "workers", 0, 0, MOST_WORKERS)).orElse(0);
    // What follows from a dataset or a source that is not there is no mistake of its own.
    if (found.isPresent() && from.isPresent()) {
      problems.check(() -> dir.ifPresent(folder -> requireFeeds(folder, dataset)));
      problems.check(() -> requireSample(source, dataset));
    }
    if (found.isPresent()) {
      problems.check(() -> requirePlaces(workers, dataset));
    }
    problems.check(() -> requireApplication(workers, application));
    // A path with .. in it is one that S3Proxy finds nothing below.
    Path data =
        problems
            .of(() -> path("local.data", text(property, "local.data").orElse(dataFolder(dataset))))
            .orElse(Path.of(""))
            .toAbsolutePath()
            .normalize();
    List<LocalPort> ports = new ArrayList<>();
    ports.addAll(
        List.of(
            new LocalPort("DynamoDB", DYNAMODB, 8000),
            new LocalPort("S3", S3, 9000),
            new LocalPort("SNS", SNS, 9911)));
    // Without the application others may send chunks, and take them.
    if (workers > 0 || (!application && dataset.ofPlaces())) {
      ports.add(new LocalPort("SQS", SQS, 9324));
    }
    if (source != Source.LIVE) {
      ports.add(new LocalPort("the feeds", FEEDS, 8001));
    }
    if (application) {
      ports.add(new LocalPort("the dashboard", HTTP, 8080));
      ports.add(new LocalPort("management", MANAGEMENT, 9876));
    }
    return new LocalOptions(
        dataset,
        source,
        dir,
        data,
        application,
        workers,
        ports.stream()
            .flatMap(port -> problems.of(() -> chosen(property, port)).stream())
            .toList());
  }

  /**
   * The names that probably misspell an option, and those that look like one, one sentence each.
   *
   * @param names of all system properties
   */
  static List<String> misspelt(Set<String> names) {
    List<String> misspelt = new ArrayList<>();
    for (String name : new TreeSet<>(names)) {
      Optional<String> meant = LocalSettings.nearest(name, OWN);
      if (!OWN.contains(name) && (meant.isPresent() || name.startsWith(PREFIX))) {
        misspelt.add(
            "-D%s is not an option; %s"
                .formatted(
                    name,
                    meant
                        .map("did you mean -D%s?"::formatted)
                        .orElse("those that begin so are " + begun())));
      }
    }
    return misspelt;
  }

  private static String begun() {
    return OWN.stream()
        .filter(name -> name.startsWith(PREFIX))
        .map("-D"::concat)
        .collect(joining(", "));
  }

  /** Whether there is a queue. */
  boolean queue() {
    return ports.stream().anyMatch(port -> port.property().equals(SQS));
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

  private static void requireSample(Source source, LocalDataset dataset) {
    if (source == Source.SYNTHETIC && !FeedServer.hasSample(dataset)) {
      throw new CannotStartException(
          "The dataset %s has no synthetic samples: pull its real feeds with -Dfeeds=live, or serve"
                  .formatted(dataset.name())
              + " files with -Dfeeds.dir=DIR.");
    }
  }

  private static void requirePlaces(int workers, LocalDataset dataset) {
    if (workers > 0 && !dataset.ofPlaces()) {
      throw new CannotStartException(
          "-Dworkers=%d: the table of the dataset %s has one place, which one process stores;"
                  .formatted(workers, dataset.name())
              + " choose a dataset of many places with -Ddataset=NAME.");
    }
  }

  private static void requireApplication(int workers, boolean application) {
    if (workers > 0 && !application) {
      throw new CannotStartException(
          "-Dworkers=%d store what the application sends them: leave out".formatted(workers)
              + " -Dlocal.application=false.");
    }
  }

  /** A port with the number that was chosen for it, or else its own. */
  private static LocalPort chosen(UnaryOperator<String> property, LocalPort port) {
    String name = port.property();
    return new LocalPort(port.what(), name, number(property, name, port.number(), 1, 65_535));
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
