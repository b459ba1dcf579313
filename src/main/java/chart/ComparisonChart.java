package chart;

import covid.Day;
import covid.Metric;
import covid.Series;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Cases, deaths and recovered of a {@link Series} since the start as stacked areas over time. The
 * area of a metric that the source has discontinued ends with a vertical edge at its last reported
 * day.
 *
 * <p>The same series gives the same picture, whatever the locale and time zone of the machine; only
 * its fonts make a difference. Can be used by several threads at once.
 */
public final class ComparisonChart {
  static {
    // A server has no screen, but AWT would look for one where DISPLAY is set. It decides this with
    // the first color already.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    // Otherwise text that is not horizontal would be shapes in the SVG.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  /** Pixels of the PNG, and units of the SVG. */
  private static final Rectangle SIZE = new Rectangle(1200, 700);

  private static final String SVG = "http://www.w3.org/2000/svg";
  private static final String SOURCES = "Sources: New York Times; Johns Hopkins CSSE";
  private static final String NO_SOURCES = "Synthetic: these figures are invented";

  /** From the palette of Okabe and Ito, for every kind of colour vision; the page has the same. */
  private static final Map<Metric, Color> COLORS =
      Map.of(
          Metric.CASES, new Color(0x0072B2),
          Metric.DEATHS, new Color(0xD55E00),
          Metric.RECOVERED, new Color(0x009E73));

  /** Lines across the plot at most. */
  private static final int MOST_STEPS = 8;

  private static final BasicStroke OUTLINE = new BasicStroke(1);
  private static final Color INK = new Color(0x222222);
  private static final Color PALE_INK = new Color(0x555555);
  private static final Color GRID = new Color(0xDDDDDD);

  private static final DateTimeFormatter LONG_DATE =
      DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.ENGLISH);

