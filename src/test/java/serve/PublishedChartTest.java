package serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import chart.ComparisonChart;
import covid.ArchivedSet;
import covid.Day;
import covid.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import local.LocalCloud;
import local.LocalCloudExtension;
import local.Polling;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import web.Answer;
import web.ProblemException;

@ExtendWith(LocalCloudExtension.class)
class PublishedChartTest {
  private static final ArchivedSet OLD = set("\"old\"", 1);
  private static final ArchivedSet NEW = set("\"new\"", 2);

  private final Queue<Runnable> drawings = new ArrayDeque<>();
  private final PublishedChart charts;

  PublishedChartTest(LocalCloud cloud) {
    BucketObjects bucket = new BucketObjects(cloud.s3Client(), cloud.bucket(), "");
    charts =
        new PublishedChart(bucket, "chart.png", drawings::add, new Failures(Throwable::getMessage));
  }

  @AfterEach
  void nothingIsLeftToDraw() {
    assertThat(drawings).isEmpty();
  }

  private static ArchivedSet set(String etag, long cases) {
    return set(etag, List.of(Day.of(LocalDate.of(2020, 1, 22), "US", cases, 0, 0)));
  }

  private static ArchivedSet set(String etag, List<Day> days) {
    return new ArchivedSet(new Series(days), "", etag, Instant.EPOCH);
  }

  private Answer png(ArchivedSet set) throws Exception {
    return charts.png(set, new Bulkhead(0));
  }

  @Test
  void onlyTheFirstCallerHasItDrawn() throws Exception {
    charts.prepare(NEW);
    charts.prepare(NEW);
    drawings.remove().run();

    assertThat(png(NEW).body()).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void aReaderOfTheSetBeforeDoesNotHaveItDrawnAgain() throws Exception {
    charts.prepare(OLD);
    drawings.remove().run();
    final Answer old = png(OLD);
    charts.prepare(NEW);
    drawings.remove().run();

    assertThat(png(OLD)).isSameAs(old);
    assertThat(png(NEW).etag()).isNotEqualTo(old.etag());
  }

  @Test
  void saysThatItCannotBeDrawnAndTheNextCallerHasItTriedAgain() throws Exception {
    ArchivedSet broken = new ArchivedSet(null, "", "\"broken\"", Instant.EPOCH);
    charts.prepare(broken);
    drawings.remove().run();

    assertThat(charts.prepare(broken)).isNotDone();
    drawings.remove().run();
    assertThat(charts.prepare(broken)).isNotDone();
    drawings.clear();
  }

  @Test
  void refusesACallerAtOnceIfItIsNotDrawnYetAndThereIsNoPlaceToWait() throws Exception {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> png(NEW))
        .withMessage("Too many requests wait for the archive; try again in a little while.");
    drawings.remove().run();

    assertThat(png(NEW).type()).isEqualTo("image/png");
  }

  @Test
  void theDrawingOfLinesIsOfTheSetAskedFor() {
    Answer old = charts.svg(OLD);

    assertThat(charts.svg(NEW).etag()).isNotEqualTo(old.etag());
    assertThat(charts.svg(OLD)).isSameAs(old);
  }

  @Test
  void aCallerWhoWantsPixelsDoesNotWaitForTheDrawingOfLines() throws Exception {
    ArchivedSet set =
        set(
            "\"long\"",
            LocalDate.of(1950, 1, 1)
                .datesUntil(LocalDate.of(2050, 1, 1))
                .map(date -> Day.of(date, "US", 3, 2, 1))
                .toList());
    charts.prepare(NEW);
    drawings.remove().run();
    FutureTask<Answer> svg = new FutureTask<>(() -> charts.svg(set));
    Thread drawing = new Thread(svg);
    drawing.start();
    Polling.until(() -> isIn(ComparisonChart.class, drawing));

    Answer png = png(NEW);
    boolean drawn = svg.isDone();

    assertThat(png.type()).isEqualTo("image/png");
    assertThat(drawn).isFalse();
    assertThat(svg.get().body()).asString().startsWith("<svg");
  }

  private static boolean isIn(Class<?> type, Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals(type.getName()));
  }
}
