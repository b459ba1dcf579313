package serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import covid.ArchivedSet;
import covid.Series;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import versions.Version;
import web.Answer;
import web.FirstPicture;
import web.Json;
import web.Problem;
import web.ProblemException;
import web.Request;

/** Answers of the published set of one place. */
public final class Figures implements FigureAnswers {
  private final PublishedSet<ArchivedSet> sets;
  private final PublishedVersions versions;
  private final PublishedChart charts;
  private final PlaceCharts chartsOfVersions;
  private final PlaceListing listing;
  private final Json json;
  private final Bulkhead bulkhead;
  private volatile @Nullable OfSet last;

  /**
   * @param sets the published set
   * @param versions of the set
   * @param charts its chart
   * @param listing how its place is listed
   * @param json how answers are written
   * @param bulkhead limits how many callers wait for the bucket
   */
  public Figures(
      PublishedSet<ArchivedSet> sets,
      PublishedVersions versions,
      PublishedChart charts,
      PlaceListing listing,
      Json json,
      Bulkhead bulkhead) {
    this.sets = sets;
    this.versions = versions;
    this.charts = charts;
    this.chartsOfVersions = new PlaceCharts(bulkhead);
    this.listing = listing;
    this.json = json;
    this.bulkhead = bulkhead;
  }

  /** What has been made of a set is kept with it. */
  private record OfSet(ArchivedSet set, Kept<Answer> totals, Kept<FirstPicture> picture) {}

  /** Answers a request from one state of the set. */
  private interface Reader {
    Answer answer(OneAnswers state) throws Exception;
  }

  private Answer answer(Request request, Reader reader, String... parameters) throws Exception {
    request.allow(AsOf.with(parameters));
    AsOfVersion version = versions.asOf(request, bulkhead).orElse(null);
    if (version != null) {
      return version.answer(reader.answer(state(version.version(), bulkhead)));
    }
    Published<ArchivedSet> published = sets.current(bulkhead);
    return reader.answer(state(published.content())).aged(published.age());
  }

  private OneAnswers state(ArchivedSet set) {
    return new OneAnswers(new Current(set), listing, json);
  }

  private OneAnswers state(Version version, Bulkhead waiting) throws ProblemException {
    SeriesObject series = versions.series().get(version.series().get(0), waiting);
    return new OneAnswers(new OneVersion(version, series, chartsOfVersions), listing, json);
  }

  @Override
  public Answer totals(Request request) throws Exception {
    return answer(
        request,
        state -> state.set() instanceof Current current ? totals(current.set) : state.totals());
  }

  /** Starts drawing the chart too, which is usually requested next. */
  private Answer totals(ArchivedSet set) {
    Future<Answer> unused = charts.prepare(set);
    return of(set).totals().get();
  }

  @SuppressWarnings("ReferenceEquality")
  private OfSet of(ArchivedSet set) {
    OfSet known = last;
    // Sets are compared by identity: comparing all of their figures would take longer.
    if (known == null || known.set() != set) {
      OneAnswers state = state(set);
      known = new OfSet(set, new Kept<>(state::totals), new Kept<>(() -> state.picture(false)));
      last = known;
    }
    return known;
  }

  @Override
  public Answer days(Request request) throws Exception {
    return answer(request, state -> state.days(request), "from", "to", "interval", "format");
  }

  @Override
  public Answer places(Request request) throws Exception {
    return answer(request, state -> state.places(request), PlaceQuery.PARAMETERS);
  }

  @Override
  public Answer csv(Request request) throws Exception {
    return answer(request, state -> state.set().csv());
  }

  @Override
  public Answer png(Request request) throws Exception {
    return answer(request, state -> state.set().png());
  }

  @Override
  public Answer svg(Request request) throws Exception {
    return answer(request, state -> state.set().svg());
  }

  @Override
  public Published<FirstPicture> picture(Request request, Bulkhead waiting)
      throws ProblemException {
    AsOfVersion version = versions.asOf(request, waiting).orElse(null);
    if (version != null) {
      return new Published<>(state(version.version(), waiting).picture(true), version.age());
    }
    Published<ArchivedSet> published = sets.current(waiting);
    return new Published<>(of(published.content()).picture().get(), published.age());
  }

  @Override
  public List<SiteFile> files() throws ProblemException {
    Published<ArchivedSet> published = sets.current(bulkhead);
    if (published.isStale()) {
      throw new ProblemException(Problem.away("The published set could not be read again."));
    }
    OneAnswers state = state(published.content());
    return List.of(
        new SiteFile("totals.json", () -> totals(published.content())),
        new SiteFile(SitePaths.DAYS, state::allDays),
        new SiteFile(SitePaths.PLACES, state::placesOnSite),
        new SiteFile("chart.png", state.set()::png),
        new SiteFile("chart.svg", state.set()::svg),
        new SiteFile("CovidData.csv", state.set()::csv));
  }

  @Override
  public List<SiteFile> versionFiles() throws ProblemException {
    return new VersionsOfSite(versions, json, bulkhead)
        .files(version -> state(version, bulkhead).whole(), Optional.empty());
  }

  /** The published set. */
  private final class Current implements OneSet {
    private final ArchivedSet set;

    private Current(ArchivedSet set) {
      this.set = set;
    }

    @Override
    public Series series() {
      return set.series();
    }

    @Override
    public Instant updatedAt() {
      return set.updatedAt();
    }

    @Override
    public Answer csv() {
      return new Answer(Answer.CSV, set.csv().getBytes(UTF_8), "W/" + set.etag());
    }

    @Override
    public Answer png() throws Exception {
      return charts.png(set, bulkhead);
    }

    @Override
    public Answer svg() {
      return charts.svg(set);
    }
  }
}
