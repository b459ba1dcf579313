package serve;

import java.time.Duration;
import java.util.Optional;
import versions.Version;
import web.Answer;

/**
 * The version that a request is about.
 *
 * @param version its manifest
 * @param forGood whether the request names it, so that it is always this one
 * @param age the age of the list that it is from, if the bucket may have a newer one
 */
record AsOfVersion(Version version, boolean forGood, Optional<Duration> age) {
  /** An answer made from this version. */
  Answer answer(Answer answer) {
    return answer.ofVersion(version.id(), forGood).aged(age);
  }
}
