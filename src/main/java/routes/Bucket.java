package routes;

/**
 * Endpoints of the bucket, and what lies where in it. A key may hold simple expressions.
 *
 * <pre>
 *   CovidData.csv             the set (archive.key)
 *   runs/ID.json              what happened in each run
 *   quarantine/ID.csv         rows that a run set aside
 *   dead-letter/DATE.json     days that could not be written yet
 *   dead-letter-damaged/...   entries of the dead letter that could not be read
 *   open-runs/ID.json         runs whose end nobody was told yet
 * </pre>
 */
final class Bucket {
  static final String ARCHIVE = "{{archive.key}}";
  static final String REPORTS = "runs/";
  static final String REPORT = REPORTS + "${variable.run.id}.json";
  static final String QUARANTINE = "quarantine/${variable.run.id}.csv";
  static final String DEAD_LETTERS = "dead-letter/";
  static final String OPEN_RUNS = "open-runs/";
  static final String OPEN_RUN = OPEN_RUNS + "${variable.run.id}.json";

  /** The file name is never used; without one the endpoint asks for the bucket when it starts. */
  private static final String BUCKET = "aws2-s3:{{archive.bucket}}?fileName=-";

  private Bucket() {}

  static String put(String key) {
    return BUCKET + "&keyName=" + key;
  }

  static String get(String key) {
    return BUCKET + "&operation=getObject&keyName=" + key;
  }

  static String list(String prefix) {
    return BUCKET + "&operation=listObjects&prefix=" + prefix;
  }

  static String delete(String key) {
    return BUCKET + "&operation=deleteObject&keyName=" + key;
  }

  static String copy(String key) {
    return BUCKET + "&operation=copyObject&keyName=" + key;
  }

  /** Takes a prepared request of the AWS SDK as its body. */
  static String listRequest() {
    return BUCKET + "&operation=listObjects&pojoRequest=true";
  }
}
