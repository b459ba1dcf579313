package feeds;

import covid.Day;
import covid.DayColumns;
import covid.DayKey;
import covid.EndedPart;
import covid.FeedRow;
import covid.FeedSet;
import covid.Gaps;
import covid.IncompleteDay;
import covid.Metric;
import covid.Place;
import covid.QuarantinedRow;
import covid.RowCounts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What comes of a feed. A case names some of these; {@code days} to {@code ended} are one record,
 * in which all that is not named is 0 or empty. Records and rows go by the line on which they
 * begin; their text is that of the line unless {@code text} says otherwise.
 *
 * <pre>
 *   records: {2: [field, field], 3: why it cannot be parsed, 4: {text: cut, fields: [field]}}
 *   rows: {2: {date: 2020-01-22, part: Guam, cases: 1}, 3: {date: 2020-01-23, reason: why}}
 *   days: {2020-01-22: {cases: 1, deaths: 0}}
 *   names: {FR: France}
 *   good: 1
 *   empty: 1
 *   quarantine: {3: why, 4: {text: cut, reason: why}}
 *   missing: [column]
 *   page: the first words of the HTML page that it is
 *   incomplete: {2020-01-22: [part]}
 *   ended: {part: 2020-01-22}
 *   refused: the sentence
 * </pre>
 *
 * @param records what the parser gets
 * @param rows what each row of the country says, by its line
 * @param set what the pull gives
 * @param refused why it gives nothing
 */
record FeedOutcome(
    Optional<List<Candidate>> records,
    Optional<Map<Long, FeedRow.Reading>> rows,
    Optional<FeedSet> set,
    Optional<String> refused) {

  private static final List<String> OF_THE_SET =
      List.of("days", "names", "good", "empty", "quarantine", "missing", "incomplete", "ended");

  FeedOutcome {
    if (Stream.of(records, rows, set, refused).allMatch(Optional::isEmpty)) {
      throw new IllegalArgumentException("nothing is expected");
    }
  }

  /** A record that the parser gets: its fields, or why it has none. */
  record Candidate(long line, String text, String fault, List<String> fields) {}

  /**
   * Reads the keys above.
   *
   * @param place of its rows
   * @param lines of the feed
   * @param plain the feed before it was packed
   */
  static FeedOutcome read(SpecNode node, Place place, String[] lines, byte[] plain) {
    return new FeedOutcome(
        node.map("records", (line, record) -> candidate(Long.parseLong(line), record, lines))
            .map(records -> List.copyOf(records.values())),
        node.map("rows", (line, row) -> reading(new SpecNode("row " + line, row)))
            .map(FeedOutcome::byLine),
        OF_THE_SET.stream().anyMatch(node::has)
            ? Optional.of(set(node, place, lines, plain))
            : Optional.empty(),
        node.text("refused"));
  }

  private static Candidate candidate(long line, Object node, String[] lines) {
    String text = lines[(int) line - 1];
    if (node instanceof String fault) {
      return new Candidate(line, text, fault, List.of());
    }
    if (node instanceof List<?> fields) {
      return new Candidate(line, text, "", SpecNode.texts("record " + line, fields));
    }
    SpecNode record = new SpecNode("record " + line, node);
    Candidate candidate =
        new Candidate(
            line,
            record.text("text").orElse(text),
            record.text("fault").orElse(""),
            record.texts("fields"));
    record.end();
    return candidate;
  }

  private static Map<Long, FeedRow.Reading> byLine(Map<String, FeedRow.Reading> rows) {
    Map<Long, FeedRow.Reading> byLine = new TreeMap<>();
    rows.forEach((line, row) -> byLine.put(Long.valueOf(line), row));
    return byLine;
  }

  private static FeedRow.Reading reading(SpecNode row) {
    LocalDate date = row.text("date").map(LocalDate::parse).orElse(null);
    Optional<String> reason = row.text("reason");
    if (reason.isPresent()) {
      row.end();
      return new FeedRow.Reading.Bad(reason.get(), date);
    }
    Optional<String> part = row.text("part");
    Map<Metric, Long> figures = figures(row);
    return figures.isEmpty()
        ? new FeedRow.Reading.Empty(date)
        : new FeedRow.Reading.Good(date, part.orElse(""), figures);
  }

  private static Map<Metric, Long> figures(SpecNode node) {
    Map<Metric, Long> figures = new TreeMap<>();
    for (Metric metric : Metric.PUBLISHED) {
      node.text(metric.toString()).ifPresent(text -> figures.put(metric, Long.valueOf(text)));
    }
    node.end();
    return figures;
  }

  private static FeedSet set(SpecNode node, Place place, String[] lines, byte[] plain) {
    List<Day> days = new ArrayList<>();
    node.map(
        "days",
        (date, day) ->
            days.add(
                new Day(
                    new DayKey(place, LocalDate.parse(date)), figures(new SpecNode(date, day)))));
    SortedMap<Place, String> nameOf = new TreeMap<>();
    node.map("names", (code, name) -> nameOf.put(new Place(code), name.toString()));
    List<QuarantinedRow> quarantine = new ArrayList<>();
    node.map(
        "quarantine", (line, row) -> quarantine.add(quarantined(Long.parseLong(line), row, lines)));
    List<IncompleteDay> incomplete = new ArrayList<>();
    node.map(
        "incomplete",
        (date, parts) -> {
          List<String> names = SpecNode.texts(date, parts);
          return incomplete.add(
              new IncompleteDay(new DayKey(place, LocalDate.parse(date)), names.size(), names));
        });
    List<EndedPart> ended = new ArrayList<>();
    node.map(
        "ended", (part, last) -> ended.add(new EndedPart(part, LocalDate.parse(last.toString()))));
    int good = node.number("good", 0);
    int empty = node.number("empty", 0);
    int bad = quarantine.size();
    return new FeedSet(
        new FeedSet.Origin(
            FeedCase.FEED,
            FeedCase.URL.toString(),
            FeedCase.ETAG,
            plain.length,
            DigestUtils.sha256Hex(plain)),
        node.texts("missing"),
        new FeedSet.Head(node.text("page").isPresent(), "", true),
        new RowCounts(good + empty + bad, good, empty, bad),
        DayColumns.copyOf(days),
        nameOf,
        new Gaps(incomplete, ended),
        quarantine);
  }

  private static QuarantinedRow quarantined(long line, Object node, String[] lines) {
    if (node instanceof String reason) {
      return new QuarantinedRow(FeedCase.FEED, line, lines[(int) line - 1], reason);
    }
    SpecNode row = new SpecNode("quarantined row " + line, node);
    QuarantinedRow quarantined =
        new QuarantinedRow(
            FeedCase.FEED, line, row.text("text").orElseThrow(), row.text("reason").orElseThrow());
    row.end();
    return quarantined;
  }
}
