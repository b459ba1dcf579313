package local;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.DAYS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The two feeds with invented figures: same layout, days, places and order as the real ones, and
 * the same bytes every time.
 *
 * <pre>
 *   New York Times   2020-01-21 .. 2023-01-24   1,100 rows, no newline after the last
 *   Johns Hopkins    2020-01-22 .. 2022-04-16   285 places x 816 days, place by place
 * </pre>
 *
 * <p>The figures of the US rise in the waves of the pandemic to about as many people as in reality.
 * As there, its recovered drop to 0 on 2020-12-14, those of the others on 2021-08-05, and Canada's
 * are never given.
 *
 * @param scale how many times the places of the Johns Hopkins feed, at least 1: 10 makes about 98
 *     MB, 100 about 990 MB. The US stays one row a day, for the added places have other names.
 */
public record SampleFeeds(int scale) {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 21);
  private static final int NYT_DAYS = 1100;
  private static final int JHU_DAYS = 816;
  private static final int US_RECOVERED_END = day(LocalDate.of(2020, 12, 14));
  private static final int RECOVERED_END = day(LocalDate.of(2021, 8, 5));

  private static final long[] US_CASES =
      course(
          1,
          new Wave(80, 6, 1_900_000),
          new Wave(182, 14, 3_200_000),
          new Wave(350, 20, 22_000_000),
          new Wave(455, 14, 4_000_000),
          new Wave(590, 20, 12_500_000),
          new Wave(722, 9, 36_500_000),
          new Wave(895, 35, 14_000_000),
          new Wave(1060, 30, 8_000_000));
  private static final long[] US_DEATHS =
      course(
          0,
          new Wave(90, 7, 115_000),
          new Wave(200, 18, 85_000),
          new Wave(362, 20, 350_000),
          new Wave(470, 18, 30_000),
          new Wave(610, 22, 210_000),
          new Wave(742, 12, 195_000),
          new Wave(905, 40, 80_000),
          new Wave(1070, 30, 50_000));

  /** Refuses a scale below 1. */
  public SampleFeeds {
    if (scale < 1) {
      throw new IllegalArgumentException("The scale must be 1 or more, not " + scale + ".");
    }
  }

  /** The feeds in their real size. */
  public SampleFeeds() {
    this(1);
  }

  /** Writes {@code us.csv}; the stream is flushed and left open. */
  public void writeNyt(OutputStream out) throws IOException {
    var csv = new CsvWriter(out);
    csv.text("date,cases,deaths");
    for (int day = 0; day < NYT_DAYS; day++) {
      csv.text("\n").text(date(day)).number(US_CASES[day]).number(US_DEATHS[day]);
    }
    csv.flush();
  }

  /**
   * Writes {@code time-series-19-covid-combined.csv} in constant memory; the stream is flushed and
   * left open.
   */
  public void writeJhu(OutputStream out) throws IOException {
    var csv = new CsvWriter(out);
    csv.text("Date,Country/Region,Province/State,Confirmed,Recovered,Deaths\n");
    var dates = dates();
    int seed = 0;
    for (var place : places()) {
      for (int copy = scale; copy > 1; copy--) {
        writePlace(csv, dates, place.copy(copy), seed++);
      }
      if (place.isUs()) {
        writeUs(csv, dates, place);
      } else {
        writePlace(csv, dates, place, seed++);
      }
    }
    csv.flush();
  }

  private static void writeUs(CsvWriter csv, List<byte[]> dates, Place place) throws IOException {
    for (int day = 1; day <= JHU_DAYS; day++) {
      csv.text(dates.get(day - 1)).text(place.columns());
      csv.number(US_CASES[day] - US_CASES[day] / 300);
      csv.number(day < US_RECOVERED_END ? US_CASES[Math.max(0, day - 28)] / 2 : 0);
      csv.number(US_DEATHS[day] - US_DEATHS[day] / 200).text("\n");
    }
  }

  /** The course of the US, some days later and of another size, which the seed decides. */
  private static void writePlace(CsvWriter csv, List<byte[]> dates, Place place, int seed)
      throws IOException {
    double chance = seed * 0.6180339887 % 1;
    double share = Math.exp(5 + 11.5 * chance) / US_CASES[JHU_DAYS];
    int late = seed * 37 % 60;
    for (int day = 1; day <= JHU_DAYS; day++) {
      csv.text(dates.get(day - 1)).text(place.columns());
      csv.number((long) (US_CASES[Math.max(0, day - late)] * share));
      if (place.countsRecovered()) {
        long recovered = (long) (US_CASES[Math.max(0, day - late - 28)] * share * 0.8);
        csv.number(day < RECOVERED_END ? recovered : 0);
      } else {
        csv.text(",");
      }
      csv.number((long) (US_DEATHS[Math.max(0, day - late)] * share)).text("\n");
    }
  }

  private static List<byte[]> dates() {
    var dates = new ArrayList<byte[]>();
    for (int day = 1; day <= JHU_DAYS; day++) {
      dates.add(date(day));
    }
    return dates;
  }

  private static byte[] date(int day) {
    return FIRST.plusDays(day).toString().getBytes(US_ASCII);
  }

  private static int day(LocalDate date) {
    return (int) DAYS.between(FIRST, date);
  }

  private static List<Place> places() {
    try (InputStream names = SampleFeeds.class.getResourceAsStream("places.csv")) {
      return new String(names.readAllBytes(), UTF_8).lines().map(Place::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The running total of several waves, by day. */
  private static long[] course(long first, Wave... waves) {
    var course = new long[NYT_DAYS];
    for (int day = 0; day < NYT_DAYS; day++) {
      double people = first;
      for (var wave : waves) {
        people += wave.until(day) - wave.until(0);
      }
      course[day] = (long) people;
    }
    return course;
  }

  /** One wave: the day of its peak, how fast it rises and falls, how many people it meets. */
  private record Wave(int peak, double days, long people) {
    double until(int day) {
      return people / (1 + Math.exp((peak - day) / days));
    }
  }

  /** A country and a province as the feed has them, quoted where need be. */
  private record Place(String name, byte[] columns) {
    static Place of(String name) {
      return new Place(name, ("," + name).getBytes(US_ASCII));
    }

    boolean isUs() {
      return name.equals("US,");
    }

    boolean countsRecovered() {
      return !name.startsWith("Canada,");
    }

    Place copy(int number) {
      if (isUs()) {
        return of("Utopia,Area " + number);
      }
      if (name.endsWith("\"")) {
        return of(name.substring(0, name.length() - 1) + " " + number + "\"");
      }
      return of(name + (name.endsWith(",") ? "Area " : " ") + number);
    }
  }

  /** Collects bytes and hands them on in large pieces. */
  private static final class CsvWriter {
    private final OutputStream out;
    private final byte[] bytes = new byte[1 << 16];
    private int size;

    CsvWriter(OutputStream out) {
      this.out = out;
    }

    CsvWriter text(String text) throws IOException {
      return text(text.getBytes(US_ASCII));
    }

    CsvWriter text(byte[] text) throws IOException {
      if (size + text.length > bytes.length) {
        pass();
      }
      System.arraycopy(text, 0, bytes, size, text.length);
      size += text.length;
      return this;
    }

    /** A comma and the number. */
    CsvWriter number(long number) throws IOException {
      return text(",").text(Long.toString(number));
    }

    void flush() throws IOException {
      pass();
      out.flush();
    }

    private void pass() throws IOException {
      out.write(bytes, 0, size);
      size = 0;
    }
  }
}
