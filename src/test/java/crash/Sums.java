package crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import chunks.ChunkResult;
import chunks.Plan;
import covid.Day;
import covid.DayKey;
import covid.DeadLetter;
import covid.KeySchema;
import covid.RunReport;
import covid.RunStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import local.LocalCloud;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import web.Json;

/** Whether the sums of a round are right: of its reports, results, dead letters and items. */
final class Sums {
  private static final Json JSON = new Json(KeySchema.PLACE_DATE);
  private static final String REPORTS = "who/runs/";
  private static final String DEAD_LETTERS = "who/dead-letter/";

  private final Schedule schedule;
  private final LocalCloud cloud;
  private final Map<DayKey, Map<String, AttributeValue>> before;
  private final Map<String, String> reports = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final List<String> findings = new ArrayList<>();
  private int sealed;

  /** Notes what the table has before the first run. */
  Sums(Schedule schedule, LocalCloud cloud) {
    this.schedule = schedule;
    this.cloud = cloud;
    this.before = items();
  }

  int runs() {
    return reports.size();
  }

  int sealed() {
    return sealed;
  }

  // --- After each run

  /** What is wrong when no process has a run open any more; late calls may still come. */
  List<String> afterRun(int number) throws IOException {
    findings.clear();
    for (String key : cloud.keys(REPORTS)) {
      String text = cloud.object(key).orElseThrow();
      String earlier = reports.putIfAbsent(key, text);
      check(earlier == null || earlier.equals(text), "%s has changed", key);
      numbers.putIfAbsent(key, number);
    }
    RunReport last =
        stored().stream().max(Comparator.comparing(RunReport::startedAt)).orElseThrow();
    check(
        deadLetters().equals(keys(last.deadLetters())),
        "After run %s the dead letter has %s, and the report %s",
        last.id(),
        deadLetters(),
        keys(last.deadLetters()));
    check(cloud.keys("who/open-runs/").isEmpty(), "Markers: %s", cloud.keys("who/open-runs/"));
    for (String key : cloud.keys("who/work/")) {
      check(
          !key.endsWith("/plan.json") || reports.containsKey(REPORTS + key.split("/")[2] + ".json"),
          "%s is of a run without a report",
          key);
    }
    return List.copyOf(findings);
  }

  /** The reports of runs that stored something; the others found another run open. */
  private List<RunReport> stored() throws IOException {
    List<RunReport> stored = new ArrayList<>();
    for (String text : reports.values()) {
      RunReport report = JSON.read(text.getBytes(UTF_8), RunReport.class).orElseThrow();
      if (report.status() == RunStatus.FAILED
          && String.valueOf(report.reason()).matches("Run \\S+ is open since .*")) {
        check(report.added() == 0, "%s found another run open, and added", report.id());
      } else {
        check(
            report.status() == RunStatus.SUCCEEDED || report.status() == RunStatus.PARTIAL,
            "Run %s %s: %s",
            report.id(),
            report.status(),
            report.reason());
        stored.add(report);
      }
    }
    return stored;
  }

  private Set<DayKey> deadLetters() throws IOException {
    Set<DayKey> keys = new HashSet<>();
    for (String key : cloud.keys(DEAD_LETTERS)) {
      DeadLetter[] letters =
          JSON.read(cloud.object(key).orElseThrow().getBytes(UTF_8), DeadLetter[].class)
              .orElseThrow();
      keys.addAll(keys(List.of(letters)));
    }
    return keys;
  }

  private static Set<DayKey> keys(List<DeadLetter> letters) {
    return letters.stream().map(letter -> letter.day().key()).collect(toSet());
  }

  // --- At the end

  /**
   * What is wrong when all processes have ended.
   *
   * @param otherWrites the operations other than inserts by which the table was changed
   */
  List<String> atTheEnd(Set<String> otherWrites) throws IOException {
    findings.clear();
    check(otherWrites.isEmpty(), "The table was changed by %s", otherWrites);
    Map<DayKey, Map<String, AttributeValue>> items = items();
    before.forEach(
        (key, item) ->
            check(item.equals(items.get(key)), "%s was %s, and is %s", key, item, items.get(key)));
    Map<DayKey, Day> feed =
        schedule.feeds().get(schedule.feeds().size() - 1).days().stream()
            .collect(toMap(Day::key, day -> day));
    check(
        items.keySet().equals(feed.keySet()),
        "The table has %d days, and the feed %d",
        items.size(),
        feed.size());
    Map<String, Set<DayKey>> byRun = new HashMap<>();
    items.forEach(
        (key, item) -> {
          String run = item.get("Run").s();
          if (!before.containsKey(key)) {
            byRun.computeIfAbsent(run, any -> new HashSet<>()).add(key);
            check(item.equals(Round.LAYOUT.item(feed.get(key), run)), "%s is %s", key, item);
          }
        });
    List<RunReport> stored = stored();
    for (RunReport report : stored) {
      checkRun(report, byRun.getOrDefault(report.id(), Set.of()));
      byRun.remove(report.id());
    }
    check(byRun.isEmpty(), "Items are of runs without a report: %s", byRun.keySet());
    check(deadLetters().isEmpty(), "The dead letter has %s", deadLetters());
    checkMessages();
    checkSet(feed);
    return List.copyOf(findings);
  }

