#!/usr/bin/env bash
# Micrometer 1.15.6 with the Prometheus client 1.3.10: names that end in a reserved word become one
#
# Source: Maven Central, io.micrometer:micrometer-registry-prometheus 1.15.6.
# Guess: four gauges with four names give four series; a gauge says the value that it was given.
# Behaviour: the ends .total, .created and .bucket are cut off a gauge's name. Gauges that then have the same
# name replace each other without an error or a line in the log: only the last one is left. For a counter, .created
# is replaced by _total. A gauge whose name ends in .info is always 1, whatever it measures.
#
# Seen on 2026-11-29, JDK 17: of the gauges rows=1, rows.created=7, rows.total=9 only "rows 9.0";
# of the counters days=5 and days.created=2 only "days_total 2.0"; of the gauge feed.info=3 "feed_info 1".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars io.micrometer:micrometer-registry-prometheus:1.15.6 org.slf4j:slf4j-simple:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

public class Finding {
  public static void main(String[] args) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    registry.gauge("rows", 1);
    registry.gauge("rows.created", 7);
    registry.gauge("rows.total", 9);
    registry.counter("days").increment(5);
    registry.counter("days.created").increment(2);
    registry.gauge("feed.info", 3);
    registry.getMeters().stream()
        .map(meter -> meter.getId().getName() + " " + meter.measure().iterator().next().getValue())
        .sorted()
        .forEach(line -> System.out.println("registered: " + line));
    registry
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(line -> System.out.println("scraped: " + line));
  }
}
EOF

run <<'EOF'
registered: days 5.0
registered: days.created 2.0
registered: feed.info 3.0
registered: rows 1.0
registered: rows.created 7.0
registered: rows.total 9.0
scraped: days_total 2.0
scraped: feed_info 1
scraped: rows 9.0
EOF
[ ! -s "$dir/errors" ] || { echo "Changed: it says something now"; cat "$dir/errors"; exit 1; }
