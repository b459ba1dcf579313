#!/usr/bin/env bash
# Micrometer 1.15.6 with the Prometheus client 1.3.10: a bucket makes the percentiles disappear
#
# Source: Maven Central, io.micrometer:micrometer-registry-prometheus 1.15.6.
# Guess: a timer that publishes a percentile and has a service level objective shows both when scraped.
# Behaviour: with an objective the timer becomes a Prometheus histogram, which has no quantiles: the
# percentile is computed all the same, and is not scraped. No error, no line in the log.
#
# Seen on 2026-11-29, JDK 17: pull_seconds has quantile="0.5"; store_seconds, which differs in the objective
# alone, has le="0.1" and no quantile, and knows its percentile in Java.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
. "$(dirname "$0")/java.inc"
jars io.micrometer:micrometer-registry-prometheus:1.15.6 org.slf4j:slf4j-simple:2.0.17

cat >"$dir/Finding.java" <<'EOF'
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;

public class Finding {
  public static void main(String[] args) {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var pull = Timer.builder("pull").publishPercentiles(0.5).register(registry);
    var store =
        Timer.builder("store")
            .publishPercentiles(0.5)
            .serviceLevelObjectives(Duration.ofMillis(100))
            .register(registry);
    pull.record(Duration.ofMillis(50));
    store.record(Duration.ofMillis(50));
    System.out.println("percentiles in Java: " + store.takeSnapshot().percentileValues().length);
    registry
        .scrape()
        .lines()
        .filter(line -> line.contains("quantile") || line.contains("le="))
        .forEach(line -> System.out.println(line.replaceAll(" [^ ]*$", "")));
  }
}
EOF

run <<'EOF'
percentiles in Java: 1
pull_seconds{quantile="0.5"}
store_seconds_bucket{le="0.1"}
store_seconds_bucket{le="+Inf"}
EOF
[ ! -s "$dir/errors" ] || { echo "Changed: it says something now"; cat "$dir/errors"; exit 1; }
