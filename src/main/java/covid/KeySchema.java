package covid;

import java.util.Locale;

/** The key of a dataset's table, and with it the form of everything that names a day. */
public enum KeySchema {
  /**
   * The date alone, as in version 0.1: a dataset of one place. Its set has the columns {@code
   * Date,Cases,Deaths,Country,Recovered}, its dead letter one object a day.
   */
  DATE,

  /** The place and the date: a dataset of any number of places and any metrics. */
  PLACE_DATE;

  /** As in the setting {@code store.key}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
