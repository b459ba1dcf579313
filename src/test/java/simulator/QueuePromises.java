package simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import aws.BucketKeys;
import chunks.Chunk;
import chunks.ChunkMessage;
import chunks.ChunkResult;
import chunks.OpenRun;
import covid.DayKey;
import covid.DeadLetter;
import covid.KeySchema;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import web.Json;

/**
 * What must hold of runs whose days workers store, whichever processes had them: their results,
 * reports and items say the same.
 */
final class QueuePromises {
  private static final Json JSON = new Json(KeySchema.PLACE_DATE);
  private static final String REPORTS = "runs/";

  private final World world;

  QueuePromises(World world) {
    this.world = world;
  }

  // --- At each call

  /** What must hold when an object of the work, or a report, was put: what is there stays. */
  void ofPut(String key, Optional<SimulatedBucket.Stored> before) {
    String now = world.bucket().objects().get(key).text();
    if (before.isEmpty() || before.get().text().equals(now)) {
      return;
    }
    if (key.equals(BucketKeys.OPEN_RUN)
        ? !run(before.get().text()).equals(run(now))
        : key.startsWith(BucketKeys.WORK) || key.startsWith(REPORTS)) {
      world.found("%s is replaced: %s by %s", key, before.get().text(), now);
    }
  }

  private static String run(String openRun) {
    return parse(openRun, OpenRun.class).run();
  }

  /** What must hold when a message was removed: its chunk has a result, or its run is over. */
  void ofDelete(String message) {
    ChunkMessage chunk = parse(message, ChunkMessage.class);
    if (!has(BucketKeys.result(chunk.run(), chunk.chunk()))
        && has(BucketKeys.chunk(chunk.run(), chunk.object()))) {
      world.found(
          "chunk %s of run %s is acknowledged, and has no result", chunk.chunk(), chunk.run());
    }
  }

  // --- After each round

  /** What must hold of all runs when no process goes on. */
  void ofRound(Round round) {
    Map<String, Set<String>> texts =
        world.topic().messages().stream()
            .collect(
                groupingBy(
                    SimulatedTopic.Message::run, mapping(SimulatedTopic.Message::text, toSet())));
    texts.forEach(
        (run, all) -> {
          if (all.size() > 1 && !world.lostReports().contains(run)) {
            world.found("run %s has messages with different texts: %s", run, all);
          }
        });
    reports()
        .filter(report -> world.checked().add(report.id()))
        .forEach(report -> ofReport(report, round));
  }

  private Stream<RunReport> reports() {
    return world.bucket().objects().tailMap(REPORTS).entrySet().stream()
        .takeWhile(object -> object.getKey().startsWith(REPORTS))
        .map(object -> parse(object.getValue().text(), RunReport.class));
  }

  private void ofReport(RunReport report, Round round) {
    String id = report.id();
    Set<DayKey> items = items(id);
    if (report.status() != RunStatus.SUCCEEDED && report.status() != RunStatus.PARTIAL) {
      if (report.added() > items.size()) {
        world.found("run %s says %s added, and has %s items", id, report.added(), items.size());
      }
      return;
    }
    Results results = results(id);
    RunReport.Days days = report.days();
    if (days.joined() != days.added() + days.present() + days.deadLettered()) {
      world.found("the outcomes of run %s do not add up: %s", id, days);
    }
    if (report.added() != results.added.size()
        || days.added() != results.added.size()
        || days.present() != results.present
        || !keys(report.deadLetters()).equals(results.left)) {
      world.found(
          "run %s says %s, and its results have %s added, %s present and %s in the dead letter",
          id, days, results.added.size(), results.present, results.left.size());
    }
    // A worker that was frozen may insert days that its coordinator has given up.
    items.stream()
        .filter(day -> !results.added.contains(day) && !results.left.contains(day))
        .forEach(day -> world.found("%s is an item of run %s that it does not count", day, id));
    results.added.stream()
        .filter(day -> !items.contains(day))
        .forEach(day -> world.found("%s counts as added by run %s, and is not of it", day, id));
    results.left.stream()
        .filter(day -> !world.table().days().contains(day) && !world.deadLetters().contains(day))
        .filter(day -> report.warnings().stream().noneMatch(said -> said.contains("keep-dead")))
        .forEach(day -> world.found("%s is neither in the table nor in the dead letter", day));
    if (results.sealed && report.startedAt().isAfter(world.roundBegan()) && isServed(round)) {
      world.found("no worker stored chunks of run %s, although nothing kept them from it", id);
    }
  }

  /** Whether nothing keeps the chunks of a round's runs from a worker for long. */
  private static boolean isServed(Round round) {
    return round.workers().stream().anyMatch(Plan::isUndisturbed)
        && round.plans().stream().noneMatch(Plan::isDisturbedForLong);
  }

  /** The days of results. */
  private static final class Results {
    private final Set<DayKey> added = new HashSet<>();
    private final Set<DayKey> left = new HashSet<>();
    private int present;
    private boolean sealed;
  }

  private Results results(String run) {
    Results results = new Results();
    for (Chunk chunk : read(BucketKeys.plan(run), chunks.Plan.class).chunks()) {
      ChunkResult result = read(BucketKeys.result(run, chunk.number()), ChunkResult.class);
      result.added().stream().forEach(date -> results.added.add(new DayKey(chunk.place(), date)));
      results.left.addAll(keys(result.deadLetters()));
      results.present += result.present().size();
      results.sealed |= result.sealed();
    }
    return results;
  }

  private static Set<DayKey> keys(List<DeadLetter> letters) {
    return letters.stream().map(letter -> letter.day().key()).collect(toSet());
  }

  private Set<DayKey> items(String run) {
    return world.table().items().values().stream()
        .filter(item -> AttributeValue.fromS(run).equals(item.get("Run")))
        .map(world.table()::day)
        .collect(toSet());
  }

  // --- At the end

  /** What must hold after the undisturbed runs at the end. */
  void atTheEnd() {
    if (has(BucketKeys.OPEN_RUN)) {
      world.found("a run is still open");
    }
    Set<String> reported = reports().map(RunReport::id).collect(toSet());
    world.bucket().objects().keySet().stream()
        .filter(key -> key.startsWith(BucketKeys.WORK) && key.endsWith("/plan.json"))
        .map(key -> key.split("/")[1])
        .filter(run -> !reported.contains(run) && !world.lostReports().contains(run))
        .forEach(run -> world.found("run %s has a plan, and no report", run));
  }

  private boolean has(String key) {
    return world.bucket().objects().containsKey(key);
  }

  private <T> T read(String key, Class<T> type) {
    return parse(world.bucket().objects().get(key).text(), type);
  }

  private static <T> T parse(String text, Class<T> type) {
    try {
      return JSON.read(text.getBytes(UTF_8), type).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
