package feeds;

import covid.FeedDays;
import covid.FeedRow;
import covid.PartSums;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Adds rows straight from the bytes: those of plain records that hold only dates, places and parts
 * which were met before, and plain figures. No row makes an object: a cold JVM would spend more
 * time on these than on the bytes. Not thread-safe.
 */
final class PlainRows {
  /** Stands for the parts of a place that was not asked for. */
  private static final KnownTexts<PartSums> NOT_ASKED_FOR = new KnownTexts<>();

  private final FeedDays days;
  private final int date;
  private final int place;
  private final int part;
  private final int[] figureFields;
  private final PlainFields fields;
  private final KnownTexts<Integer> dates = new KnownTexts<>();
  private final KnownTexts<KnownTexts<PartSums>> places = new KnownTexts<>();
  private final long[] figures;

  /**
   * @param columns of the feed, none of which is missing
   * @param days to which the rows are added
   */
  PlainRows(FeedColumns columns, FeedDays days) {
    this.days = days;
    this.date = columns.date();
    this.place = columns.place();
    this.part = columns.part();
    this.figureFields = columns.figures();
    this.fields = new PlainFields(columns.count(), columns.width());
    this.figures = new long[figureFields.length];
  }

  /**
   * Adds rows until one needs a closer look.
   *
   * @param from the beginning of a record
   * @param to the end of the buffer's content
   * @return the beginning of the record that needs a closer look, or is not whole
   */
  int add(byte[] buffer, int from, int to) {
    int record = from;
    int next = fields.split(buffer, record, to);
    while (next >= 0 && add()) {
      record = next;
      next = fields.split(buffer, record, to);
    }
    return record;
  }

  /** Adds the row of the record that was split last; false if it needs a closer look. */
  private boolean add() {
    KnownTexts<PartSums> parts = fields.in(places, place);
    if (parts == null || parts == NOT_ASKED_FOR) {
      return parts != null;
    }
    PartSums sums = fields.in(parts, part);
    Integer day = fields.in(dates, date);
    if (sums == null || day == null) {
      return false;
    }
    for (int i = 0; i < figures.length; i++) {
      figures[i] = fields.figure(figureFields[i]);
      if (figures[i] == PlainFields.UNUSUAL) {
        return false;
      }
    }
    return days.add(sums, day, figures);
  }

  /** Keeps what the texts of a row meant. */
  void learn(byte[] buffer, int from, int to, FeedRow row, FeedRow.Reading reading) {
    LocalDate day = reading.date();
    if (day == null || reading instanceof FeedRow.Reading.Bad || !isPlain(buffer, from, to)) {
      return;
    }
    fields.learn(dates, date, Math.toIntExact(day.toEpochDay()));
    Optional<PartSums> sums = days.part(row.place(), row.part().strip());
    if (sums.isPresent()) {
      KnownTexts<PartSums> parts = fields.in(places, place);
      if (parts == null) {
        parts = new KnownTexts<>();
        fields.learn(places, place, parts);
      }
      fields.learn(parts, part, sums.get());
    }
  }

  /** Keeps that the place of a record was not asked for. */
  void learnNotAskedFor(byte[] buffer, int from, int to) {
    if (isPlain(buffer, from, to)) {
      fields.learn(places, place, NOT_ASKED_FOR);
    }
  }

  private boolean isPlain(byte[] buffer, int from, int to) {
    // With its line end, which may be of two bytes; behind the last record there is none.
    int next = fields.split(buffer, from, Math.min(to + 2, buffer.length));
    return next >= 0 && fields.recordEnd() == to;
  }
}
