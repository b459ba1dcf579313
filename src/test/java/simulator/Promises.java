package simulator;

import static java.util.stream.Collectors.toSet;

import covid.DayKey;
import covid.DeadLetter;
import covid.Place;
import covid.RunReport;
import covid.RunStatus;
import java.util.List;
import java.util.Set;

/** What must hold after each round, and at the end of a simulation. */
final class Promises {
  private static final String DEAD_LETTERS = "dead-letter/";
  private static final String MARKERS = "open-runs/";

  private Promises() {}

  /** What must hold of a run when its round is over. */
  static void ofRun(World world, Trace run) {
    if (world.store().isQueued()) {
      // Several processes may have had it, and others have stored its days.
      return;
    }
    run.report().ifPresent(report -> ofReport(world, run, report));
    List<String> texts =
        world.topic().messages().stream()
            .filter(message -> message.run().equals(run.id()))
            .map(SimulatedTopic.Message::text)
            .toList();
    if (Set.copyOf(texts).size() > 1) {
      world.found("run %s has messages with different texts: %s", run.id(), texts);
    }
    if (texts.size() > 1 && !run.isDisturbed("Publish")) {
      world.found("run %s has %s messages although none was lost", run.id(), texts.size());
    }
  }

  private static void ofReport(World world, Trace run, RunReport report) {
    boolean ended = report.status() == RunStatus.SUCCEEDED || report.status() == RunStatus.PARTIAL;
    RunReport.Days days = report.days();
    if (ended && days.joined() != days.added() + days.present() + days.deadLettered()) {
      world.found("the outcomes of run %s do not add up: %s", report.id(), days);
    }
    Set<DayKey> deadLettered =
        report.deadLetters().stream().map(letter -> letter.day().key()).collect(toSet());
    run.nyt().keySet().stream()
        .filter(run.jhu()::containsKey)
        .map(date -> new DayKey(SimulatedTable.US, date))
        .filter(day -> ended && !world.table().days().contains(day))
        .filter(day -> !deadLettered.contains(day))
        .forEach(day -> world.found("%s is not in the table after run %s", day, report.id()));
    if (ended && !run.hasPublished() && report.supersededBy() == null) {
      world.found("run %s is %s and published nothing", report.id(), report.status());
    }
    if (!run.isDisturbed("PUT runs/")
        && !world.bucket().objects().containsKey("runs/" + report.id() + ".json")) {
      world.found("run %s has no report in the bucket", report.id());
    }
    counts(world, run, report);
    for (DeadLetter letter : report.deadLetters()) {
      DayKey day = letter.day().key();
      if (!world.table().days().contains(day)
          && !world.deadLetters().contains(day)
          && !cannotBeKept(world, run, report, day)) {
        world.found("%s is neither in the table nor in the dead letter", day);
      }
    }
  }

  /** Another run may have changed the object of a place again and again: the report says so. */
  private static boolean cannotBeKept(World world, Trace run, RunReport report, DayKey day) {
    return world.store() == Store.DATE
        ? run.isDisturbed("PUT " + DEAD_LETTERS + day.date())
        : report.warnings().stream().anyMatch(warning -> warning.contains("keep-dead-letters"));
  }

  /**
   * What a run says that it added is what it inserted, but for days whose answer was lost for good:
   * these are in its dead letter. Where an answer was lost, two things are not known to the run: if
   * the day cannot be read again, whether it wrote it (it counts as present, with a warning); if
   * another process wrote the same figures into a table of one place, now or before a replay, which
   * of them did (both may count it).
   */
  private static void counts(World world, Trace run, RunReport report) {
    long inDoubt =
        report.deadLetters().stream()
            .filter(letter -> run.inserted().contains(letter.day().key()))
            .count();
    long inserted = run.inserted().size() - inDoubt;
    boolean unread = run.isDisturbed("PutItem") && run.isDisturbed("GetItem");
    boolean replays = !report.replay().added().isEmpty();
    boolean shared =
        world.store() == Store.DATE && run.isLost("PutItem") && (replays || !run.isAlone());
    if (report.added() < inserted && !unread || report.added() > inserted && !shared) {
      world.found("run %s says %s added and inserted %s", report.id(), report.added(), inserted);
    }
  }

  /**
   * What must hold after the undisturbed run at the end.
   *
   * @param last that run
   * @param all runs of the simulation
   */
  static void atTheEnd(World world, Trace last, List<Trace> all) {
    if (last.report().map(RunReport::status).filter(RunStatus.SUCCEEDED::equals).isEmpty()) {
      world.found("the undisturbed run at the end: %s", last.report());
    }
    Set<DayKey> stored = world.table().days();
    for (Place place : world.store().places()) {
      world.feeds().cases().keySet().stream()
          .map(date -> new DayKey(place, date))
          .filter(day -> !stored.contains(day))
          .forEach(day -> world.found("%s is lost: it is not in the table", day));
    }
    Set<String> rest =
        world.bucket().objects().keySet().stream()
            .filter(key -> key.startsWith(DEAD_LETTERS) || key.startsWith(MARKERS))
            .collect(toSet());
    if (!rest.isEmpty()) {
      world.found("the bucket still has %s", rest);
    }
    SimulatedBucket.Stored set = world.bucket().objects().get(Watch.SET);
    if (set == null
        || !set.text().equals(SimulatedFeeds.set(world.store(), last.nyt(), last.jhu()))) {
      world.found("the published set is not that of the last pull");
    }
    if (world.store().isQueued()) {
      new QueuePromises(world).atTheEnd();
    }
    new VersionPromises(world).atTheEnd();
    // Without a marker, a run whose message cannot be sent has its report and its exit code only.
    all.stream()
        .filter(Promises::hasToBeAnnounced)
        .filter(run -> !isAnnounced(world, run.id()))
        .forEach(run -> world.found("no message names run %s", run.id()));
  }

  /** What took no revision is no news, unless it left its marker. */
  private static boolean hasToBeAnnounced(Trace run) {
    if (run.takesRevisions()) {
      return run.hasMarker() && !(run.updated().isEmpty() && run.hasRemovedMarker());
    }
    return run.hasMarker() || !run.isDead() && !run.isDisturbed("Publish");
  }

  /** Whether a message is of a run, or names it. */
  static boolean isAnnounced(World world, String run) {
    return world.topic().messages().stream()
        .anyMatch(message -> message.run().equals(run) || message.text().contains(run));
  }
}
