package chart;

import covid.Series;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Rectangle;
import java.awt.font.FontRenderContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
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
import org.jfree.chart.text.TextUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The metrics of a {@link Series} since the start as stacked areas over time, or a line for each of
 * several places. The area of a metric that the source has discontinued ends with a vertical edge
 * at its last reported day.
 *
 * <p>The same series gives the same picture, whatever the locale and time zone of the machine; only
 * its fonts make a difference. Thread-safe.
 */
public final class ComparisonChart {
  static {
    // A server has no screen, but AWT would look for one if DISPLAY is set. It decides with the
    // first color.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
    // Otherwise non-horizontal text would become shapes in the SVG.
    TextUtils.setUseDrawRotatedStringWorkaround(false);
  }

  /** Pixels of the PNG, and units of the SVG. */
  private static final Rectangle SIZE = new Rectangle(1200, 700);

  private static final String SVG = "http://www.w3.org/2000/svg";

  private final String credit;

  /** Charts of the sources that the program had from the start. */
  public ComparisonChart() {
    this("Sources: New York Times; Johns Hopkins CSSE");
  }

  /**
   * @param credit the sentence that names the sources
   */
  public ComparisonChart(String credit) {
    this.credit = credit;
  }

  /** The chart of a series as a PNG of 1200 x 700 pixels. */
  public byte[] png(Series series) {
    return png(series, series.country());
  }

  /** The chart of a series as a PNG, with another name of its place. */
  public byte[] png(Series series, String name) {
    return png(ChartLayout.of(series, name, credit));
  }

  /** The chart of several places as a PNG of 1200 x 700 pixels. */
  public byte[] png(Comparison comparison) {
    return png(LineLayout.of(comparison, credit));
  }

  private static byte[] png(Drawing drawing) {
    BufferedImage image =
        drawing
            .chart()
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
   * The chart of a series as an SVG document of 12:7 that scales: with real text, and without
   * external resources.
   */
  public String svg(Series series) {
    return svg(series, series.country());
  }

  /** The chart of a series as SVG, with another name of its place. */
  public String svg(Series series, String name) {
    return svg(ChartLayout.of(series, name, credit));
  }

  /** The chart of several places as SVG. */
  public String svg(Comparison comparison) {
    return svg(LineLayout.of(comparison, credit));
  }

  private static String svg(Drawing drawing) {
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
      drawing.chart().draw(graphics, SIZE);

      Element root = graphics.getRoot();
      root.setAttributeNS(null, "viewBox", "0 0 " + SIZE.width + " " + SIZE.height);
      Element title = document.createElementNS(SVG, "title");
      title.setTextContent(drawing.description());
      root.insertBefore(title, root.getFirstChild());
      fixWidths(root);
      return text(root);
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Fixes the width of each text: a viewer's fonts may be narrower or wider, and numbers would no
   * longer end at their axis.
   */
  private static void fixWidths(Element root) {
    FontRenderContext context = new FontRenderContext(null, true, false);
    NodeList texts = root.getElementsByTagNameNS(SVG, "text");
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      int style = inherited(text, "font-weight").equals("bold") ? Font.BOLD : Font.PLAIN;
      int size = Integer.parseInt(inherited(text, "font-size").replace("px", ""));
      double width =
          ChartLook.font(style, size).getStringBounds(text.getTextContent(), context).getWidth();
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
}
