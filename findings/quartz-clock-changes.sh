#!/usr/bin/env bash
# Quartz 2.5.2: "every half hour" rests for an hour and a half when clocks go back; a daily time may skip a day
#
# Source: Maven Central, org.quartz-scheduler:quartz 2.5.2.
# Guess: a cron of every half hour runs every half hour, also in the night with two hours of the same name;
# a daily time that does not exist in spring runs an hour later.
# Behaviour: in autumn only the second of the two hours of the same name counts, so nothing runs in the first
# one. In spring a time in the hour that is left out is skipped until the next day.
#
# Seen on 2026-11-29, JDK 17, America/New_York: 0 0/30 * * * ? goes from 00:30-04:00 to 01:00-05:00, 90
# minutes; 0 30 2 * * ? goes from 7 to 9 March 2026.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.quartz-scheduler:quartz:2.5.2 org.slf4j:slf4j-nop:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronExpression;

public class Finding {
  static void next(String cron, String after, int times) throws Exception {
    var expression = new CronExpression(cron);
    expression.setTimeZone(TimeZone.getTimeZone("America/New_York"));
    var last = OffsetDateTime.parse(after).toInstant();
    System.out.println(cron + " after " + after);
    for (int i = 0; i < times; i++) {
      var next = expression.getNextValidTimeAfter(Date.from(last)).toInstant();
      var local = next.atZone(ZoneId.of("America/New_York")).toOffsetDateTime();
      System.out.println("  " + local + ", " + Duration.between(last, next).toMinutes() + " minutes later");
      last = next;
    }
  }

  public static void main(String[] args) throws Exception {
    next("0 0/30 * * * ?", "2026-11-01T00:00-04:00", 3);
    next("0 30 2 * * ?", "2026-03-06T02:30-05:00", 3);
  }
}
EOF

run <<'EOF'
0 0/30 * * * ? after 2026-11-01T00:00-04:00
  2026-11-01T00:30-04:00, 30 minutes later
  2026-11-01T01:00-05:00, 90 minutes later
  2026-11-01T01:30-05:00, 30 minutes later
0 30 2 * * ? after 2026-03-06T02:30-05:00
  2026-03-07T02:30-05:00, 1440 minutes later
  2026-03-09T02:30-04:00, 2820 minutes later
  2026-03-10T02:30-04:00, 1440 minutes later
EOF
