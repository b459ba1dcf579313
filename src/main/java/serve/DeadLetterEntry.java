package serve;

import com.fasterxml.jackson.annotation.JsonIgnore;
import covid.DeadLetter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An entry of the dead letter.
 *
 * @param name of its object, without folder and {@code .json}: a date, or a place as in a key
 * @param days that are in it, ascending; none if a run cannot replay them, and then sets the entry
 *     aside
 * @param etag the entity tag of its object, quotes included
 */
public record DeadLetterEntry(String name, List<DeadLetter> days, @JsonIgnore String etag) {
  /** No folder, and nothing that a key could not have been made of. */
  private static final Pattern NAME = Pattern.compile("[\\w.-]{1,200}");

  public DeadLetterEntry {
    days = days.stream().sorted(Comparator.comparing(letter -> letter.day().date())).toList();
  }

  /** Whether an entry can have this name. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether it has a name that this program does not give. */
  @JsonIgnore
  public boolean isForeign() {
    return !isName(name);
  }
}
