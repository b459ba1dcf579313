package covid;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Growing figures of days by the indices that {@link DatePages} gives, at first {@link
 * PlaceDays#ABSENT}. Pages are in use as long as there is {@link Room} for them, and packed beyond:
 * of a long feed whose rows come day after day, only the last days of each place change. Not
 * thread-safe.
 */
final class FigurePages {
  /** A page of which all is absent. */
  private static final byte[] EMPTY = {};

  /** How many figures a page has: those of one metric after the other. */
  private final int figures;

  private final Room room;

  /** The page used last, by its number. */
  private int number = -1;

  private long[] page = {};

  /** The pages in use. */
  private long[] @Nullable [] used = {};

  /** The pages as they were last packed; null if they have changed since. */
  private byte[] @Nullable [] packed = {};

  /**
   * The room for pages in use, which the places of a feed share: rows in any order come to all of
   * them in turn, and to pack and unpack them would take longer than all else. Not thread-safe.
   */
  static final class Room {
    private int left;
    private boolean isUsedUp;

    /**
     * @param figures how many there is room for; each place has that for a page anyway
     */
    Room(int figures) {
      left = figures;
    }

    /** Whether a page was packed since there was no room for it. */
    private boolean isUsedUp() {
      return isUsedUp;
    }

    private boolean take(int figures) {
      boolean taken = left >= figures;
      left -= taken ? figures : 0;
      isUsedUp |= !taken;
      return taken;
    }
  }

  /**
   * @param metrics how many figures a day has
   */
  FigurePages(int metrics, Room room) {
    this.figures = metrics * DatePages.PAGE;
    this.room = room;
  }

  /** A figure by the indices of its metric and its day, or {@link PlaceDays#ABSENT}. */
  long at(int metric, int day) {
    use(day / DatePages.PAGE);
    return page[index(metric, day)];
  }

  /** Sets a figure, which may be {@link PlaceDays#ABSENT}. */
  void put(int metric, int day, long figure) {
    use(day / DatePages.PAGE);
    page[index(metric, day)] = figure;
    packed[number] = null;
  }

  private static int index(int metric, int day) {
    return metric * DatePages.PAGE + day % DatePages.PAGE;
  }

  private void use(int next) {
    if (next == number) {
      return;
    }
    if (next >= used.length) {
      int length = Math.max(next + 4, used.length + used.length / 2);
      int before = used.length;
      used = Arrays.copyOf(used, length);
      packed = Arrays.copyOf(packed, length);
      Arrays.fill(packed, before, length, EMPTY);
    }
    long[] found = used[next];
    page = found == null ? unpack(next) : found;
    number = next;
  }

  private long[] unpack(int next) {
    long[] free = number < 0 || room.take(figures) ? new long[figures] : pack();
    byte[] bytes = packed[next];
    if (bytes == null || bytes.length == 0) {
      Arrays.fill(free, PlaceDays.ABSENT);
    } else {
      PackedFigures.unpack(bytes, 0, free, 0, figures);
    }
    used[next] = free;
    return free;
  }

  /** Packs the page used last; returns what it took. */
  private long[] pack() {
    packed[number] = packed(number);
    used[number] = null;
    return page;
  }

  private byte[] packed(int number) {
    byte[] known = packed[number];
    if (known != null) {
      return known;
    }
    byte[] bytes = new byte[figures * PackedFigures.MOST_BYTES];
    int end = PackedFigures.pack(requireNonNull(used[number]), 0, figures, bytes, 0);
    return Arrays.copyOf(bytes, end);
  }

  /** Whether most pages are packed, since there is no room for them. */
  boolean arePacked() {
    return room.isUsedUp();
  }

  /**
   * Packed pages.
   *
   * @param starts the index of the first day of each
   */
  byte[][] packed(int[] starts) {
    byte[][] pages = new byte[starts.length][];
    for (int i = 0; i < starts.length; i++) {
      int page = starts[i] / DatePages.PAGE;
      pages[i] = page < packed.length ? packed(page) : EMPTY;
    }
    return pages;
  }

  /** Forgets all figures. */
  void clear() {
    used = new long[0][];
    packed = new byte[0][];
    page = new long[0];
    number = -1;
  }
}
