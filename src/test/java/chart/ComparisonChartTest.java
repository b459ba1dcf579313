package chart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import covid.Day;
import covid.Series;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Looks at the pictures themselves. */
class ComparisonChartTest {
  private static final LocalDate FIRST = LocalDate.of(2020, 1, 22);

  /** Above it are the texts and the legend. */
  private static final int PLOT_TOP = 112;

  /** Of the palette of Okabe and Ito, as 0xRRGGBB. */
  private static final int CASES = 0x0072B2;

  private static final int RECOVERED = 0x009E73;
  private static final int DEATHS = 0xD55E00;

  private final ComparisonChart chart = new ComparisonChart();

  /** Days from the first on, all metrics growing; recovered only for the first so many. */
  private static Series series(int days, int recoveredDays) {
    return new Series(
        IntStream.rangeClosed(1, days)
            .mapToObj(i -> day(i, 100_000L * i, 20_000L * i, i > recoveredDays ? 0 : 50_000L * i))
            .toList());
  }

  private static Day day(int number, long cases, long deaths, long recovered) {
    return Day.of(FIRST.plusDays(number - 1L), "US", cases, deaths, recovered);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9, 60, 61, 366, 816, 1_500})
  void isAPictureOf1200By700(int days) throws IOException {
    BufferedImage image = image(series(days, days));
    assertThat(image.getWidth()).isEqualTo(1200);
    assertThat(image.getHeight()).isEqualTo(700);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 816})
  void everyMetricHasAnAreaOfItsShare(int days) throws IOException {
    BufferedImage image = image(series(days, days));
    double cases = count(image, CASES);
    assertThat(cases).isGreaterThan(0.1 * 1200 * 700);
    assertThat(count(image, RECOVERED) / cases).isCloseTo(0.5, within(0.04));
    assertThat(count(image, DEATHS) / cases).isCloseTo(0.2, within(0.04));
  }

  @Test
  void whatIsFewLiesLowestWhereAllGoOn() throws IOException {
    assertThat(stackAt(1100, image(series(816, 816)))).containsExactly(DEATHS, CASES, RECOVERED);
  }

  @Test
  void aDiscontinuedMetricLiesOnTopAndEndsWithItsLastDay() throws IOException {
    BufferedImage image = image(series(100, 40));
    int end = rightmost(image, RECOVERED);
    assertThat(stackAt(end, image)).containsExactly(DEATHS, CASES, RECOVERED);
    assertThat(stackAt(end + 3, image)).containsExactly(DEATHS, CASES);

    double left = leftmost(image, CASES);
    double right = rightmost(image, CASES);
    assertThat((end - left) / (right - left)).isCloseTo(39.5 / 100, within(0.004));
  }

  @Test
  void theEdgeOfADiscontinuedMetricIsVertical() throws IOException {
    BufferedImage image = image(series(816, 400));
    int end = rightmost(image, RECOVERED);
    assertThat(columnCount(end - 2, image, RECOVERED))
        .isCloseTo(columnCount(end - 12, image, RECOVERED), within(4));
  }

  @Test
  void theOtherAreasGoOnGrowingWhereAMetricEnds() throws IOException {
    BufferedImage image = image(series(816, 400));
    for (int color : List.of(CASES, DEATHS)) {
      List<Integer> tops =
          IntStream.rangeClosed(leftmost(image, CASES) + 40, rightmost(image, CASES) - 3)
              .mapToObj(x -> top(x, image, color))
              .toList();
      for (int i = 1; i < tops.size(); i++) {
        assertThat(tops.get(i - 1) - tops.get(i)).as("rise at %d", i).isBetween(0, 2);
      }
    }
  }

  @Test
  void whatEndedFirstLiesTopmost() throws IOException {
    List<Day> days =
        IntStream.rangeClosed(1, 100)
            .mapToObj(i -> day(i, i > 50 ? 0 : 100L * i, 50L * i, i > 80 ? 0 : 60L * i))
            .toList();
    BufferedImage image = image(new Series(days));
    assertThat(stackAt(300, image)).containsExactly(DEATHS, RECOVERED, CASES);
    assertThat(stackAt(rightmost(image, CASES) + 3, image)).containsExactly(DEATHS, RECOVERED);
    assertThat(stackAt(1150, image)).containsExactly(DEATHS);
  }

  @Test
  void aMetricOfOneDayHasAnArea() throws IOException {
    BufferedImage image = image(series(3, 1));
    assertThat(count(image, RECOVERED)).isGreaterThan(5_000);
    assertThat(rightmost(image, RECOVERED)).isLessThan(400);
  }

  @Test
  void figuresOfZeroAreAnEmptyChart() throws Exception {
    Series zero = new Series(List.of(day(1, 0, 0, 0), day(2, 0, 0, 0)));
    assertThat(count(image(zero), CASES)).isZero();
    assertThat(texts(zero)).contains("0", "1", "22 Jan 2020", "23 Jan 2020");
  }

  @Test
  void theGreatestFiguresFitToo() throws Exception {
    Series greatest = new Series(List.of(day(1, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)));
    assertThat(count(image(greatest), DEATHS)).isGreaterThan(10_000);
    assertThat(texts(greatest)).contains("25,000,000,000,000,000,000");
  }

  @Test
  void saysWhatItIsOfAndFromWhom() throws Exception {
    assertThat(texts(series(816, 327)))
        .contains(
            "COVID-19 · US",
            "As of 16 April 2022; recovered: last reported 13 December 2020",
            "Sources: New York Times; Johns Hopkins CSSE",
            "Persons since the start, stacked",
            "Date");
  }

  @Test
  void creditsNoSourceWithInventedFigures() throws Exception {
    assertThat(texts(new Series(series(3, 3).days(), true)))
        .contains("SYNTHETIC · COVID-19 · US", "Synthetic: these figures are invented")
        .noneMatch(text -> text.contains("Times") || text.contains("Hopkins"));
  }

  @Test
  void saysNothingOfTheLastReportWhereAllGoOn() throws Exception {
    assertThat(texts(series(3, 3))).contains("As of 24 January 2020");
  }

  @Test
  void theLegendHasOneOrderWhateverEnds() throws Exception {
    for (Series series : List.of(series(816, 816), series(816, 400))) {
      assertThat(texts(series)).containsSubsequence("Cases", "Deaths", "Recovered");
    }
  }

  @Test
  void valuesHaveThousandsSeparators() throws Exception {
    assertThat(texts(series(100, 100)))
        .contains("0", "5,000,000", "10,000,000", "15,000,000", "20,000,000")
        .doesNotContain("2,500,000", "25,000,000");
  }

  @Test
  void labelsDaysWeeksMonthsQuartersOrYearsAsThereIsRoom() throws Exception {
    assertThat(dates(2)).containsExactly("22 Jan 2020", "23 Jan 2020");
    assertThat(dates(20)).containsExactly("22 Jan 2020", "29 Jan 2020", "5 Feb 2020");
    assertThat(dates(100)).containsExactly("Feb 2020", "Mar 2020", "Apr 2020");
    assertThat(dates(816))
        .containsExactly(
            "Apr 2020",
            "Jul 2020",
            "Oct 2020",
            "Jan 2021",
            "Apr 2021",
            "Jul 2021",
            "Oct 2021",
            "Jan 2022",
            "Apr 2022");
    assertThat(dates(1_500)).containsExactly("Jan 2021", "Jan 2022", "Jan 2023", "Jan 2024");
  }

  @Test
  void aMonthThatBeginsWithTheSeriesHasItsTick() throws Exception {
    List<Day> days =
        IntStream.range(0, 70)
            .mapToObj(i -> Day.of(LocalDate.of(2021, 1, 1).plusDays(i), "US", i, 0, 0))
            .toList();
    assertThat(texts(new Series(days))).contains("Jan 2021", "Feb 2021", "Mar 2021");
  }

  @Test
  void theSvgIsOneDocumentThatScalesAndFetchesNothing() throws Exception {
    String svg = chart.svg(series(816, 400));
    assertThat(svg).doesNotContain("<!DOCTYPE", "<!ENTITY", "href", "@import", "<script", "<style");
    assertThat(svg.replace("http://www.w3.org/2000/svg", "")).doesNotContain("://");

    Element root = parsed(svg).getDocumentElement();
    assertThat(root.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(root.getLocalName()).isEqualTo("svg");
    assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 1200 700");
    Node title = root.getFirstChild();
    assertThat(title.getLocalName()).isEqualTo("title");
    assertThat(title.getTextContent()).startsWith("COVID-19 · US. As of 16 April 2022");
  }

  @Test
  void textsOfTheSvgKeepTheirWidthInOtherFonts() throws Exception {
    NodeList texts = parsed(chart.svg(series(816, 400))).getElementsByTagName("text");
    assertThat(texts.getLength()).isGreaterThan(20);
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      double perLetter =
          Double.parseDouble(text.getAttribute("textLength")) / text.getTextContent().length();
      assertThat(perLetter).as(text.getTextContent()).isBetween(4.0, 26.0);
    }
  }

  @Test
  void theSvgHasTheColorsOfThePng() {
    assertThat(chart.svg(series(816, 400)))
        .contains("rgb(0,114,178)", "rgb(0,158,115)", "rgb(213,94,0)");
  }

  @Test
  void theColorsAreThoseOfThePage() throws IOException {
    try (InputStream style = getClass().getResourceAsStream("/dashboard/style.css")) {
      assertThat(new String(style.readAllBytes(), UTF_8))
          .containsSubsequence(
              "--cases: #%06x;".formatted(CASES),
              "--deaths: #%06x;".formatted(DEATHS),
              "--recovered: #%06x;".formatted(RECOVERED),
              "(prefers-color-scheme: dark)");
    }
  }

  @Test
  void aNameThatLooksLikeMarkupIsText() throws Exception {
    Series foreign = new Series(List.of(Day.of(FIRST, "<b>&\"", 3, 2, 1)));
    assertThat(chart.svg(foreign)).doesNotContain("<b>");
    assertThat(texts(foreign)).contains("COVID-19 · <b>&\"");
  }

  @Test
  void aNameThatXmlCannotHoldIsMadeHarmless() throws Exception {
    Series foreign = new Series(List.of(Day.of(FIRST, "A\u0000B\uD800C\uFFFFD", 3, 2, 1)));
    assertThat(texts(foreign)).contains("COVID-19 · A B C D");
  }

  // --- Lines to compare

  /** Days from the first on; every second one has no figure. */
  private static Comparison.Line line(String name, int days, double step) {
    return new Comparison.Line(
        name,
        IntStream.range(0, days)
            .mapToObj(
                i ->
                    new Comparison.Point(
                        FIRST.plusDays(i), i % 2 == 0 ? (Number) (step * i) : null))
            .toList());
  }

  private static Comparison comparison(Comparison.Line... lines) {
    return new Comparison("Deaths", "Persons since the start", List.of(lines), false);
  }

  private List<String> textsOf(Comparison comparison) throws Exception {
    NodeList nodes = parsed(chart.svg(comparison)).getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  @Test
  void everyPlaceHasALineOfItsColorThatGoesOnOverMissingDays() throws IOException {
    BufferedImage image =
        ImageIO.read(
            new ByteArrayInputStream(chart.png(comparison(line("A", 99, 2), line("B", 99, 1)))));

    for (int color : List.of(CASES, DEATHS)) {
      assertThat(columns(image, color).count()).isGreaterThan(900);
    }
    assertThat(top(1100, image, CASES)).isLessThan(top(1100, image, DEATHS));
  }

  @Test
  void linesHaveTitleUnitNamesAndSources() throws Exception {
    assertThat(textsOf(comparison(line("Côte d'Ivoire", 9, 2), line("A\u0000B", 9, 1))))
        .contains(
            "COVID-19 · Deaths",
            "Persons since the start; as of 30 January 2020",
            "Côte d'Ivoire",
            "A B",
            "Persons since the start",
            "Sources: New York Times; Johns Hopkins CSSE");
  }

  @Test
  void linesMayFallBelowZeroAndBeSmall() throws Exception {
    assertThat(textsOf(comparison(line("A", 9, -0.01), line("B", 9, 0.02))))
        .contains("-0.1", "-0.05", "0", "0.15");
  }

  @Test
  void linesWithoutFiguresAreAnEmptyChart() throws Exception {
    Comparison.Line none = new Comparison.Line("A", List.of(new Comparison.Point(FIRST, null)));

    assertThat(textsOf(comparison(none))).contains("COVID-19 · Deaths", "22 Jan 2020");
    assertThat(chart.png(comparison(none))).isNotEmpty();
  }

  @Test
  void syntheticLinesNameNoSource() throws Exception {
    Comparison synthetic = new Comparison("Cases", "Persons", List.of(line("A", 9, 1)), true);

    assertThat(textsOf(synthetic))
        .contains("SYNTHETIC · COVID-19 · Cases", "Synthetic: these figures are invented")
        .doesNotContain("Sources: New York Times; Johns Hopkins CSSE");
  }

  @Test
  void theSameSeriesIsTheSamePictureEverywhere() {
    Series series = series(20, 10);
    byte[] png = chart.png(series);
    String svg = chart.svg(series);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      for (String place : List.of("Pacific/Kiritimati", "America/Los_Angeles")) {
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        TimeZone.setDefault(TimeZone.getTimeZone(place));
        assertThat(chart.png(series)).isEqualTo(png);
        assertThat(chart.svg(series)).isEqualTo(svg);
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void severalThreadsDoNotDisturbEachOther() throws Exception {
    List<Series> all = List.of(series(3, 3), series(30, 10), series(816, 400));
    List<byte[]> pngs = all.stream().map(chart::png).toList();
    List<String> svgs = all.stream().map(chart::svg).toList();
    List<Callable<Boolean>> draws = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      int one = i % all.size();
      draws.add(() -> Arrays.equals(chart.png(all.get(one)), pngs.get(one)));
      draws.add(() -> chart.svg(all.get(one)).equals(svgs.get(one)));
    }
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Boolean> same : threads.invokeAll(draws, 60, SECONDS)) {
        assertThat(same.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private BufferedImage image(Series series) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(chart.png(series)));
  }

  /** Pixels of the plot of exactly this color. */
  private static int count(BufferedImage image, int color) {
    return IntStream.range(0, image.getWidth()).map(x -> columnCount(x, image, color)).sum();
  }

  private static int columnCount(int x, BufferedImage image, int color) {
    return (int)
        IntStream.range(PLOT_TOP, image.getHeight())
            .filter(y -> colorAt(x, y, image) == color)
            .count();
  }

  /** The areas in a column of the picture, from the lowest to the topmost. */
  private static List<Integer> stackAt(int x, BufferedImage image) {
    return Stream.of(CASES, RECOVERED, DEATHS)
        .filter(color -> top(x, image, color) > 0)
        .sorted((a, b) -> top(x, image, b) - top(x, image, a))
        .toList();
  }

  private static int top(int x, BufferedImage image, int color) {
    return IntStream.range(PLOT_TOP, image.getHeight())
        .filter(y -> colorAt(x, y, image) == color)
        .findFirst()
        .orElse(0);
  }

  private static int leftmost(BufferedImage image, int color) {
    return columns(image, color).min().orElseThrow();
  }

  private static int rightmost(BufferedImage image, int color) {
    return columns(image, color).max().orElseThrow();
  }

  private static IntStream columns(BufferedImage image, int color) {
    return IntStream.range(0, image.getWidth()).filter(x -> top(x, image, color) > 0);
  }

  private static int colorAt(int x, int y, BufferedImage image) {
    return image.getRGB(x, y) & 0xFFFFFF;
  }

  /** The labels of the time axis. */
  private List<String> dates(int days) throws Exception {
    return texts(series(days, days)).stream()
        .filter(text -> text.matches("(\\d+ )?[A-Z][a-z]{2} \\d{4}"))
        .toList();
  }

  /** The texts of the SVG, as they follow each other. */
  private List<String> texts(Series series) throws Exception {
    NodeList nodes = parsed(chart.svg(series)).getElementsByTagName("text");
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newDefaultNSInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
