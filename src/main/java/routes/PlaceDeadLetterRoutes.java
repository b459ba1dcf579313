package routes;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import aws.ReplayableDays;
import covid.Day;
import covid.DayKey;
import covid.DeadLetter;
import covid.Metric;
import covid.RunFact;
import covid.RunFailedException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.apache.camel.model.ProcessorDefinition;
import software.amazon.awssdk.services.s3.S3Client;
import web.Json;

/**
 * The dead letter of a table of many places: the days that could not be written, one object a
 * place.
 *
 * <pre>
 *   replay-dead-letters       days that earlier runs left, by place -> store-place; remove those in
 *                             the table
 *     -> read-dead-letter
 *          -> get-dead-letter   S3 dead-letter/: one attempt, to the last byte
 *          ~> set-aside-dead-letter   cannot be read: S3 dead-letter-damaged/
 *     -> remove-replayed      S3 dead-letter/
 *   insert-days ~> dead-letter-days   retries exhausted, or refused: S3 dead-letter/
 *   store-day ~> dead-letter-day      the same for one day
 * </pre>
 *
 * What leads where ({@code ~>}) is in {@code errors.camel.yaml}.
 */
public final class PlaceDeadLetterRoutes extends RouteBuilder {
  private final FailedDays failedDays;
  private final Json json;
  private final Listing listing;
  private final List<Metric> metrics;
  private final boolean queued;

  /**
   * @param clock the time of a failure
   * @param json how an object is read
   * @param listing finds the objects
   * @param metrics of the dataset
   * @param queued whether workers store the days, through a queue: then the coordinator changes the
   *     dead letter once, when it knows all results
   */
  public PlaceDeadLetterRoutes(
      Clock clock, Json json, Listing listing, List<Metric> metrics, boolean queued) {
    this.failedDays = new FailedDays(clock);
    this.json = json;
    this.listing = listing;
    this.metrics = List.copyOf(metrics);
    this.queued = queued;
  }

  @Override
  public void configure() {
    DeadLetterRoutes.addReading(this);
    PlaceDeadLetters letters = letters();

    ProcessorDefinition<?> found =
        listing.forEach(
            from("direct:replay-dead-letters")
                .routeId("replay-dead-letters")
                .routeConfigurationId("stages"),
            Bucket.DEAD_LETTERS,
            "direct:read-dead-letter");
    if (queued) {
      afterResults();
    } else {
      beforeThePull(found);
    }

    from("direct:read-dead-letter")
        .routeId("read-dead-letter")
        .routeConfigurationId("dead-letters")
        .setHeader(AWS2S3Constants.KEY, simple("${body.key}"))
        .to("direct:get-dead-letter")
        .unmarshal(json.strict(DeadLetter[].class))
        .process(this::noteLeft)
        .id("note-dead-letters");

    from("direct:remove-replayed")
        .routeId("remove-replayed")
        .routeConfigurationId("stages")
        .process(exchange -> letters.remove(replayed(exchange)))
        .id("remove");

    ProcessorDefinition<?> ofBatch =
        from("direct:dead-letter-days")
            .routeId("dead-letter-days")
            .routeConfigurationId("best-effort")
            .setBody(failedDays::ofBatch)
            .id("failed-days");

    ProcessorDefinition<?> ofDay =
        from("direct:dead-letter-day")
            .routeId("dead-letter-day")
            .routeConfigurationId("best-effort")
            .setBody(failedDays::ofDay)
            .id("failed-day");

    // A worker notes them in the result of its chunk.
    if (!queued) {
      ofBatch.filter(simple("${body.size} > 0")).to("direct:keep-dead-letters");
      ofDay.to("direct:keep-dead-letters");
    }

    from("direct:keep-dead-letters")
        .routeId("keep-dead-letters")
        .routeConfigurationId("best-effort")
        .removeHeaders(Redelivery.HEADERS)
        .process(exchange -> letters.add(failed(exchange)))
        .id("keep");
  }

  /** The days that earlier runs left go before those of the pull. */
  private void beforeThePull(ProcessorDefinition<?> found) {
    removeReplayed(
            found
                .split()
                .exchange(exchange -> byPlace(Runs.of(exchange).days().left(), DeadLetter::day))
                .streaming()
                .parallelProcessing()
                .onPrepare(Branches::prepare)
                .executorService("store")
                .setVariable("letters", body())
                .setBody(PlaceDeadLetterRoutes::leftDays)
                .id("left-days")
                .to("direct:store-place")
                .end())
        .process(exchange -> Runs.of(exchange).table().check())
        .id("check-stop-of-replay");
  }

  /** The days that earlier runs left are in the chunks. */
  private void afterResults() {
    removeReplayed(
        from("direct:settle-dead-letters")
            .routeId("settle-dead-letters")
            .routeConfigurationId("stages")
            .split()
            .exchange(exchange -> byPlace(Runs.of(exchange).days().deadLetters(), DeadLetter::day))
            .streaming()
            .parallelProcessing()
            .onPrepare(Branches::prepare)
            .executorService("store")
            .id("split-dead-letters")
            .to("direct:keep-dead-letters")
            .end());
  }

  private static ProcessorDefinition<?> removeReplayed(ProcessorDefinition<?> stored) {
    return stored
        .split()
        .exchange(exchange -> byPlace(Runs.of(exchange).days().replayed(), Function.identity()))
        .streaming()
        .parallelProcessing()
        .onPrepare(Branches::prepare)
        .executorService("store")
        .id("split-replayed")
        .to("direct:remove-replayed")
        .end();
  }

  private PlaceDeadLetters letters() {
    return new PlaceDeadLetters(
        getContext().getRegistry().lookupByNameAndType("s3", S3Client.class),
        getContext().resolvePropertyPlaceholders("{{archive.bucket}}"),
        getContext().resolvePropertyPlaceholders(Bucket.DEAD_LETTERS),
        json);
  }

  private static <T> Collection<List<T>> byPlace(List<T> all, Function<T, Day> day) {
    return all.stream()
        .collect(groupingBy(one -> day.apply(one).place(), TreeMap::new, toList()))
        .values();
  }

  @SuppressWarnings("unchecked")
  private static List<Day> leftDays(Exchange exchange) {
    List<DeadLetter> left = exchange.getMessage().getBody(List.class);
    return left.stream().map(DeadLetter::day).toList();
  }

  /**
   * Notes the days of an object.
   *
   * @throws RunFailedException if it has none, one without a figure of the dataset, or one of a
   *     place whose object has another key
   */
  private void noteLeft(Exchange exchange) throws RunFailedException {
    String key = exchange.getMessage().getHeader(AWS2S3Constants.KEY, String.class);
    List<DeadLetter> left = List.of(exchange.getMessage().getBody(DeadLetter[].class));
    if (Bucket.name(exchange, Bucket.DEAD_LETTERS)
        .filter(name -> ReplayableDays.areOfPlace(left, name, metrics))
        .isEmpty()) {
      throw new RunFailedException("%s is not the dead letter of a place.".formatted(key));
    }
    left.forEach(letter -> Runs.of(exchange).note(new RunFact.DeadLetterFound(letter)));
  }

  @SuppressWarnings("unchecked")
  private static List<DayKey> replayed(Exchange exchange) {
    List<Day> days = exchange.getMessage().getBody(List.class);
    return days.stream().map(Day::key).toList();
  }

  @SuppressWarnings("unchecked")
  private static List<DeadLetter> failed(Exchange exchange) {
    return exchange.getMessage().getBody(List.class);
  }
}
