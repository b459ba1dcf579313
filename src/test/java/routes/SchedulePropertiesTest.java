package routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.quartz.CronExpression;

/** In any zone, over any year: what java.time knows of clocks holds for the schedule. */
class SchedulePropertiesTest {
  private static final String SEED = "20200122";

  @Property(tries = 150, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void aDailyRunIsDueOnceOnEachDayThatHasItsTime(
      @ForAll("zones") ZoneId zone,
      @ForAll @IntRange(min = 2020, max = 2036) int year,
      @ForAll @IntRange(max = 1_439) int minute)
      throws ParseException {
    LocalTime time = LocalTime.MIN.plusMinutes(minute);
    LocalDate first = LocalDate.of(year, 1, 1);

    List<Instant> due = due(zone, time, first);

    int found = 0;
    for (LocalDate day = first; day.getYear() == year; day = day.plusDays(1)) {
      List<Instant> possible = instants(zone, day, time);
      if (!possible.isEmpty()) {
        // An hour that comes twice has one run.
        assertThat(due.get(found)).as("%s %s in %s", day, time, zone).isIn(possible);
        found++;
      }
    }
    assertThat(due).hasSize(found);
  }

  @Property(tries = 150, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void aRunIsCaughtUpFromTheMomentWhenItWasDueUntilTheNextOneIs(
      @ForAll("zones") ZoneId zone,
      @ForAll @IntRange(min = 2020, max = 2036) int year,
      @ForAll @IntRange(max = 1_439) int minute,
      @ForAll @LongRange(min = 5 * 86_400, max = 360 * 86_400) long second)
      throws ParseException {
    LocalTime time = LocalTime.MIN.plusMinutes(minute);
    List<Instant> due = due(zone, time, LocalDate.of(year, 1, 1));
    Instant somewhen = Instant.parse(year + "-01-01T00:00:00Z").plusSeconds(second);

    for (Instant now : List.of(somewhen, last(due, somewhen), last(due, somewhen).minusMillis(1))) {
      Schedule schedule = schedule(zone, time, now);
      assertThat(schedule.lastDue()).contains(last(due, now));
      assertThat(schedule.nextDue())
          .isEqualTo(due.stream().filter(one -> one.isAfter(now)).findFirst());
    }
  }

  @Property(tries = 150, seed = SEED, edgeCases = EdgeCasesMode.NONE)
  void theRunThatIsSaidToBeSkippedIsTheNextOneWhoseTimeDoesNotExist(
      @ForAll("zones") ZoneId zone,
      @ForAll @IntRange(min = 2020, max = 2036) int year,
      @ForAll @IntRange(max = 240) int minute)
      throws ParseException {
    LocalTime time = LocalTime.MIN.plusMinutes(minute);
    LocalDate first = LocalDate.of(year, 1, 1);
    Instant now = first.atStartOfDay(zone).toInstant();

    Optional<SkippedRun> skipped = schedule(zone, time, now).nextSkipped();

    skipped.ifPresent(
        run -> {
          assertThat(run.at().toLocalTime()).isEqualTo(time);
          assertThat(instants(zone, run.at().toLocalDate(), time)).isEmpty();
        });
    Optional<LocalDate> missing =
        first
            .datesUntil(first.plusYears(1))
            .filter(day -> instants(zone, day, time).isEmpty())
            .findFirst();
    // It looks as far as the next time that clocks go forward.
    if (missing.isPresent() && !isEarlierGap(zone, now, missing.get())) {
      assertThat(skipped.map(run -> run.at().toLocalDate())).isEqualTo(missing);
    }
  }

  private static boolean isEarlierGap(ZoneId zone, Instant now, LocalDate day) {
    ZoneOffsetTransition next = zone.getRules().nextTransition(now);
    while (next != null && !next.isGap()) {
      next = zone.getRules().nextTransition(next.getInstant());
    }
    return next != null && next.getDateTimeBefore().toLocalDate().isBefore(day);
  }

  /** Every named zone, and some that only have an offset. */
  @Provide
  Arbitrary<ZoneId> zones() {
    List<String> ids = new ArrayList<>(ZoneId.getAvailableZoneIds());
    ids.sort(null);
    return Arbitraries.frequencyOf(
        Tuple.of(9, Arbitraries.of(ids).map(ZoneId::of)),
        Tuple.of(
            1,
            Arbitraries.integers()
                .between(-18 * 60, 18 * 60)
                .map(minutes -> ZoneOffset.ofTotalSeconds(minutes * 60))));
  }

  /** When a daily run is due in a year, one time after the other. */
  private static List<Instant> due(ZoneId zone, LocalTime time, LocalDate first)
      throws ParseException {
    Instant now = first.atStartOfDay(zone).toInstant().minusMillis(1);
    List<Instant> due = new ArrayList<>();
    while (true) {
      Optional<Instant> next = schedule(zone, time, now).nextDue();
      now = next.orElseThrow();
      if (now.atZone(zone).getYear() > first.getYear()) {
        return due;
      }
      due.add(now);
    }
  }

  /** When it is that time on a day: never, once, or twice. */
  private static List<Instant> instants(ZoneId zone, LocalDate day, LocalTime time) {
    return zone.getRules().getValidOffsets(day.atTime(time)).stream()
        .map(offset -> day.atTime(time).toInstant(offset))
        .toList();
  }

  private static Instant last(List<Instant> due, Instant now) {
    return due.stream()
        .filter(one -> !one.isAfter(now))
        .reduce((one, later) -> later)
        .orElseThrow();
  }

  private static Schedule schedule(ZoneId zone, LocalTime time, Instant now) throws ParseException {
    String cron = "0 %d %d * * ?".formatted(time.getMinute(), time.getHour());
    return new Schedule(new CronExpression(cron), zone, Clock.fixed(now, ZoneOffset.UTC));
  }
}
