package serve;

import covid.Gazetteer;
import covid.Place;
import feeds.CsvFormats;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import versions.DayChange.Kind;
import versions.Version;
import versions.Version.PlaceSeries;
import web.Answer;
import web.ChangedDay;
import web.Json;
import web.ProblemException;
import web.Request;
import web.VersionDiff;
import web.VersionLine;

/** Answers about what two versions differ in. */
public final class DiffAnswers {
  private final PublishedVersions versions;
  private final @Nullable Supplier<Gazetteer> names;
  private final Json json;
  private final Bulkhead bulkhead;

  /**
   * @param versions of the published set
   * @param names of places; null if the set is of one place
   * @param json how answers are written
   * @param bulkhead limits how many callers wait for the bucket
   */
  public DiffAnswers(
      PublishedVersions versions,
      @Nullable Supplier<Gazetteer> names,
      Json json,
      Bulkhead bulkhead) {
    this.versions = versions;
    this.names = names;
    this.json = json;
    this.bulkhead = bulkhead;
  }

  /**
   * The days that the versions of the parameters from and to have differently, all or those of a
   * kind, as JSON or CSV.
   *
   * @throws ProblemException with status 400 if a parameter is unknown or has a value that is not
   *     allowed, or too many days differ, 404 if there is no such version or place, 503 if one
   *     cannot be read
   */
  public Answer diff(Request request) throws Exception {
    if (names == null) {
      request.allow("from", "to", "kind", "format");
    } else {
      request.allow("from", "to", "kind", "format", "place");
    }
    boolean csv = Parameters.isCsv(request);
    Predicate<Kind> kinds = kinds(request);
    Optional<AsOf> begin = AsOf.of(request, "from", versions.zone());
    if (begin.isEmpty()) {
      throw AsOf.missing("from");
    }
    Optional<AsOf> end = AsOf.of(request, "to", versions.zone());
    AsOfVersion from = versions.find(begin.get(), bulkhead);
    AsOfVersion to = end.isEmpty() ? versions.newest(bulkhead) : versions.find(end.get(), bulkhead);
    Predicate<Place> places = places(request, from.version(), to.version());
    DayDiff diff = new DayDiff(from.version(), to.version(), versions.series(), kinds);
    Answer answer =
        bulkhead.call(
            () ->
                versions
                    .series()
                    .alone(
                        () -> {
                          diff.compare(places);
                          return answer(from, to, diff, csv);
                        }));
    return answer
        .ofVersion(from.version().id() + "-" + to.version().id(), from.forGood() && to.forGood())
        .aged(from.age().or(to::age));
  }

  private Predicate<Place> places(Request request, Version from, Version to)
      throws ProblemException {
    if (names == null) {
      return place -> true;
    }
    Set<Place> all = new TreeSet<>();
    from.series().stream().map(PlaceSeries::place).forEach(all::add);
    to.series().stream().map(PlaceSeries::place).forEach(all::add);
    List<Place> named = ChosenPlaces.of(request, all, names.get(), ChosenPlaces.MOST);
    return place -> named.isEmpty() || named.contains(place);
  }

  private static Predicate<Kind> kinds(Request request) throws ProblemException {
    if (request.parameter("kind").isEmpty()) {
      return kind -> true;
    }
    String[] all = Arrays.stream(Kind.values()).map(Kind::toString).toArray(String[]::new);
    String word = Parameters.word(request, "kind", "", all);
    return kind -> kind.toString().equals(word);
  }

  private Answer answer(AsOfVersion from, AsOfVersion to, DayDiff diff, boolean csv)
      throws Exception {
    VersionDiff answer =
        new VersionDiff(
            VersionLine.of(from.version().entry()),
            VersionLine.of(to.version().entry()),
            diff.changes(),
            diff.days().stream().map(day -> ChangedDay.of(day, names != null)).toList());
    return csv
        ? Answer.of(
            Answer.CSV,
            CsvFormats.table(
                VersionDiff.header(diff.metrics(), names != null), answer.rows(diff.metrics())))
        : Answer.of(Answer.JSON, json.write(answer));
  }
}
