package serve;

import covid.PlaceDays;

/**
 * The series of one place as a version has it.
 *
 * @param days of the place, at least one
 * @param packed header and rows as CSV, packed with gzip
 */
record SeriesObject(PlaceDays days, byte[] packed) {
  /** Of a few objects. */
  private static final int OVERHEAD = 500;

  /** About how much memory it needs. */
  long bytes() {
    return packed.length + bytes(days);
  }

  /** About how much memory days need; the figures are of 4 bytes, or 8 if they are large. */
  static long bytes(PlaceDays days) {
    return OVERHEAD
        + (long) days.size() * Integer.BYTES
        + (long) days.size() * days.metrics().size() * Long.BYTES;
  }
}