  private void checkRun(RunReport report, Set<DayKey> items) throws IOException {
    String id = report.id();
    int number = numbers.get(REPORTS + id + ".json");
    RunReport.Days days = report.days();
    check(
        days.joined() == schedule.feeds().get(number).days().size()
            && days.joined() == days.added() + days.present() + days.deadLettered(),
        "Run %s: %s",
        id,
        days);
    Set<DayKey> added = new HashSet<>();
    Set<DayKey> present = new HashSet<>();
    Set<DayKey> left = new HashSet<>();
    Plan plan = read("who/work/%s/plan.json".formatted(id), Plan.class);
    for (chunks.Chunk chunk : plan.chunks()) {
      ChunkResult result =
          read("who/work/%s/results/%d.json".formatted(id, chunk.number()), ChunkResult.class);
      result.added().stream().forEach(date -> added.add(new DayKey(chunk.place(), date)));
      result.present().stream().forEach(date -> present.add(new DayKey(chunk.place(), date)));
      left.addAll(keys(result.deadLetters()));
      sealed += result.sealed() ? 1 : 0;
      for (DayKey key : keys(result.deadLetters())) {
        check(
            result.sealed() || number == 0 && schedule.refused().contains(key),
            "Run %s: %s is in the dead letter without a reason: %s",
            id,
            key,
            result.deadLetters().get(0).error());
      }
    }
    check(
        report.added() == added.size()
            && days.added() == added.size()
            && days.present() == present.size()
            && days.deadLettered() == left.size(),
        "Run %s: %s; its results have %d added, %d present, %d in the dead letter",
        id,
        days,
        added.size(),
        present.size(),
        left.size());
    check(left.equals(keys(report.deadLetters())), "Run %s: its dead letters are %s", id, left);
    check(
        days.revised() == schedule.found().values().stream().filter(more -> more > 0).count(),
        "Run %s: %d revised",
        id,
        days.revised());
    Set<DayKey> late = new HashSet<>(items);
    late.removeAll(added);
    check(
        items.containsAll(added) && left.containsAll(late),
        "Run %s added %d days; %d items are of it, and of the others %s were not in its dead letter",
        id,
        added.size(),
        items.size(),
        late.stream().filter(key -> !left.contains(key)).toList());
  }

  private <T> T read(String key, Class<T> type) throws IOException {
    return JSON.read(cloud.object(key).orElseThrow().getBytes(UTF_8), type).orElseThrow();
  }

  /** Each run has one text, however often it was sent. */
  private void checkMessages() {
    Map<String, Set<String>> texts =
        cloud.messages().stream()
            .collect(
                groupingBy(
                    message -> REPORTS + message.attributes().get("runId") + ".json",
                    mapping(message -> message.subject() + "\n" + message.text(), toSet())));
    texts.forEach((run, some) -> check(some.size() == 1, "%s has the messages %s", run, some));
    check(
        texts.keySet().equals(reports.keySet()),
        "There are messages of %s, and the reports %s",
        texts.keySet(),
        reports.keySet());
  }

  private void checkSet(Map<DayKey, Day> feed) {
    Optional<String> set = cloud.object("who/CovidData.csv");
    Set<String> lines = Set.copyOf(set.orElse("").lines().skip(1).toList());
    Set<String> wanted =
        feed.values().stream()
            .map(
                day ->
                    "%s,%s,%d,%d"
                        .formatted(
                            day.place().name(),
                            day.date(),
                            day.figure(covid.Metric.CASES).orElseThrow(),
                            day.figure(covid.Metric.DEATHS).orElseThrow()))
            .collect(toSet());
    check(lines.equals(wanted), "The published set is not the feed");
  }

  private Map<DayKey, Map<String, AttributeValue>> items() {
    return cloud.itemsOfPlaces().stream()
        .collect(toMap(item -> Round.LAYOUT.day(item).orElseThrow().key(), item -> item));
  }

  private void check(boolean right, String finding, Object... details) {
    if (!right) {
      findings.add(finding.formatted(details));
    }
  }
}
