package crash;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import local.Call;

/** A call of the program at which a process can be struck. */
enum Step {
  OPEN(Role.COORDINATOR, "S3 PUT covid-data/who/work/open-run.json", 1),
  MARK(Role.COORDINATOR, "S3 PUT covid-data/who/open-runs/.*", 1),
  KEEP_BODY(Role.COORDINATOR, "S3 PUT covid-data/who/raw/.*", 1),
  PUT_CHUNK(Role.COORDINATOR, "S3 PUT covid-data/who/work/[^/]*/chunks/.*", 12),
  PLAN(Role.COORDINATOR, "S3 PUT covid-data/who/work/[^/]*/plan.json", 1),
  SEND(Role.COORDINATOR, "SQS SendMessage", 12),
  LIST_RESULTS(Role.COORDINATOR, "S3 GET covid-data\\?.*prefix=who/work/[^/]*/results/.*", 6),
  READ_RESULT(Role.COORDINATOR, "S3 GET covid-data/who/work/[^/]*/results/.*", 12),
  LEAVE(Role.COORDINATOR, "S3 PUT covid-data/who/dead-letter/.*", 2),
  PUT_SERIES(Role.COORDINATOR, "S3 PUT covid-data/who/series/.*", 12),
  PUT_MANIFEST(Role.COORDINATOR, "S3 PUT covid-data/who/versions/.*", 2),
  PUBLISH(Role.COORDINATOR, "S3 PUT covid-data/who/CovidData.csv", 1),
  REPORT(Role.COORDINATOR, "S3 PUT covid-data/who/runs/.*", 1),
  ANNOUNCE(Role.COORDINATOR, "SNS Publish", 1),
  UNMARK(Role.COORDINATOR, "S3 DELETE covid-data/who/open-runs/.*", 1),
  CLOSE(Role.COORDINATOR, "S3 DELETE covid-data/who/work/open-run.json", 1),

  TAKE(Role.WORKER, "SQS ReceiveMessage", 20),
  READ_CHUNK(Role.WORKER, "S3 GET covid-data/who/work/[^/]*/chunks/.*", 12),
  QUERY(Role.WORKER, "DynamoDB Query", 12),
  INSERT(Role.WORKER, "DynamoDB BatchExecuteStatement", 20),
  SETTLE(Role.WORKER, "S3 PUT covid-data/who/work/[^/]*/results/.*", 12),
  REMOVE(Role.WORKER, "SQS DeleteMessage", 12);

  /** Who makes such calls; the coordinator makes those that seal a chunk, too. */
  enum Role {
    COORDINATOR,
    WORKER
  }

  private final Role role;
  private final Pattern calls;
  private final int most;

  Step(Role role, String calls, int most) {
    this.role = role;
    this.calls = Pattern.compile(calls);
    this.most = most;
  }

  Role role() {
    return role;
  }

  static Step[] ofCoordinators() {
    return of(Role.COORDINATOR);
  }

  static Step[] ofWorkers() {
    return of(Role.WORKER);
  }

  private static Step[] of(Role role) {
    return Stream.of(values()).filter(step -> step.role == role).toArray(Step[]::new);
  }

  /** So many of these calls a run makes at least, or about. */
  int most() {
    return most;
  }

  /** The steps that a call is. */
  static Stream<Step> of(Call call) {
    String line = call.toString();
    return Stream.of(values()).filter(step -> step.calls.matcher(line).matches());
  }
}
