package app;

import covid.Archived;
import covid.ArchivedPlaces;
import covid.ArchivedSet;
import covid.Dataset;
import covid.KeySchema;
import feeds.FeedSource;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;
import serve.BucketObjects;
import serve.Bulkhead;
import serve.DiffAnswers;
import serve.Failures;
import serve.FigureAnswers;
import serve.Figures;
import serve.HistoryAnswers;
import serve.Manifests;
import serve.ParallelReads;
import serve.PlaceCharts;
import serve.PlaceFigures;
import serve.PlaceListing;
import serve.PublishedChart;
import serve.PublishedNames;
import serve.PublishedReports;
import serve.PublishedSet;
import serve.PublishedTimeline;
import serve.PublishedVersions;
import serve.SeriesObjects;
import serve.SetForm;
import serve.VersionAnswers;
import web.Json;

/** Creates the readers of the published set, by the form of the set. */
final class Readers {
  private final BucketObjects bucket;
  private final Settings settings;
  private final Clock clock;
  private final Json json;
  private final Failures failures;
  private final PublishedNames names;
  private final PlaceListing listing;
  private final PublishedReports reports;
  private final ParallelReads reading;
  private final Form form;

  /**
   * @param reports of the runs that published versions
   * @param drawing draws charts
   * @param reading reads the objects of versions
   */
  Readers(
      BucketObjects bucket,
      Settings settings,
      Clock clock,
      Json json,
      Failures failures,
      PublishedReports reports,
      Executor drawing,
      ParallelReads reading) {
    this.bucket = bucket;
    this.reports = reports;
    this.reading = reading;
    this.settings = settings;
    this.clock = clock;
    this.json = json;
    this.failures = failures;
    Dataset dataset = settings.dataset();
    this.names = new PublishedNames(bucket, failures);
    this.listing =
        new PlaceListing(
            names,
            dataset.metrics(),
            dataset.interval(),
            settings.feed().metricStalledAfter(),
            credits(settings.feed().sources()),
            settings.known());
    this.form = ofPlaces() ? new Places() : new OnePlace(drawing);
  }

  private static List<String> credits(List<FeedSource> feeds) {
    return feeds.stream()
        .map(FeedSource::credit)
        .filter(credit -> !credit.isEmpty())
        .distinct()
        .toList();
  }

  /** The answers about the set. */
  FigureAnswers figures(Bulkhead bulkhead) {
    return form.figures(bulkhead);
  }

  /** The answers about its versions. */
  VersionAnswers versions(Bulkhead bulkhead) {
    return new VersionAnswers(form.versions(), ofPlaces(), json, bulkhead);
  }

  /** The answers about what versions differ in. */
  DiffAnswers diffs(Bulkhead bulkhead) {
    return new DiffAnswers(form.versions(), ofPlaces() ? names : null, json, bulkhead);
  }

  /** The answers about days over time. */
  HistoryAnswers histories(Bulkhead bulkhead) {
    return new HistoryAnswers(form.versions(), reading, ofPlaces(), json, bulkhead);
  }

  private boolean ofPlaces() {
    return settings.dataset().key() == KeySchema.PLACE_DATE;
  }

  /** Makes the next reader read the set again. */
  void expireSet() {
    form.expire();
  }

  private interface Form {
    FigureAnswers figures(Bulkhead bulkhead);

    PublishedVersions versions();

    void expire();
  }

  private final class OnePlace implements Form {
    private final PublishedSet<ArchivedSet> set = set(SetForm.ONE_PLACE);
    private final PublishedVersions versions = versionsOf(set);
    private final PublishedChart chart;

    OnePlace(Executor drawing) {
      this.chart = new PublishedChart(bucket, settings.chartKey(), drawing, failures);
    }

    @Override
    public FigureAnswers figures(Bulkhead bulkhead) {
      return new Figures(set, versions, chart, listing, json, bulkhead);
    }

    @Override
    public PublishedVersions versions() {
      return versions;
    }

    @Override
    public void expire() {
      set.expire();
    }
  }

  private final class Places implements Form {
    private final PublishedSet<ArchivedPlaces> set = set(SetForm.places(names));
    private final PublishedVersions versions = versionsOf(set);

    @Override
    public FigureAnswers figures(Bulkhead bulkhead) {
      PlaceCharts charts = new PlaceCharts(listing.credit(), bulkhead);
      return new PlaceFigures(set, versions, listing, charts, json, bulkhead);
    }

    @Override
    public PublishedVersions versions() {
      return versions;
    }

    @Override
    public void expire() {
      set.expire();
    }
  }

  private <S extends Archived<S>> PublishedSet<S> set(SetForm<S> setForm) {
    return new PublishedSet<>(
        bucket,
        settings.archive().key(),
        setForm,
        settings.feed().synthetic(),
        clock,
        settings.http().refresh(),
        failures);
  }

  private PublishedVersions versionsOf(PublishedSet<?> set) {
    Manifests manifests = new Manifests(bucket, json, clock, failures);
    return new PublishedVersions(
        new PublishedTimeline(
            set, bucket, manifests, json, clock, settings.http().refresh(), failures),
        manifests,
        new SeriesObjects(bucket, clock, failures, reading),
        reports,
        settings.schedule().zone());
  }
}
