package web;

import static org.assertj.core.api.Assertions.assertThat;

import covid.Day;
import covid.DayKey;
import covid.Interval;
import covid.KnownBreak;
import covid.Metric;
import covid.Place;
import covid.PlaceDaysBuilder;
import covid.Series;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstPictureTest {
  private static final LocalDate FIRST = LocalDate.of(2021, 1, 1);
  private static final List<Metric> METRICS = List.of(Metric.CASES, Metric.DEATHS);

  /** The total of cases on each day, and a tenth of it as deaths; a negative one: no such day. */
  private static Series series(String place, LongStream totals) {
    PlaceDaysBuilder days = new PlaceDaysBuilder(new Place(place), METRICS);
    long[] all = totals.toArray();
    for (int i = 0; i < all.length; i++) {
      if (all[i] >= 0) {
        days.put(
            new Day(
                new DayKey(new Place(place), FIRST.plusDays(i)),
                Map.of(Metric.CASES, all[i], Metric.DEATHS, all[i] / 10)));
      }
    }
    return new Series(days.build(), false);
  }

  private static Series steady(String place, int days, int step) {
    return series(place, LongStream.range(0, days).map(day -> day * step));
  }

  private static ShownPlace shown(Series series, Interval interval) {
    return ShownPlace.oneOfMany(series.country(), series, interval, metric -> false);
  }

  private static String html(Interval interval, boolean isEmbedded, Series... places) {
    return new FirstPicture(
            java.util.Arrays.stream(places).map(series -> shown(series, interval)).toList(),
            true,
            interval,
            Instant.parse("2026-11-29T03:11:50Z"),
            false,
            false,
            List.of("deaths ended"),
            List.of(
                new KnownBreak(FIRST.plusDays(2), "Tests < 5 are counted"),
                new KnownBreak(FIRST.minusDays(1), "Before all figures")),
            List.of("Source: us."))
        .html(isEmbedded, List.of());
  }

  private static Optional<String> found(String pattern, String html) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(html)
        .results()
        .findFirst()
        .map(match -> match.group(1));
  }

  @Test
  void leadsWithTheDayOfTheFiguresAndWhatIsNewBesideTheWeekBefore() {
    String html =
        html(
            Interval.DAY,
            false,
            series(
                "US",
                IntStream.range(0, 15)
                    .mapToLong(day -> day < 8 ? day * 100 : 700 + (day - 7) * 150)));

    assertThat(html)
        .contains(
            "<h1 tabindex=\"-1\">COVID-19 · US</h1>",
            "Data up to <time datetime=\"2021-01-15\">15 January 2021</time>",
            "updated <time id=\"updated\" datetime=\"2026-11-29T03:11:50Z\">29 November 2026 at"
                + " 03:11 UTC</time>",
            "<span id=\"new-cases\">150</span><span class=\"per\"> a day</span>",
            "<strong id=\"change-cases\">+50% on the week before</strong>",
            "7 days to <time datetime=\"2021-01-15\">15 Jan 2021</time>; <span"
                + " id=\"total-cases\">1,750</span> in total",
            "Deaths ended",
            "<p>Source: us.</p>");
  }

  @Test
  void hasTheLastThirtyDaysNewestFirst() {
    String html = html(Interval.DAY, false, steady("US", 90, 1000));

    assertThat(html.split("<th scope=\"row\">", -1)).hasSize(31);
    assertThat(found("<tbody>(.*?)</tr>", html).orElseThrow())
        .contains("2021-03-31", "31 Mar 2021", "<td class=\"number\">+1,000</td>", "+100");
  }

  @Test
  void ofWeeksTheChangeIsThatOfTheWeek() {
    Series weekly =
        series("FR", LongStream.range(0, 50).map(day -> day % 7 == 0 ? day * day * 100 : -1));

    assertThat(html(Interval.WEEK, false, weekly))
        .contains(
            "New cases <span class=\"unit\">a week</span>",
            " in the week",
            "+18.2% on the week before")
        .doesNotContain("7-day average", "class=\"line cases\"");
  }

  @Test
  void placesAreComparedByLinesInTheirColours() {
    String html = html(Interval.DAY, false, steady("FR", 40, 100), steady("DE", 30, 200));

    assertThat(html)
        .contains(
            "COVID-19 · FR and DE",
            "<path class=\"line line-1\" d=\"M7 ",
            "<path class=\"line line-2\" d=\"M7 ",
            "<th scope=\"row\" class=\"line-2\">DE</th><td class=\"number\">5,800<span",
            "<th scope=\"col\" class=\"number\">DE, cases</th>")
        .doesNotContain("id=\"total-cases\"", "class=\"legend\"");
  }

  @Test
  void embeddedItIsThePictureAndItsSource() {
    assertThat(html(Interval.DAY, true, steady("FR", 40, 100), steady("DE", 30, 200)))
        .contains("<ul class=\"legend\"><li class=\"line-1\">FR</li>", "<p>Source: us.</p>")
        .doesNotContain("last-days", "controls", "comparison", "chosen-places", "Refresh");
  }

  /** Names come from feeds. */
  @Test
  void whatComesFromFeedsIsText() {
    String html = html(Interval.DAY, false, steady("<b onclick='x'>&\"", 3, 1), steady("DE", 3, 1));

    assertThat(html)
        .contains("&lt;b onclick&#x3D;&#39;x&#39;&gt;&amp;&quot;")
        .doesNotContain("<b", "onclick='");
  }

  @Test
  void aLineEndsWhereADayHasNoFigureAndBarsGoBelowZero() {
    Series corrected = series("US", LongStream.of(0, 10, 20, 5, 15));

    String bars =
        found(
                "<path class=\"bars under cases\" d=\"([^\"]*)\"",
                html(Interval.DAY, false, corrected))
            .orElseThrow();

    // 10 at the top, -15 at the bottom, 0 at two fifths.
    assertThat(bars)
        .isEqualTo(
            "M1.1 120V0h0.8V120ZM2.1 120V0h0.8V120ZM3.1 120V300h0.8V120ZM4.1 120V0h0.8V120Z");
  }

  @Test
  void aFigureAfterDaysWithoutOneIsDrawnByTheDayAndToldWhole() {
    String html = html(Interval.DAY, false, series("US", LongStream.of(0, 10, -1, -1, 40)));

    assertThat(found("<path class=\"bars under cases\" d=\"([^\"]*)\"", html))
        .hasValue("M1.1 300V0h0.8V300ZM4.1 300V0h0.8V300Z");
    assertThat(html).contains("<td class=\"number\">+30 in 3 days</td>");
  }

  @Test
  void namesTheKnownBreaksOfItsDays() {
    assertThat(html(Interval.DAY, false, steady("US", 9, 1)))
        .contains(
            "<time datetime=\"2021-01-03\">3 January 2021</time>: Tests &lt; 5 are counted",
            "<line class=\"turn\" x1=\"27.78%\" x2=\"27.78%\" y2=\"100%\"/>",
            "dx=\"5\">1</text>")
        .doesNotContain("Before all figures");
  }

  @Test
  void aMetricWithoutAFigureInTheseDaysIsSaid() {
    assertThat(html(Interval.DAY, false, series("US", LongStream.of(7))))
        .contains(
            "<p class=\"plot-empty\">Cases: not reported for these days.</p>", "in total on ");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4300, 5000, 1000",
    "0, 1010000, 1500000, 500000",
    "-15, 10, 10, 5",
    "0, 0, 1, 1",
    "0, 3, 3, 1",
  })
  void theAxisEndsAtAMultipleOfARoundStep(double least, double most, double end, double step) {
    FigureAxis axis = FigureAxis.of(least, most, true);

    assertThat(axis.highest()).isEqualTo(end);
    assertThat(axis.step()).isEqualTo(step);
    assertThat(axis.fromTop(end)).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1234567, 1.2M",
    "200000, 200K",
    "-1500, −1.5K",
    "0, 0",
    "0.25, 0.25",
    "999, 999",
  })
  void figuresBesideAnAxisAreShort(double value, String said) {
    assertThat(ReaderWords.roughly(value)).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({
    "110, 100, +10%",
    "100, 100, 0%",
    "50, 100, −50%",
    "5, 0, +5",
    "-5, 10, −15",
    "1234, 1000, +23.4%",
    "12345, 1, '+1,230,000%'",
  })
  void aChangeIsSaidBesideTheOneBefore(double value, double before, String said) {
    assertThat(ReaderWords.beside(value, before)).isEqualTo(said);
  }
}
