package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.Place;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import versions.Timeline;
import versions.VersionEntry;
import versions.VersionId;
import web.Answer;
import web.Json;
import web.Problem;
import web.ProblemException;
import web.Request;
import web.VersionLine;
import web.VersionPage;

/** Answers about versions. */
public final class VersionAnswers {
  private static final int USUAL = 50;
  private static final int MOST = 500;

  /** How many manifests a request may have read at the most, and again as many of their parents. */
  private static final int MOST_LOOKED_AT = 200;

  private final PublishedVersions versions;
  private final boolean ofPlaces;
  private final Json json;
  private final Bulkhead bulkhead;

  /**
   * @param versions of the published set
   * @param ofPlaces whether it is of many places
   * @param json how answers are written
   * @param bulkhead limits how many callers wait for the bucket
   */
  public VersionAnswers(
      PublishedVersions versions, boolean ofPlaces, Json json, Bulkhead bulkhead) {
    this.versions = versions;
    this.ofPlaces = ofPlaces;
    this.json = json;
    this.bulkhead = bulkhead;
  }

  /**
   * The page of versions that the parameters limit, before and place select.
   *
   * @throws ProblemException with status 400 if a parameter is unknown or has a value that is not
   *     allowed, 404 if no version has the place, 503 if the versions cannot be read
   */
  public Answer list(Request request) throws Exception {
    if (ofPlaces) {
      request.allow("limit", "before", "place");
    } else {
      request.allow("limit", "before");
    }
    int limit = Parameters.number(request, "limit", USUAL, MOST);
    String before = Parameters.version(request, "before");
    Optional<String> place = request.parameter("place");
    Published<KnownVersions> known = versions.timeline().current(bulkhead);
    Timeline timeline = known.content().timeline();
    VersionPage page =
        place.isEmpty()
            ? page(timeline.before(before, limit + 1), limit)
            : page(timeline.before(before, MOST_LOOKED_AT + 1), limit, place.get());
    return Answer.of(Answer.JSON, json.write(page)).aged(known.age());
  }

  /**
   * Fails if the list may lack versions.
   *
   * @throws ProblemException with status 503 if the index, or a manifest that names a version
   *     before it, is damaged; or if the versions cannot be read
   */
  public void checkWhole() throws ProblemException {
    KnownVersions known = versions.timeline().current(bulkhead).content();
    String gap = known.gap();
    if (gap != null) {
      throw new ProblemException(
          Problem.away(
              "%s Until then versions before %s may be missing here."
                  .formatted(gap, known.since())));
    }
  }

  private static VersionPage page(List<VersionEntry> found, int limit) {
    List<VersionLine> lines = found.stream().limit(limit).map(VersionLine::of).toList();
    return new VersionPage(
        lines, found.size() > limit ? next(limit, lines.get(limit - 1).id(), null) : null);
  }

  private VersionPage page(List<VersionEntry> found, int limit, String place) throws Exception {
    VersionsOfPlace ofPlace = new VersionsOfPlace(versions.manifests(), new Place(place.strip()));
    List<VersionEntry> some = found.subList(0, Math.min(found.size(), MOST_LOOKED_AT));
    String last = bulkhead.call(() -> ofPlace.find(some, limit));
    boolean isEnd = last == null || last.equals(found.get(found.size() - 1).id());
    return new VersionPage(ofPlace.lines(), isEnd ? null : next(limit, last, place));
  }

  private static String next(int limit, String before, @Nullable String place) {
    String kept = place == null ? "" : "place=" + URLEncoder.encode(place, UTF_8) + "&";
    return "versions?%slimit=%d&before=%s".formatted(kept, limit, before);
  }

  /**
   * The manifest of the version that the path names.
   *
   * @throws ProblemException with status 404 if there is none, 503 if it cannot be read
   */
  public Answer one(Request request) throws ProblemException {
    String id = request.name();
    if (!VersionId.isId(id)) {
      throw new ProblemException(Problem.noVersion(id));
    }
    AsOfVersion version = versions.find(new AsOf.OfVersion(id), bulkhead);
    return version.answer(Answer.of(Answer.JSON, json.write(version.version())));
  }
}
