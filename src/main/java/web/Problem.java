package web;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A problem of a request, as in <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>.
 *
 * @param status the HTTP status
 * @param type its kind; {@code about:blank} if the status is enough
 * @param title what went wrong, the same for all of its kind
 * @param detail a sentence about this occurrence
 * @param members further members of the document
 * @param headers of the answer
 */
public record Problem(
    int status,
    String type,
    String title,
    String detail,
    Map<String, String> members,
    Map<String, String> headers) {

  /** The media type of the document. */
  public static final String TYPE = "application/problem+json";

  private static final int SECONDS_UNTIL_A_RUN = 60;
  private static final int SECONDS_UNTIL_A_RETRY = 5;

  /** A problem of no special type. */
  public static Problem of(int status, String detail) {
    return of(status, "about:blank", HttpResponseStatus.valueOf(status).reasonPhrase(), detail);
  }

  private static Problem of(int status, String type, String title, String detail) {
    return new Problem(status, type, title, detail, Map.of(), Map.of());
  }

  /** A parameter has a value that is not allowed. */
  public static Problem parameter(String name, String value, String allowed) {
    return of(400, "Parameter '%s' is '%s'; it must be %s.".formatted(name, value, allowed))
        .with("parameter", name)
        .with("allowed", allowed);
  }

  /** A parameter that has to be given is not. */
  public static Problem missing(String name, String allowed) {
    return of(400, "Parameter '%s' is missing; it must be %s.".formatted(name, allowed))
        .with("parameter", name)
        .with("allowed", allowed);
  }

  /**
   * There is no such parameter.
   *
   * @param allowed the known ones
   */
  public static Problem noParameter(String name, SortedSet<String> allowed) {
    if (allowed.isEmpty()) {
      return of(400, "There is no parameter '%s'; this path has none.".formatted(name))
          .with("parameter", name);
    }
    String names = String.join(", ", allowed);
    String hint =
        allowed.stream()
            .filter(name::equalsIgnoreCase)
            .findFirst()
            .map(", did you mean '%s'? There are"::formatted)
            .orElse("; there are");
    return of(400, "There is no parameter '%s'%s %s.".formatted(name, hint, names))
        .with("parameter", name)
        .with("allowed", names);
  }

  /** There are many places, and the request names none. */
  public static Problem noPlaceNamed() {
    return of(
            400,
            "There are figures of many places: name one with the parameter 'place'; /places lists"
                + " them.")
        .with("parameter", "place")
        .with("allowed", "codes that /places lists");
  }

  /** Figures are to be per 100,000 persons of places whose population is not known. */
  public static Problem noPopulation(String places) {
    return of(
            400,
            "The population of %s is not known: leave out the parameter 'per', or these places."
                .formatted(places))
        .with("parameter", "per")
        .with("allowed", "for places that /places lists with a population");
  }

  /**
   * There are no figures of such a place.
   *
   * @param nearest places that may be meant
   */
  public static Problem noPlace(String place, List<String> nearest) {
    return of(
        404,
        nearest.isEmpty()
            ? "There is no place '%s'; /places lists all.".formatted(place)
            : "There is no place '%s'; the nearest: %s. /places lists all."
                .formatted(place, String.join("; ", nearest)));
  }

  /** There is no report of such a run. */
  public static Problem noRun(String id) {
    return of(404, "There is no run '%s'; /runs lists them.".formatted(id));
  }

  /** There is no such entry in the dead letter. */
  public static Problem noDeadLetter(String name) {
    return of(404, "The dead letter has no '%s'.".formatted(name));
  }

  /** Rows that a run set aside are not there: no longer, or since they could not be put. */
  public static Problem noQuarantine(String run) {
    return of(
        404,
        "The quarantined rows of run '%s' are not there; its report counts them.".formatted(run));
  }

  /** There is no version with an id. */
  public static Problem noVersion(String id) {
    return of(404, "There is no version '%s'; /versions lists them.".formatted(id));
  }

  /** No version of the set has been kept yet. */
  public static Problem noVersions() {
    return of(404, "There are no versions yet; the next run keeps the first one.");
  }

  /**
   * A moment is before all versions.
   *
   * @param moment as the request has it
   * @param first the time of the first one
   */
  public static Problem noVersionAsOf(String moment, Instant first) {
    return of(
        404, "There is no version as of %s; the first one is from %s.".formatted(moment, first));
  }

  /**
   * The report of a run names no version.
   *
   * @param time when the run ended
   */
  public static Problem noVersionOf(String run, Instant time) {
    return of(
        404,
        "The report of run '%s' names no version: it published nothing, or is of an older program. Ask by its time, %s."
            .formatted(run, time));
  }

  /** Two versions differ in more days than an answer may have. */
  public static Problem tooManyDays(int most) {
    return of(
            400,
            "The versions differ in more than %d days: name places with the parameter 'place', or compare versions that are closer together."
                .formatted(most))
        .with("parameter", "place")
        .with("allowed", "codes that /places lists");
  }

  /** A bug of the program; the details are only in the log. */
  public static Problem fault() {
    return of(500, "Something went wrong here; the log has more.");
  }

  /** Nothing has been archived yet. */
  public static Problem noSetYet() {
    return of(
            503,
            "urn:problem-type:no-set-yet",
            "No data yet",
            "Nothing has been archived yet: wait for the first run to finish.")
        .header("Retry-After", Integer.toString(SECONDS_UNTIL_A_RUN));
  }

  /**
   * The bucket cannot be read at the moment, and nothing is cached.
   *
   * @param why a sentence
   */
  public static Problem away(String why) {
    return of(503, "urn:problem-type:bucket-away", "The archive cannot be read", why)
        .header("Retry-After", Integer.toString(SECONDS_UNTIL_A_RETRY));
  }

  /** Too many requests wait for the bucket already. */
  public static Problem busy() {
    return of(
            503,
            "urn:problem-type:busy",
            "Too many requests wait",
            "Too many requests wait for the archive; try again in a little while.")
        .header("Retry-After", Integer.toString(SECONDS_UNTIL_A_RETRY));
  }

  /** The same problem with another member. */
  public Problem with(String name, String value) {
    return new Problem(status, type, title, detail, plus(members, name, value), headers);
  }

  /** The same problem with another header. */
  public Problem header(String name, String value) {
    return new Problem(status, type, title, detail, members, plus(headers, name, value));
  }

  private static Map<String, String> plus(Map<String, String> map, String name, String value) {
    Map<String, String> more = new TreeMap<>(map);
    more.put(name, value);
    return more;
  }

  /** The document. */
  public byte[] json() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("type", type);
    document.put("title", title);
    document.put("status", status);
    document.put("detail", detail);
    document.putAll(members);
    return new JsonObject(document).toBuffer().getBytes();
  }
}
