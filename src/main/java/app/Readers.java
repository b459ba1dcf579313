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
import serve.Failures;
import serve.FigureAnswers;
import serve.Figures;
import serve.PlaceCharts;
import serve.PlaceFigures;
import serve.PlaceListing;
import serve.PublishedChart;
import serve.PublishedNames;
import serve.PublishedSet;
import serve.SetForm;
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
  private final Form form;

  Readers(
      BucketObjects bucket,
      Settings settings,
      Clock clock,
      Json json,
      Failures failures,
      Executor drawing) {
    this.bucket = bucket;
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
            credits(settings.feed().sources()));
    this.form = dataset.key() == KeySchema.DATE ? new OnePlace(drawing) : new Places();
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

  /** Makes the next reader read the set again. */
  void expireSet() {
    form.expire();
  }

  private interface Form {
    FigureAnswers figures(Bulkhead bulkhead);

    void expire();
  }

  private final class OnePlace implements Form {
    private final PublishedSet<ArchivedSet> set = set(SetForm.ONE_PLACE);
    private final PublishedChart chart;

    OnePlace(Executor drawing) {
      this.chart = new PublishedChart(bucket, settings.chartKey(), drawing, failures);
    }

    @Override
    public FigureAnswers figures(Bulkhead bulkhead) {
      return new Figures(set, chart, listing, json, bulkhead);
    }

    @Override
    public void expire() {
      set.expire();
    }
  }

  private final class Places implements Form {
    private final PublishedSet<ArchivedPlaces> set = set(SetForm.places(names));

    @Override
    public FigureAnswers figures(Bulkhead bulkhead) {
      PlaceCharts charts = new PlaceCharts(listing.credit(), bulkhead);
      return new PlaceFigures(set, listing, charts, json, bulkhead);
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
}
