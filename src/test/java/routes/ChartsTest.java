package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chart.ComparisonChart;
import covid.ArchivedSet;
import covid.Day;
import covid.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChartsTest {
  private static final ArchivedSet OLD = set("\"old\"", 1);
  private static final ArchivedSet NEW = set("\"new\"", 2);

  private final Charts charts = new Charts();

  private static ArchivedSet set(String etag, long cases) {
    return set(etag, List.of(IngestTestBase.day("2020-01-22", cases, 0, 0)));
  }

  private static ArchivedSet set(String etag, List<Day> days) {
    return new ArchivedSet(new Series(days), "", etag, Instant.EPOCH);
  }

  @Test
  void onlyTheFirstWhoAsksHasToDraw() throws Exception {
    assertThat(charts.isDue(NEW)).isTrue();
    assertThat(charts.isDue(NEW)).isFalse();
    charts.drawn(new byte[] {1}, NEW);

    assertThat(charts.isDue(NEW)).isFalse();
    assertThat(charts.png(NEW)).containsExactly(1);
  }

  @Test
  void whoStillHasTheSetBeforeDoesNotHaveItDrawnAgain() throws Exception {
    charts.isDue(OLD);
    charts.drawn(new byte[] {1}, OLD);
    charts.isDue(NEW);
    charts.drawn(new byte[] {2}, NEW);

    assertThat(charts.isDue(OLD)).isFalse();
    assertThat(charts.png(OLD)).containsExactly(1);
    assertThat(charts.png(NEW)).containsExactly(2);
  }

  @Test
  void whoeverWaitsIsToldThatItCannotBeDrawnAndTheNextOneTriesAgain() throws Exception {
    charts.isDue(NEW);
    charts.failed(new IllegalStateException("no fonts"), NEW);

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> charts.png(NEW))
        .withMessageContaining("no fonts");
    assertThat(charts.isDue(NEW)).isTrue();
  }

  @Test
  void theDrawingOfLinesIsOfTheSetAskedFor() {
    String old = charts.svg(OLD);

    assertThat(charts.svg(NEW)).isNotEqualTo(old);
    assertThat(charts.svg(OLD)).isSameAs(old);
  }

  @Test
  void nobodyWhoWantsPixelsWaitsForTheDrawingOfLines() throws Exception {
    ArchivedSet set =
        set(
            "\"long\"",
            LocalDate.of(1900, 1, 1)
                .datesUntil(LocalDate.of(2100, 1, 1))
                .map(date -> new Day(date, "US", 3, 2, 1))
                .toList());
    FutureTask<String> svg = new FutureTask<>(() -> charts.svg(set));
    Thread drawing = new Thread(svg);
    drawing.start();
    while (!isIn(ComparisonChart.class, drawing)) {
      Thread.onSpinWait();
    }

    charts.isDue(set);
    charts.drawn(new byte[] {1}, set);
    byte[] png = charts.png(set);
    boolean drawn = svg.isDone();

    assertThat(png).containsExactly(1);
    assertThat(drawn).isFalse();
    assertThat(svg.get()).startsWith("<svg");
  }

  private static boolean isIn(Class<?> type, Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(type.getName()));
  }
}
