package simulator;

import covid.DayKey;
import covid.RevisionReport;
import covid.RunReport;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one simulated run did, and what befell it. */
final class Trace {
  private static final String MARKERS = "PUT open-runs/";

  private final Plan plan;
  private final boolean alone;
  private final List<String> calls = new ArrayList<>();
  private final List<String> disturbed = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private final List<DayKey> inserted = new ArrayList<>();
  private final List<DayKey> updated = new ArrayList<>();
  private Map<LocalDate, Integer> nyt = Map.of();
  private Map<LocalDate, Integer> jhu = Map.of();
  private Optional<RunReport> report = Optional.empty();
  private Optional<RevisionReport> revisions = Optional.empty();
  private String set = "";
  private String id = "";
  private boolean marked;
  private boolean unmarked;
  private boolean published;
  private int publishedBefore;
  private boolean dead;

  /**
   * @param plan what happens to its calls
   * @param alone whether no other run goes on meanwhile
   */
  Trace(Plan plan, boolean alone) {
    this.plan = plan;
    this.alone = alone;
  }

  /** Notes a call that is made now, and says its fate. */
  Fate next(String what) {
    Fate fate = plan.fate(calls.size(), what);
    calls.add(what);
    if (fate != Fate.FINE && fate != Fate.SLOW) {
      disturbed.add(what);
    }
    if (fate == Fate.FAILS_BEFORE || fate == Fate.FAILS_AFTER) {
      lost.add(what);
    }
    if (id.isEmpty() && what.startsWith(MARKERS)) {
      id = what.substring(MARKERS.length(), what.length() - ".json".length());
    }
    return fate;
  }

  /** How many messages it acknowledged. */
  int deletes() {
    return (int) calls.stream().filter(call -> call.startsWith("DeleteMessage")).count();
  }

  void dies() {
    dead = true;
  }

  void ended(RunReport ended) {
    report = Optional.of(ended);
    id = ended.id();
  }

  void ended(RevisionReport ended) {
    revisions = Optional.of(ended);
    id = ended.id();
  }

  void updates(DayKey day) {
    updated.add(day);
  }

  void unmarks() {
    unmarked = true;
  }

  void inserts(DayKey day) {
    inserted.add(day);
  }

  void marks() {
    marked = true;
  }

  void pullsNyt(Map<LocalDate, Integer> cases) {
    nyt = cases;
  }

  void pullsJhu(Map<LocalDate, Integer> cases) {
    jhu = cases;
  }

  void publishes() {
    published = true;
  }

  void reads(String published, int publishedDays) {
    set = published;
    publishedBefore = publishedDays;
  }

  boolean takesRevisions() {
    return plan.takesRevisions();
  }

  boolean isDead() {
    return dead;
  }

  boolean isAlone() {
    return alone;
  }

  /** The run; empty if it died before anybody knew of it. */
  String id() {
    return id;
  }

  /** The figures that the last request for this feed met. */
  Map<LocalDate, Integer> nyt() {
    return nyt;
  }

  /** The figures that the last request for this feed met. */
  Map<LocalDate, Integer> jhu() {
    return jhu;
  }

  /** Its report; empty if it died. */
  Optional<RunReport> report() {
    return report;
  }

  /** What it says of the revisions that it took; empty if it died, or made a run. */
  Optional<RevisionReport> revisions() {
    return revisions;
  }

  /** The published set that it read last. */
  String set() {
    return set;
  }

  /** Its calls, in this order. */
  List<String> calls() {
    return calls;
  }

  /** The days that it put into the table. */
  List<DayKey> inserted() {
    return inserted;
  }

  /** The days whose figures it changed in the table. */
  List<DayKey> updated() {
    return updated;
  }

  /** Whether it removed its marker. */
  boolean hasRemovedMarker() {
    return unmarked;
  }

  /** Whether its marker came into the bucket. */
  boolean hasMarker() {
    return marked;
  }

  /** Whether it put a set. */
  boolean hasPublished() {
    return published;
  }

  /** How many days the published set had when it read it. */
  int publishedBefore() {
    return publishedBefore;
  }

  /** Whether a call that begins so got no answer. */
  boolean isLost(String what) {
    return lost.stream().anyMatch(call -> call.startsWith(what));
  }

  /** Whether a call that begins so met a fault. */
  boolean isDisturbed(String what) {
    return disturbed.stream().anyMatch(call -> call.startsWith(what));
  }
}
