package local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;

/**
 * Feeds of many places with invented figures, in the layouts of the packed datasets: a few places
 * of each, so that a first run takes seconds.
 *
 * @param today that of the World Health Organization is weekly up to this day
 */
record SamplePlaces(LocalDate today) {
  private static final LocalDate FIRST_WEEK = LocalDate.of(2020, 1, 5);
  private static final LocalDate FIRST_DAY = LocalDate.of(2020, 3, 1);
  private static final int DAYS = 300;

  private static final List<String> COUNTRIES =
      List.of(
          "BR,Brazil,AMR",
          "CN,China,WPR",
          "DE,Germany,EUR",
          "FR,France,EUR",
          "IN,India,SEAR",
          "JP,Japan,WPR",
          "KR,\"Korea, Republic of\",WPR",
          "NA,Namibia,AFR",
          "NG,Nigeria,AFR",
          "NO,Norway,EUR",
          "US,United States of America,AMR",
          "ZA,South Africa,AFR");

  private static final List<String> STATES =
      List.of(
          "Alabama,01",
          "California,06",
          "Florida,12",
          "Illinois,17",
          "New York,36",
          "Puerto Rico,72",
          "Texas,48",
          "Washington,53");

  /** Country and province, as Johns Hopkins has them. */
  private static final List<String> REGIONS =
      List.of(
          "Australia,Queensland",
          "Australia,Victoria",
          "Brazil,",
          "Canada,Ontario",
          "Canada,Quebec",
          "France,",
          "Germany,",
          "India,",
          "Japan,",
          "\"Korea, South\",",
          "Norway,",
          "South Africa,",
          "US,");

  /** Writes a feed into a stream, which is left open. */
  interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * The sample of a dataset's feed.
   *
   * @param dataset a packed one
   * @return empty if there is none
   */
  Optional<Writer> of(String dataset) {
    return switch (dataset) {
      case "who" -> Optional.of(this::writeWho);
      case "us-states" -> Optional.of(SamplePlaces::writeStates);
      case "world" -> Optional.of(SamplePlaces::writeWorld);
      default -> Optional.empty();
    };
  }

  private void writeWho(OutputStream out) throws IOException {
    StringBuilder csv =
        new StringBuilder(
            "Date_reported,Country_code,Country,WHO_region,New_cases,Cumulative_cases,New_deaths,"
                + "Cumulative_deaths\n");
    LocalDate last = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY));
    for (int place = 0; place < COUNTRIES.size(); place++) {
      for (LocalDate week = FIRST_WEEK; !week.isAfter(last); week = week.plusWeeks(1)) {
        long day = week.toEpochDay() - FIRST_WEEK.toEpochDay();
        csv.append(
            "%s,%s,,%d,,%d%n"
                .formatted(week, COUNTRIES.get(place), cases(place, day), deaths(place, day)));
      }
    }
    write(csv, out);
  }

  private static void writeStates(OutputStream out) throws IOException {
    StringBuilder csv = new StringBuilder("date,state,fips,cases,deaths\n");
    for (int day = 0; day < DAYS; day++) {
      for (int place = 0; place < STATES.size(); place++) {
        csv.append(
            "%s,%s,%d,%d%n"
                .formatted(
                    FIRST_DAY.plusDays(day),
                    STATES.get(place),
                    cases(place, day),
                    deaths(place, day)));
      }
    }
    write(csv, out);
  }

  /** As there, Canada's recovered are never given. */
  private static void writeWorld(OutputStream out) throws IOException {
    StringBuilder csv =
        new StringBuilder("Date,Country/Region,Province/State,Confirmed,Recovered,Deaths\n");
    for (int place = 0; place < REGIONS.size(); place++) {
      for (int day = 0; day < DAYS; day++) {
        String recovered =
            REGIONS.get(place).startsWith("Canada")
                ? ""
                : Long.toString(cases(place, Math.max(0, day - 28)) * 4 / 5);
        csv.append(
            "%s,%s,%d,%s,%d%n"
                .formatted(
                    FIRST_DAY.plusDays(day),
                    REGIONS.get(place),
                    cases(place, day),
                    recovered,
                    deaths(place, day)));
      }
    }
    write(csv, out);
  }

  /** Rises in waves of half a year, in each place of another size and at another time. */
  private static long cases(int place, long day) {
    double people = 0;
    double size = 20_000 * (1 + place * 7 % 11);
    for (int wave = 0; wave * 180L < day + 180; wave++) {
      double peak = wave * 180 + 60 + place * 13 % 60;
      people += size / (1 + Math.exp((peak - day) / 12));
    }
    return (long) people;
  }

  private static long deaths(int place, long day) {
    return cases(place, Math.max(0, day - 14)) / 60;
  }

  private static void write(StringBuilder csv, OutputStream out) throws IOException {
    out.write(csv.toString().getBytes(UTF_8));
    out.flush();
  }
}
