package serve;

import covid.Series;
import java.time.Instant;
import web.Answer;

/** One state of the set of one place: the current one, or a version. */
interface OneSet {
  /** Its days. */
  Series series();

  /** When it was published. */
  Instant updatedAt();

  /** The set. */
  Answer csv() throws Exception;

  /** Its chart as PNG. */
  Answer png() throws Exception;

  /** Its chart as SVG. */
  Answer svg() throws Exception;
}
