package app;

import covid.KeySchema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import routes.Bucket;
import webhooks.Webhooks;

/** Checks settings that are each valid but conflict with each other. */
final class SettingConflicts {
  private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "[::]");

  private final SettingTexts texts;

  SettingConflicts(SettingTexts texts) {
    this.texts = texts;
  }

  /** Notes the conflicts among the settings that have a value. */
  void note(Settings settings) {
    keys(settings.archive().key(), settings.chartKey());
    ports(settings.http());
    queue(settings);
  }

  private void queue(Settings settings) {
    if (settings.chunks().to().isEmpty() && settings.chunks().from().isEmpty()) {
      return;
    }
    if (settings.dataset().key() == KeySchema.DATE) {
      texts.problem(
          "chunks.to and chunks.from are for datasets of many places, and %s has one, which a process stores alone: set both to direct:store-chunk"
              .formatted(settings.dataset().name()));
    }
    if (settings.chunks().to().isPresent() && settings.rawKeep().isEmpty()) {
      texts.problem(
          "chunks.to is a queue and raw.keep is 0, so no process could continue the run of one that died: set raw.keep to 90d");
    }
    webhooks(settings);
  }

  /** While a process waits for webhooks, nothing shows others that it is alive. */
  private void webhooks(Settings settings) {
    Webhooks webhooks = settings.announce().webhooks();
    Duration resendAfter = settings.chunks().limits().resendAfter();
    if (settings.chunks().to().isPresent()
        && webhooks.isAny()
        // A wrong duration is zero, and is noted already.
        && !resendAfter.isZero()
        && resendAfter.compareTo(webhooks.limit()) <= 0) {
      texts.problem(
          "chunks.resend-after is %s, and another process would take a run for dead while it waits for webhooks, for up to ten times announce.webhook.timeout: set chunks.resend-after to more than %s"
              .formatted(text(resendAfter), text(webhooks.limit())));
    }
  }

  /** A duration as settings have it. */
  private static String text(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  private void keys(String archive, String chart) {
    free("archive.key", archive);
    free("chart.key", chart);
    if (isSet(archive) && archive.equals(chart)) {
      texts.problem(
          "archive.key and chart.key are both '%s', so the chart would replace the published set: set two keys"
              .formatted(archive));
    }
  }

  private void free(String name, String key) {
    Optional<Map.Entry<String, String>> taken = Bucket.occupies(key);
    taken.ifPresent(
        prefix ->
            texts.problem(
                "%s is '%s', but %s is where the program keeps %s: set another key"
                    .formatted(name, key, prefix.getKey(), prefix.getValue())));
  }

  private void ports(Settings.Http http) {
    boolean overlap =
        http.host().equals(http.managementHost())
            || ALL_ADDRESSES.contains(http.host())
            || ALL_ADDRESSES.contains(http.managementHost());
    if (http.port() > 0 && http.port() == http.managementPort() && overlap) {
      texts.problem(
          "http.port and management.port are both %d: set two ports".formatted(http.port()));
    }
  }

  private static boolean isSet(String text) {
    return !text.isEmpty();
  }
}
