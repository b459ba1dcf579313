package app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import covid.Dataset;
import covid.FeedDate;
import covid.FeedLayout;
import covid.Interval;
import covid.KeySchema;
import covid.Metric;
import covid.Place;
import covid.PlaceSelection;
import feeds.FeedSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import routes.Bucket;

/** Reads the settings of a dataset and its feeds, and checks how they fit together. */
final class DatasetSettings {
  /** Far more than any feed gives; a longer list is a mistake. */
  private static final int MOST_METRICS = 30;

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
    if (names.isEmpty()) {
      texts.problem(
          "dataset %s has no feed: set feed.NAME.url and feed.NAME.columns".formatted(name));
    }
    List<FeedSource> feeds = new ArrayList<>();
    for (String feed : names) {
      feed(feed).ifPresent(feeds::add);
    }
    if (!texts.isGood()) {
      return feeds;
    }
    return metrics.stream()
        .reduce(
            List.copyOf(feeds),
            (sources, metric) -> withOneSource(metric, sources),
            (one, other) -> other);
  }

  private Optional<FeedSource> feed(String feed) {
    String prefix = "feed.%s.".formatted(feed);
    int problems = texts.problems();
    URI url = texts.url(prefix + "url");
    Optional<FeedLayout> layout = texts.valueIfGood(prefix + "columns", this::layout);
    Optional<FeedDate> dates = texts.optional(prefix + "date-format", SettingKinds::dates);
    List<Metric> required =
        texts.optionalList(prefix + "required").stream().map(Metric::new).toList();
    Optional<Place> place = texts.optional(prefix + "place", (same, text) -> text).map(Place::new);
    FeedSource source =
        new FeedSource(
            feed,
            url,
            layout.orElse(FeedLayout.NONE).dated(dates.orElse(FeedDate.ISO)).needing(required),
            place,
            texts.optional(prefix + "encoding", SettingKinds::encoding).orElse(UTF_8),
            texts.optional(prefix + "credit", (same, text) -> text).orElse(""),
            texts.headersIfAny(prefix + "headers"));
    if (texts.problems() > problems) {
      return Optional.empty();
    }
    checkFeed(source);
    return Optional.of(source);
  }

  private FeedLayout layout(String columns) {
    try {
      return FeedLayout.parse(columns, metrics);
    } catch (FeedLayout.UnknownMeaningException e) {
      List<String> known =
          Stream.concat(FeedLayout.OTHERS.stream(), metrics.stream().map(Metric::name)).toList();
      throw new IllegalArgumentException(
          e.getMessage()
              + SettingNames.nearest(e.meaning(), known)
                  .map("; did you mean %s?"::formatted)
                  .orElse(""),
          e);
    }
  }

  private void checkFeed(FeedSource feed) {
    String prefix = "feed.%s.".formatted(feed.name());
    FeedLayout layout = feed.layout();
    if (layout.place().isPresent() == feed.place().isPresent()) {
      texts.problem(
          layout.place().isPresent()
              ? "%splace and the place of %<scolumns are both set: remove one".formatted(prefix)
              : "%scolumns has no place: name its column, or set %<splace for a feed of one place"
                  .formatted(prefix));
    }
    layout.needed().stream()
        .filter(metric -> !layout.figures().containsKey(metric))
        .forEach(
            metric ->
                texts.problem(
                    "%srequired is '%s', which is not one of %s"
                        .formatted(prefix, metric, names(layout.metrics()))));
    feed.place()
        .filter(place -> !place.name().isEmpty() && !places.has(place) && texts.isGood())
        .ifPresent(place -> texts.problem(otherPlace(feed, place)));
  }

  private String otherPlace(FeedSource feed, Place place) {
    return name.equals(Dataset.DEFAULT)
        ? ("feed.jhu.country is '%s' and feed.nyt.place is '%s', so figures of two places would be"
                + " joined: give feed.nyt.url a feed of '%1$s' and set feed.nyt.place to it")
            .formatted(places, place)
        : "feed.%s.place is '%s', which is not one of places, %s"
            .formatted(feed.name(), place, places);
  }

  /** Leaves a metric to one feed. */
  private List<FeedSource> withOneSource(Metric metric, List<FeedSource> feeds) {
    List<String> giving =
        feeds.stream()
            .filter(feed -> feed.layout().figures().containsKey(metric))
            .map(FeedSource::name)
            .toList();
    String setting = "metric.%s.from".formatted(metric);
    Optional<String> chosen = texts.optional(setting, (same, text) -> text);
    if (giving.isEmpty()) {
      texts.problem(
          "metrics names '%s', and no feed gives it: name its column in feed.NAME.columns"
              .formatted(metric));
    } else if (chosen.isPresent() && !giving.contains(chosen.get())) {
      texts.problem(
          "%s is '%s', which is not a feed that gives it: %s"
              .formatted(setting, chosen.get(), String.join(", ", giving)));
    } else if (giving.size() > 1 && chosen.isEmpty()) {
      texts.problem(
          "%s is given by the feeds %s: set %s to one of them"
              .formatted(metric, String.join(" and ", giving), setting));
    } else if (giving.size() > 1) {
      return feeds.stream()
          .map(feed -> chosen.get().equals(feed.name()) ? feed : feed.without(metric))
          .toList();
    }
    return feeds;
  }

  private static String names(Collection<Metric> metrics) {
    return metrics.stream().map(Metric::name).collect(joining(","));
  }
}
