package serve;

import covid.ArchivedPlaces;
import covid.Interval;
import covid.Metric;
import feeds.CsvFormats;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import versions.Pointer;
import versions.Version;
import web.Answer;
import web.FirstPicture;
import web.Json;
import web.PlacePeriods;
import web.Problem;
import web.ProblemException;
import web.Request;
import web.SiteChanges;

/** Answers of the published set of many places. */
public final class PlaceFigures implements FigureAnswers {
  /** Of each, the list of places is kept. */
  private static final int MOST_VERSIONS = 4;

  private final PublishedSet<ArchivedPlaces> sets;
  private final PublishedVersions versions;
  private final Map<String, PlaceAnswers> answersOfVersions = LruMap.synchronizedMap(MOST_VERSIONS);
  private final PlaceListing listing;
  private final PlaceCharts charts;
  private final Json json;
  private final Bulkhead bulkhead;
  private volatile @Nullable PlaceAnswers last;

  /**
   * @param sets the published set
   * @param versions of the set
   * @param listing how its places are listed
   * @param charts of its places
   * @param json how answers are written
   * @param bulkhead limits how many callers wait for the bucket
   */
  public PlaceFigures(
      PublishedSet<ArchivedPlaces> sets,
      PublishedVersions versions,
      PlaceListing listing,
      PlaceCharts charts,
      Json json,
      Bulkhead bulkhead) {
    this.sets = sets;
    this.versions = versions;
    this.listing = listing;
    this.charts = charts;
    this.json = json;
    this.bulkhead = bulkhead;
  }

  /** Answers a request from one state of the set. */
  private interface Reader {
    Answer answer(PlaceAnswers set) throws Exception;
  }

  private Answer answer(Request request, Reader reader, String... parameters) throws Exception {
    request.allow(AsOf.with(parameters));
    AsOfVersion version = versions.asOf(request, bulkhead).orElse(null);
    if (version != null) {
      return version.answer(reader.answer(answers(version.version())));
    }
    Published<ArchivedPlaces> published = sets.current(bulkhead);
    return reader.answer(answers(published.content())).aged(published.age());
  }

  /** What has been computed of a set is kept with it. */
  @SuppressWarnings("ReferenceEquality")
  private PlaceAnswers answers(ArchivedPlaces set) {
    PlaceAnswers known = last;
    if (known == null || !(known.set() instanceof CurrentPlaces current) || current.set() != set) {
      known = new PlaceAnswers(new CurrentPlaces(set), listing, json);
      last = known;
    }
    return known;
  }

  private PlaceAnswers answers(Version version) {
    return answersOfVersions.computeIfAbsent(
        version.id(),
        id ->
            new PlaceAnswers(
                new PlacesVersion(version, versions.series(), bulkhead), listing, json));
  }

  private Selection selection(Request request, PlaceAnswers from, int most) throws Exception {
    return Selection.of(request, from.set(), listing.gazetteer(), most);
  }

  @Override
  public Answer totals(Request request) throws Exception {
    return answer(
        request, set -> set.totals(selection(request, set, 1)), "place", "measure", "per");
  }

  @Override
  public Answer days(Request request) throws Exception {
    return answer(
        request,
        set -> {
          Selection selection = selection(request, set, ChosenPlaces.MOST);
          Parameters.Days days = Parameters.days(request);
          Interval interval = Parameters.interval(request, listing.interval());
          boolean csv = Parameters.isCsv(request);
          PlacePeriods periods = set.periods(selection, interval, days);
          return csv
              ? Answer.of(Answer.CSV, CsvFormats.table(periods.header(), periods.rows()))
              : Answer.of(Answer.JSON, json.write(periods));
        },
        "place",
        "measure",
        "per",
        "from",
        "to",
        "interval",
        "format");
  }

  @Override
  public Answer places(Request request) throws Exception {
    return answer(request, set -> set.places(request), PlaceQuery.PARAMETERS);
  }

  @Override
  public Answer csv(Request request) throws Exception {
    return answer(
        request,
        set ->
            request.values("place").isEmpty()
                ? set.set().csv()
                : set.csv(selection(request, set, ChosenPlaces.MOST)),
        "place");
  }

  @Override
  public Answer png(Request request) throws Exception {
    return chart(request, charts::png);
  }

  @Override
  public Answer svg(Request request) throws Exception {
    return chart(request, charts::svg);
  }

  private interface Drawer {
    Answer draw(String name, PlaceCharts.Picture picture) throws Exception;
  }

  private Answer chart(Request request, Drawer drawer) throws Exception {
    return answer(
        request,
        set -> {
          Selection selection = selection(request, set, ChosenPlaces.MOST);
          String[] metrics =
              selection.places().get(0).series().metrics().stream()
                  .map(Metric::name)
                  .toArray(String[]::new);
          Metric metric = new Metric(Parameters.word(request, "metric", metrics[0], metrics));
          boolean stacked = selection.isPlain() && request.parameter("metric").isEmpty();
          PlaceCharts.Picture picture =
              stacked
                  ? PlaceCharts.stack(selection.places().get(0))
                  : PlaceCharts.lines(selection.single(), metric, listing.interval());
          return drawer.draw(
              String.join(" ", set.set().name(), selection.name(), stacked ? "" : metric.name()),
              picture);
        },
        "place",
        "measure",
        "per",
        "metric");
  }

  @Override
  public Published<FirstPicture> picture(Request request, Bulkhead waiting) throws Exception {
    List<String> places = request.values("place");
    AsOfVersion version = versions.asOf(request, waiting).orElse(null);
    if (version != null) {
      return new Published<>(answers(version.version()).picture(places, waiting), version.age());
    }
    Published<ArchivedPlaces> published = sets.current(waiting);
    return new Published<>(answers(published.content()).picture(places, waiting), published.age());
  }

  @Override
  public List<SiteFile> files() throws Exception {
    Published<PublishedSet.State<ArchivedPlaces>> published = sets.state(bulkhead);
    if (published.isStale()) {
      throw new ProblemException(Problem.away("The published set could not be read again."));
    }
    return answers(published.content().set())
        .files()
        .all(published.content().pointer().map(Pointer::version));
  }

  @Override
  public List<SiteFile> versionFiles() throws ProblemException {
    return new VersionsOfSite(versions, json, bulkhead)
        .files(
            version -> answers(version).files().places(Optional.of(version.id())),
            Optional.of(this::changes));
  }

  private Answer changes(Version from, Version to) throws Exception {
    SiteDiff diff = new SiteDiff(from, to, versions.series(), listing.interval());
    SiteChanges changes = bulkhead.call(() -> versions.series().alone(diff::changes));
    return Answer.packing(Answer.JSON, json.write(changes));
  }
}
