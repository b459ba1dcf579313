package serve;

import covid.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import web.Answer;
import web.Json;
import web.PlaceLine;
import web.SitePlaces;

/**
 * What the page reads of one state of the set of many places if there is no server.
 *
 * @param answers from that state
 * @param lines of its places
 * @param listing how they are listed
 * @param json how files are written
 */
record PlaceFiles(PlaceAnswers answers, List<PlaceLine> lines, PlaceListing listing, Json json) {
  /**
   * All of them.
   *
   * @param version the id of its version; empty if it is none
   */
  List<FigureAnswers.SiteFile> all(Optional<String> version) {
    List<FigureAnswers.SiteFile> files = new ArrayList<>();
    files.add(new FigureAnswers.SiteFile(SitePaths.PLACES, () -> places(version)));
    for (PlaceLine line : lines) {
      files.add(new FigureAnswers.SiteFile(SitePaths.days(line.code()), () -> days(line)));
    }
    files.add(new FigureAnswers.SiteFile("CovidData.csv", answers.set()::csv));
    return files;
  }

  /** The list of all places. */
  Answer places(Optional<String> version) {
    PlaceSet set = answers.set();
    List<PlaceLine> onSite =
        lines.stream().map(line -> line.at(SitePaths.days(line.code()))).toList();
    return Answer.of(
        Answer.JSON,
        json.write(
            new SitePlaces(
                version.orElse(null),
                listing.page(onSite, onSite.size(), set.isSynthetic(), set.updatedAt(), null))));
  }

  private Answer days(PlaceLine line) throws Exception {
    Place place = new Place(line.code());
    Selection.Chosen chosen =
        new Selection.Chosen(answers.set().series(place), listing.gazetteer().of(place));
    Selection selection = new Selection(List.of(chosen), Optional.empty(), false);
    return Answer.of(
        Answer.JSON, json.write(answers.periods(selection, listing.interval(), PlaceAnswers.ALL)));
  }
}
