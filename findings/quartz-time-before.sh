#!/usr/bin/env bash
# Quartz 2.5.2: the last time of a cron expression may be a moment when it never ran
#
# Source: Maven Central, org.quartz-scheduler:quartz 2.5.2.
# Guess: getTimeBefore gives the newest moment before another one that the expression has.
# Behaviour: with W (the working day nearest to a date) it gives the date itself, a Sunday, although
# isSatisfiedBy refuses it and getNextValidTimeAfter rightly gives the Monday.
#
# Seen on 2026-11-29, JDK 17: 0 0 12 15W * ? runs on Monday, 16 November 2026, and the time before the 25th is
# said to be Sunday, the 15th.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars org.quartz-scheduler:quartz:2.5.2 org.slf4j:slf4j-nop:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronExpression;

public class Finding {
  public static void main(String[] args) throws Exception {
    var expression = new CronExpression("0 0 12 15W * ?");
    expression.setTimeZone(TimeZone.getTimeZone("UTC"));
    var next = expression.getNextValidTimeAfter(Date.from(Instant.parse("2026-11-10T00:00:00Z")));
    var before = expression.getTimeBefore(Date.from(Instant.parse("2026-11-25T00:00:00Z")));
    System.out.println("next after the 10th: " + next.toInstant());
    System.out.println("last before the 25th: " + before.toInstant());
    System.out.println("is one of its times: " + expression.isSatisfiedBy(before));
  }
}
EOF

run <<'EOF'
next after the 10th: 2026-11-16T12:00:00Z
last before the 25th: 2026-11-15T12:00:00Z
is one of its times: false
EOF
