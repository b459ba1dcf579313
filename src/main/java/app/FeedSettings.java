package app;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.Dataset;
import covid.FeedDate;
import covid.FeedLayout;
import covid.Metric;
import covid.Place;
import covid.PlaceSelection;
import feeds.FeedSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the settings of the feeds of a dataset, and checks how they fit it and each other. */
final class FeedSettings {
  /** It becomes a part of addresses within Camel, of metadata in the bucket and of metrics. */
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  private final SettingTexts texts;
  private final String dataset;
  private final List<Metric> metrics;
  private final PlaceSelection places;

  /**
   * @param dataset its name
   * @param metrics that its feeds may give
   * @param places that its feeds may be of
   */
  FeedSettings(SettingTexts texts, String dataset, List<Metric> metrics, PlaceSelection places) {
    this.texts = texts;
    this.dataset = dataset;
    this.metrics = metrics;
    this.places = places;
  }

  /**
   * The feeds, each with the metrics that it is the source of.
   *
   * @param names of the feeds
   */
  List<FeedSource> feeds(Collection<String> names) {
    if (names.isEmpty()) {
      texts.problem(
          "dataset %s has no feed: set feed.NAME.url and feed.NAME.columns".formatted(dataset));
    }
    List<FeedSource> feeds = new ArrayList<>();
    for (String feed : names) {
      if (!NAME.matcher(feed).matches()) {
        texts.problem(
            "feed.%1$s names the feed '%1$s', which is not up to 40 small letters, digits and -"
                .formatted(feed));
      } else {
        feed(feed).ifPresent(feeds::add);
      }
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
                        .formatted(prefix, metric, DatasetSettings.names(layout.metrics()))));
    feed.place()
        .filter(place -> !place.name().isEmpty() && !places.has(place) && texts.isGood())
        .ifPresent(place -> texts.problem(otherPlace(feed, place)));
  }

  private String otherPlace(FeedSource feed, Place place) {
    return dataset.equals(Dataset.DEFAULT)
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
}
