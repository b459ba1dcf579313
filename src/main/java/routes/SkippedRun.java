package routes;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.quartz.CronExpression;

/**
 * A run that is skipped when clocks go forward past its time: Quartz waits for the next one, and
 * nothing is caught up.
 *
 * @param at the local time that does not exist
 * @param zone the time zone
 * @param gap the transition
 */
public record SkippedRun(LocalDateTime at, ZoneId zone, ZoneOffsetTransition gap) {

  /**
   * The run that is skipped when clocks go forward next.
   *
   * @param cron the times
   * @param zone their time zone
   * @return empty if there is none, or if another run follows within the length of the gap
   */
  static Optional<SkippedRun> next(CronExpression cron, ZoneId zone, Instant now) {
    return nextGap(zone, now)
        .filter(gap -> !isRunAfter(gap, Schedule.in(zone, cron)))
        .flatMap(
            gap ->
                firstInside(gap, Schedule.in(ZoneOffset.UTC, cron))
                    .map(at -> new SkippedRun(at, zone, gap)));
  }

  /** Clocks go forward and back alternately. */
  private static Optional<ZoneOffsetTransition> nextGap(ZoneId zone, Instant now) {
    return Stream.iterate(
            zone.getRules().nextTransition(now),
            Objects::nonNull,
            change -> zone.getRules().nextTransition(change.getInstant()))
        .limit(2)
        .filter(ZoneOffsetTransition::isGap)
        .findFirst();
  }

  private static boolean isRunAfter(ZoneOffsetTransition gap, CronExpression cron) {
    Date due = cron.getTimeAfter(Date.from(gap.getInstant().minusSeconds(1)));
    return due != null && due.toInstant().isBefore(gap.getInstant().plus(gap.getDuration()));
  }

  private static Optional<LocalDateTime> firstInside(
      ZoneOffsetTransition gap, CronExpression cronWithoutGaps) {
    Instant before = gap.getDateTimeBefore().minusSeconds(1).toInstant(ZoneOffset.UTC);
    return Optional.ofNullable(cronWithoutGaps.getTimeAfter(Date.from(before)))
        .map(due -> LocalDateTime.ofInstant(due.toInstant(), ZoneOffset.UTC))
        .filter(at -> at.isBefore(gap.getDateTimeAfter()));
  }

  /** A sentence for the log. */
  public String sentence() {
    return "schedule.cron has no run at %s on %s: clocks in %s go forward from %s to %s"
        .formatted(
            at.toLocalTime(),
            at.toLocalDate(),
            zone,
            gap.getDateTimeBefore().toLocalTime(),
            gap.getDateTimeAfter().toLocalTime());
  }
}