  /** What XML cannot hold or no font can show. */
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Cn}]");

  /** The chart as a PNG of 1200 x 700 pixels. */
  public byte[] png(Series series) {
    BufferedImage image =
        chart(series)
            .createBufferedImage(SIZE.width, SIZE.height, BufferedImage.TYPE_INT_RGB, null);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Given a plain stream, ImageIO would write a temporary file first.
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * The chart as an SVG document of 12:7 that scales: with texts that can be read and searched, and
   * without anything that would have to be fetched.
   */
  public String svg(Series series) {
    try {
      Document document =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument(SVG, "svg", null);
      SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
      context.setComment(null);
      context.setPrecision(2);
      SVGGraphics2D graphics = new SVGGraphics2D(context, false);
      graphics.setSVGCanvasSize(new Dimension(SIZE.width, SIZE.height));
      chart(series).draw(graphics, SIZE);

      Element root = graphics.getRoot();
      root.setAttributeNS(null, "viewBox", "0 0 " + SIZE.width + " " + SIZE.height);
      Element title = document.createElementNS(SVG, "title");
      title.setTextContent(title(series) + ". " + asOf(series));
      root.insertBefore(title, root.getFirstChild());
      fixWidths(root);
      return text(root);
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Has each text take the width that it was measured with: the fonts of who looks at it may be
   * narrower or wider, and numbers would no longer end at their axis.
   */
  private static void fixWidths(Element root) {
    FontRenderContext context = new FontRenderContext(null, true, false);
    NodeList texts = root.getElementsByTagNameNS(SVG, "text");
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      int style = inherited(text, "font-weight").equals("bold") ? Font.BOLD : Font.PLAIN;
      int size = Integer.parseInt(inherited(text, "font-size").replace("px", ""));
      double width = font(style, size).getStringBounds(text.getTextContent(), context).getWidth();
      text.setAttributeNS(null, "textLength", String.format(Locale.ROOT, "%.2f", width));
      text.setAttributeNS(null, "lengthAdjust", "spacingAndGlyphs");
    }
  }

  private static String inherited(Element element, String attribute) {
    return element.hasAttribute(attribute)
        ? element.getAttribute(attribute)
        : inherited((Element) element.getParentNode(), attribute);
  }

  private static String text(Element root) throws TransformerException {
    Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    StringWriter text = new StringWriter();
    transformer.transform(new DOMSource(root), new StreamResult(text));
    return text.toString();
  }

  private static JFreeChart chart(Series series) {
    JFreeChart chart = new JFreeChart(null, null, plot(series), false);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(20, 24, 16, 36));
    chart.setTextAntiAlias(true);
    chart.addSubtitle(line(title(series), font(Font.BOLD, 26), INK));
    chart.addSubtitle(line(asOf(series), font(Font.PLAIN, 15), PALE_INK));
    chart.addSubtitle(legend(chart.getXYPlot()));
    String credit = series.isSynthetic() ? NO_SOURCES : SOURCES;
    TextTitle sources = line(credit, font(Font.PLAIN, 13), PALE_INK);
    sources.setPosition(RectangleEdge.BOTTOM);
    chart.addSubtitle(sources);
    return chart;
  }

  private static TextTitle line(String text, Font font, Color color) {
    TextTitle line = new TextTitle(text, font);
    line.setPaint(color);
    line.setHorizontalAlignment(HorizontalAlignment.LEFT);
    line.setPadding(0, 0, 6, 0);
    return line;
  }

  private static String title(Series series) {
    return (series.isSynthetic() ? "SYNTHETIC · " : "")
        + "COVID-19 · "
        + UNPRINTABLE.matcher(series.country()).replaceAll(" ");
  }

  /** The day of the latest figures, and of those that the source no longer reports. */
  private static String asOf(Series series) {
    List<Day> days = series.days();
    List<String> parts = new ArrayList<>();
    parts.add("As of " + LONG_DATE.format(days.get(days.size() - 1).date()));
    for (Metric metric : Metric.PUBLISHED) {
      if (series.isDiscontinued(metric)) {
        parts.add(metric + ": last reported " + LONG_DATE.format(series.latest(metric).asOf()));
      }
    }
    return String.join("; ", parts);
  }

  private static XYPlot plot(Series series) {
    StackedDays stack = StackedDays.of(series);
    // Each area reaches down to zero; the plot draws the topmost first and the lowest last.
    XYAreaRenderer areas = new XYAreaRenderer(XYAreaRenderer.AREA);
    areas.setOutline(true);
    for (int i = 0; i < stack.metrics().size(); i++) {
      Color color = color(stack.metrics().get(i));
      areas.setSeriesPaint(i, color);
      areas.setSeriesOutlinePaint(i, color.darker());
      areas.setSeriesOutlineStroke(i, OUTLINE);
    }
    XYPlot plot =
        new XYPlot(stack.edges(), timeAxis(series.days()), personsAxis(stack.height()), areas);
    plot.setBackgroundPaint(Color.WHITE);
    plot.setOutlineVisible(false);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(OUTLINE);
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    plot.setFixedLegendItems(legendItems());
    return plot;
  }

  private static LegendItemCollection legendItems() {
    LegendItemCollection items = new LegendItemCollection();
    Shape box = new Rectangle(-8, -7, 16, 14);
    for (Metric metric : Metric.PUBLISHED) {
      Color color = color(metric);
      items.add(
          new LegendItem(name(metric), null, null, null, box, color, OUTLINE, color.darker()));
    }
    return items;
  }

  private static Color color(Metric metric) {
    return COLORS.getOrDefault(metric, PALE_INK);
  }

  private static String name(Metric metric) {
    String name = metric.toString();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static LegendTitle legend(XYPlot plot) {
    LegendTitle legend = new LegendTitle(plot);
    legend.setItemFont(font(Font.PLAIN, 15));
    legend.setItemPaint(INK);
    legend.setItemLabelPadding(new RectangleInsets(2, 4, 2, 20));
    legend.setPosition(RectangleEdge.TOP);
    legend.setHorizontalAlignment(HorizontalAlignment.LEFT);
    legend.setFrame(BlockBorder.NONE);
    legend.setPadding(0, 0, 12, 0);
    return legend;
  }

  private static ValueAxis timeAxis(List<Day> days) {
    LocalDate first = days.get(0).date();
    LocalDate last = days.get(days.size() - 1).date();
    ValueAxis axis = new CalendarAxis("Date", first, last);
    axis.setMinorTickMarkOutsideLength(3);
    axis.setTickMarkOutsideLength(7);
    look(axis);
    return axis;
  }

  private static NumberAxis personsAxis(double height) {
    NumberAxis axis = new NumberAxis("Persons since the start, stacked");
    double step = step(height);
    axis.setTickUnit(
        new NumberTickUnit(
            step, new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT))));
    axis.setRange(0, Math.max(1, Math.ceil(height / step)) * step);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    look(axis);
    return axis;
  }

  /** The least of 1, 2, 5, 10, 20, 50, ... persons that reaches a height in the most steps. */
  private static double step(double height) {
    double ten = 1;
    while (true) {
      for (int digit : new int[] {1, 2, 5}) {
        if (digit * ten * MOST_STEPS >= height) {
          return digit * ten;
        }
      }
      ten *= 10;
    }
  }

  private static void look(ValueAxis axis) {
    axis.setAxisLinePaint(INK);
    axis.setTickMarkPaint(INK);
    axis.setTickLabelFont(font(Font.PLAIN, 13));
    axis.setTickLabelPaint(INK);
    axis.setLabelFont(font(Font.PLAIN, 14));
    axis.setLabelPaint(PALE_INK);
    axis.setLabelInsets(new RectangleInsets(8, 8, 8, 8));
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
