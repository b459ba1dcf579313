package routes;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import covid.Day;
import covid.Metric;
import covid.RunReport;
import covid.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import local.LocalCloud;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Storing the days of many places, when nothing goes wrong. */
class PlaceStoreTest extends PlaceStoreTestBase {
  PlaceStoreTest(LocalCloud cloud) {
    super(cloud);
  }

  @Test
  void addsTheDaysOfEachPlaceInBatches() {
    List<Day> days = days(60, "DE", "Korea, South", "US");

    RunReport report = store(days);

    assertThat(report.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(report.days()).isEqualTo(new RunReport.Days(180, 180, 0, 0, 0));
    assertThat(report.added()).isEqualTo(180);
    assertThat(cloud.itemsOfPlaces())
        .containsExactlyInAnyOrderElementsOf(
            days.stream().map(day -> LAYOUT.item(day, lastRun())).toList());
    assertThat(count("DynamoDB Query")).isEqualTo(3);
    assertThat(count("DynamoDB " + BATCH)).isEqualTo(9);
    assertThat(count("DynamoDB")).isEqualTo(12);
  }

  @Test
  void readsOnlyWhereNothingIsNew() {
    store(days(60, "DE", "US"));
    cloud.forgetRequests();

    RunReport report = store(days(60, "DE", "US"));

    assertThat(report.days()).isEqualTo(new RunReport.Days(120, 0, 120, 0, 0));
    assertThat(cloud.requests())
        .containsOnly("S3 GET covid-data?prefix=world/dead-letter/", "DynamoDB Query");
    assertThat(count("DynamoDB Query")).isEqualTo(2);
  }

  @Test
  void putsAFewDaysOneByOne() {
    store(days(10, "DE", "US"));
    cloud.forgetRequests();

    RunReport report = store(days(11, "DE", "US"));

    assertThat(report.days()).isEqualTo(new RunReport.Days(22, 2, 20, 0, 0));
    assertThat(count("DynamoDB PutItem")).isEqualTo(2);
    assertThat(count("DynamoDB " + BATCH)).isZero();
    assertThat(cloud.itemsOfPlaces()).contains(LAYOUT.item(day("US", 10), lastRun()));
  }

  @Test
  void fillsTheGapsBetweenPresentDays() {
    List<Day> days = days(40, "DE");
    store(IntStream.range(0, 40).filter(i -> i % 2 == 0).mapToObj(days::get).toList());

    RunReport report = store(days);

    assertThat(report.days()).isEqualTo(new RunReport.Days(40, 20, 20, 0, 0));
    assertThat(cloud.itemsOfPlaces()).hasSize(40);
  }

  @Test
  void leavesRevisedAndUnreadableDaysAsTheyAreAndReportsThem() {
    store(days(5, "DE"));
    put(day("DE", 1, Map.of(Metric.CASES, 99L)), "other");
    put(Map.of("Place", fromS("DE"), "Date", fromS("2020-01-24"), "Cases", fromS("many")));
    put(Map.of("Place", fromS("DE"), "Date", fromS("2020-01-25x")));

    RunReport report = store(days(5, "DE"));

    assertThat(report.days()).isEqualTo(new RunReport.Days(5, 0, 5, 2, 0));
    assertThat(report.revised())
        .containsExactly(
            new RunReport.Revision(day("DE", 1), day("DE", 1, Map.of(Metric.CASES, 99L))),
            new RunReport.Revision(day("DE", 2), null));
    assertThat(cloud.itemsOfPlaces())
        .contains(LAYOUT.item(day("DE", 1, Map.of(Metric.CASES, 99L)), "other"));
  }

  @Test
  void aFigureThatComesLaterIsARevision() {
    store(days(5, "DE"));
    List<Day> later = new ArrayList<>(days(5, "DE"));
    Day whole = day("DE", 2, Map.of(Metric.CASES, 2L, Metric.DEATHS, 1L));
    later.set(2, whole);

    assertThat(store(later).revised()).containsExactly(new RunReport.Revision(whole, day("DE", 2)));
  }

  @Test
  void readsEveryPageOfAPlace() {
    // Two such items do not fit into a page of 1 MB.
    for (int i = 0; i < 5; i++) {
      put(
          Map.of(
              "Place", fromS("DE"),
              "Date", fromS(START.plusDays(i).toString()),
              "Note", fromS("x".repeat(390_000))));
    }

    RunReport report = store(days(6, "DE"));

    assertThat(report.days()).isEqualTo(new RunReport.Days(6, 1, 5, 5, 0));
    assertThat(count("DynamoDB Query")).isGreaterThan(1);
  }

  @Test
  @Tag("slow")
  void storesAnyNumberOfPlacesWithOneThread() {
    start("store.concurrency", "1");
    String[] places = IntStream.range(0, 1_500).mapToObj(i -> "P" + i).toArray(String[]::new);

    assertThat(store(days(1, places)).added()).isEqualTo(1_500);
    assertThat(cloud.itemsOfPlaces()).hasSize(1_500);
  }

  @Test
  void reportsAtMost1000Revisions() {
    List<Day> days = days(1_200, "DE");
    store(days);

    RunReport report =
        store(days.stream().map(day -> new Day(day.key(), Map.of(Metric.CASES, 9_999L))).toList());

    assertThat(report.days().revised()).isEqualTo(1_200);
    assertThat(report.revised()).hasSize(1_000);
  }
}
