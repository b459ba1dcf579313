package app;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import covid.Dataset;
import covid.FeedLayout;
import covid.Interval;
import covid.KeySchema;
import covid.KnownBreak;
import covid.Metric;
import covid.Place;
import covid.PlaceSelection;
import feeds.FeedSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import routes.Bucket;

/** Reads the settings of a dataset, and checks how they fit together. */
final class DatasetSettings {
  /** Far more than any feed gives; a longer list is a mistake. */
  private static final int MOST_METRICS = 30;

  /** Of the text of a known break. */
  private static final int MOST_CHARACTERS = 120;

  /** What the table and the answers over HTTP name like this. */
  private static final Set<String> TAKEN =
      Set.of(
          "run",
          "country",
          "code",
          "population",
          "days",
          "iso2",
          "iso3",
          "measure",
          "chart",
          "csv",
          "credit",
          "synthetic",
          "interval",
          "per",
          "periods",
          "total");

  private final SettingTexts texts;
  private final String name;
  private final List<Metric> metrics;
  private final PlaceSelection places;
  private final KeySchema key;

  /**
   * @param name of the dataset
   */
  DatasetSettings(SettingTexts texts, String name) {
    this.texts = texts;
    this.name = name;
    this.metrics = texts.list("metrics").stream().flatMap(text -> metric(text).stream()).toList();
    this.places = places();
    this.key = texts.keySchema("store.key");
  }

  /** The dataset. */
  Dataset dataset() {
    if (new HashSet<>(metrics).size() < metrics.size()) {
      texts.problem("metrics names one twice");
    }
    if (metrics.size() > MOST_METRICS) {
      texts.problem("metrics names more than %d".formatted(MOST_METRICS));
    }
    if (key == KeySchema.DATE
        && !(places.isSingle() && metrics.equals(Metric.PUBLISHED))
        && texts.isGood()) {
      texts.problem(
          ("store.key is date, the form of version 0.1: it needs one place and metrics=%s; set it to"
                  + " place-date")
              .formatted(names(Metric.PUBLISHED)));
    }
    Interval interval = texts.interval("interval");
    String prefix =
        texts
            .optional("archive.prefix", AwsNames::prefix)
            .orElse(name.equals(Dataset.DEFAULT) ? "" : name + "/");
    Bucket.occupies(prefix)
        .ifPresent(
            folder ->
                texts.problem(
                    "archive.prefix is '%1$s', but %1$s is where the program keeps %2$s: set another folder"
                        .formatted(folder.getKey(), folder.getValue())));
    return new Dataset(name, places, metrics, interval, key, prefix);
  }

  private Optional<Metric> metric(String text) {
    if (FeedLayout.OTHERS.contains(text) || TAKEN.contains(text)) {
      texts.problem(
          "metrics names '%s', which is the name of something else: choose another one"
              .formatted(text));
      return Optional.empty();
    }
    if (Metric.isName(text)) {
      return Optional.of(new Metric(text));
    }
    texts.problem(
        "metrics names '%s', which is not up to 40 small letters, digits and _, beginning with a letter"
            .formatted(text));
    return Optional.empty();
  }

  private PlaceSelection places() {
    if (name.equals(Dataset.DEFAULT) && texts.optional("places", (same, text) -> text).isEmpty()) {
      // As version 0.1 named it.
      return PlaceSelection.of(new Place(texts.text("feed.jhu.country")));
    }
    String text = texts.text("places");
    if (!text.isEmpty() && !text.equals("*") && texts.list("places").contains("*")) {
      texts.problem("places is '%s': give *, or the places without it".formatted(text));
    }
    return text.equals("*") || text.isEmpty()
        ? PlaceSelection.ALL
        : new PlaceSelection(texts.list("places").stream().map(Place::new).collect(toSet()));
  }

  /**
   * The feeds, each with the metrics that it is the source of.
   *
   * @param names of the feeds
   */
  List<FeedSource> feeds(Collection<String> names) {
    return new FeedSettings(texts, name, metrics, places).feeds(names);
  }

  /**
   * The known breaks of the figures.
   *
   * @param days what the settings name, ascending
   */
  List<KnownBreak> known(Collection<String> days) {
    return days.stream().flatMap(day -> known(day).stream()).toList();
  }

  private Optional<KnownBreak> known(String day) {
    String setting = DatasetFile.KNOWN + day;
    String text = texts.text(setting);
    if (text.length() > MOST_CHARACTERS) {
      texts.problem(
          "%s has %d characters: %d are the most that a list beside the chart has room for"
              .formatted(setting, text.length(), MOST_CHARACTERS));
    }
    try {
      return Optional.of(new KnownBreak(LocalDate.parse(day), text));
    } catch (DateTimeParseException e) {
      texts.problem("%s names no day: write it as known.2020-04-14".formatted(setting));
      return Optional.empty();
    }
  }

  /** The names of metrics, as a setting has them. */
  static String names(Collection<Metric> metrics) {
    return metrics.stream().map(Metric::name).collect(joining(","));
  }
}
