package local;

import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * Debian's Chromium without a window, with a profile of its own (chromedriver makes it and removes
 * it) and with no way to anything but this machine.
 */
public final class Browser implements AutoCloseable {
  private static final File CHROMIUM = new File("/usr/bin/chromium");
  private static final File DRIVER = new File("/usr/bin/chromedriver");
  private static final String MISSING =
      "There is no browser: %s and %s are needed.".formatted(CHROMIUM, DRIVER);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** The width of a sheet without its margins, in pixels. */
  public static final int A4_WIDTH = 688;

  /** Finds the first element that is seen, and its text. */
  private static final String VISIBLE =
      """
      const visible = (css) =>
        [...document.querySelectorAll(css)].find(
          (each) =>
            each.getClientRects().length > 0 &&
            each.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
        );
      const textOf = (each) =>
        (each?.innerText ?? each?.textContent)
          ?.replace(/[^\\S\\n]+/g, " ")
          .replace(/ ?\\n ?/g, "\\n")
          .trim();
      """;

  private static final Duration POLL = Duration.ofMillis(50);

  // It warns of each browser that is newer than itself.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  static {
    SELENIUM.setLevel(Level.SEVERE);
  }

  private final ChromeDriver driver;
  private final List<String> errors = new ArrayList<>();
  private final List<String> urls = new ArrayList<>();

  private Browser() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM);
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--lang=en-GB",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
    options.setExperimentalOption("perfLoggingPrefs", Map.of("enablePage", false));
    options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL", "performance", "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER).usingAnyFreePort().build();
    service.sendOutputTo(OutputStream.nullOutputStream());
    driver = new ChromeDriver(service, options);
  }

  /** Whether there is a browser on this machine. */
  public static boolean isHere() {
    return CHROMIUM.canExecute() && DRIVER.canExecute();
  }

  /**
   * Starts a browser.
   *
   * @throws IllegalStateException if there is none
   */
  public static Browser start() {
    if (!isHere()) {
      throw new IllegalStateException(MISSING);
    }
    return new Browser();
  }

  /**
   * Skips the tests of a class where there is no browser; with the system property {@code
   * browser.required=true} they fail.
   */
  public static final class Needed implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return isHere() || Boolean.getBoolean("browser.required")
          ? ConditionEvaluationResult.enabled(null)
          : ConditionEvaluationResult.disabled(MISSING);
    }
  }

  /** What steers the browser. */
  public WebDriver driver() {
    return driver;
  }

  /**
   * Opens a page, with the pointer in its corner, and forgets errors and requests of earlier ones.
   */
  public void open(URI page) {
    driver.get("about:blank");
    new Actions(driver).moveToLocation(0, 0).perform();
    readLogs();
    errors.clear();
    urls.clear();
    driver.get(page.toString());
  }

  /** Forgets the files that the browser has kept. */
  public void forgetFiles() {
    driver.executeCdpCommand("Network.clearBrowserCache", Map.of());
  }

  // --- What is on the page

  /** Waits until something is there, that is neither null nor false, and returns it. */
  public <T> T await(Function<? super WebDriver, T> something) {
    return new WebDriverWait(driver, PATIENCE, POLL)
        .ignoring(StaleElementReferenceException.class)
        .until(something);
  }

  /** Waits for the element of a CSS selector to be visible. */
  public WebElement element(String css) {
    return await(page -> (WebElement) script(VISIBLE + "return visible(arguments[0])", css));
  }

  /** The elements of a CSS selector that are there now. */
  public List<WebElement> elements(String css) {
    return driver.findElements(By.cssSelector(css));
  }

  /** The visible text of an element, once it is there. */
  public String text(String css) {
    // In one step, since the page may be drawn anew between two.
    return await(page -> (String) script(VISIBLE + "return textOf(visible(arguments[0]))", css));
  }

  /**
   * The visible text of each element of a CSS selector, each as those of its own elements of
   * another one. The page is asked once, since a table has a thousand of them.
   */
  @SuppressWarnings("unchecked")
  public List<List<String>> texts(String css, String inner) {
    return (List<List<String>>)
        script(
            VISIBLE
                + "return [...document.querySelectorAll(arguments[0])].map((outer) =>"
                + " [...outer.querySelectorAll(arguments[1])].map(textOf))",
            css,
            inner);
  }

  /** What a script returns. */
  public Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  // --- What a person does

  /** Clicks on an element, once it is there. */
  public void click(String css) {
    element(css).click();
  }

  /** Presses keys, wherever the focus is. */
  public void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** Moves the pointer over an element, to a place from 0 (left) to 1 (right), at half height. */
  public void point(String css, double x) {
    WebElement element = element(css);
    int fromCentre = (int) Math.round(element.getSize().getWidth() * (x - 0.5));
    new Actions(driver).moveToElement(element, fromCentre, 0).perform();
  }

  /** Draws over an element with the mouse, from one place to another, from 0 (left) to 1. */
  public void drag(String css, double from, double to) {
    WebElement element = element(css);
    int width = element.getSize().getWidth();
    new Actions(driver)
        .moveToElement(element, (int) Math.round(width * (from - 0.5)), 0)
        .clickAndHold()
        .moveToElement(element, (int) Math.round(width * (to - 0.5)), 0)
        .release()
        .perform();
  }

  /** Spreads two fingers over the middle of an element, to four times their distance. */
  public void pinch(String css) {
    Rectangle area = element(css).getRect();
    Object scrolled = script("return scrollY");
    int x = area.getX() + area.getWidth() / 2;
    int y = area.getY() + area.getHeight() / 2 - ((Number) scrolled).intValue();
    touch("touchStart", List.of(Map.of("x", x - 20, "y", y), Map.of("x", x + 20, "y", y)));
    touch("touchMove", List.of(Map.of("x", x - 50, "y", y), Map.of("x", x + 50, "y", y)));
    touch("touchMove", List.of(Map.of("x", x - 80, "y", y), Map.of("x", x + 80, "y", y)));
    touch("touchEnd", List.of());
  }

  private void touch(String type, List<?> points) {
    driver.executeCdpCommand(
        "Input.dispatchTouchEvent", Map.of("type", type, "touchPoints", points));
  }

  // --- How it is looked at

  /** As in a window of a desk that is so wide, whose scroll bars take up room. */
  public void inNarrowWindow(int width) {
    viewport(width, 844, false);
    driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", false));
  }

  /** As on a desk, with light colours. */
  public void onDesk() {
    viewport(1280, 900, false);
    colourScheme("light");
  }

  /** As on a phone that is so wide, and is touched. */
  public void onPhone(int width) {
    viewport(width, 740, true);
  }

  /** As on a screen of this size; up to 500 pixels it is that of a phone. */
  public void onScreen(int width, int height) {
    viewport(width, height, width <= 500);
  }

  private void viewport(int width, int height, boolean mobile) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", mobile));
    // A picture of the whole page shall not be another width than the page.
    driver.executeCdpCommand("Emulation.setScrollbarsHidden", Map.of("hidden", true));
  }

  /** Has the browser run scripts, or not. */
  public void scripts(boolean run) {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", !run));
  }

  /** Lets no request through whose address is like one of these. */
  public void block(String... patterns) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(patterns)));
  }

  /**
   * Has the reader prefer colours.
   *
   * @param scheme {@code light} or {@code dark}
   */
  public void colourScheme(String scheme) {
    media("", "prefers-color-scheme", scheme);
  }

  /** Has the system few colours, which it gives to all pages. */
  public void forcedColours() {
    media("", "forced-colors", "active");
  }

  /** As on a sheet of paper, for a reader of dark colours. */
  public void onPaper() {
    viewport(A4_WIDTH, 1_000, false);
    media("print", "prefers-color-scheme", "dark");
  }

  /**
   * Runs a script in each page before those of the page.
   *
   * @return what {@link #onNoPage} takes to end that
   */
  public String onEachPage(String script) {
    return driver
        .executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script))
        .get("identifier")
        .toString();
  }

  /** Runs a script no longer. */
  public void onNoPage(String id) {
    driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", id));
  }

  private void media(String media, String feature, String value) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("media", media, "features", List.of(Map.of("name", feature, "value", value))));
  }

  // --- What came of it

  /** What the console says is wrong since the page was opened. */
  public List<String> errors() {
    readLogs();
    return List.copyOf(errors);
  }

  /** Every address that was asked for since the page was opened. */
  public List<String> urls() {
    readLogs();
    return List.copyOf(urls);
  }

  private void readLogs() {
    for (LogEntry entry : driver.manage().logs().get("browser")) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        errors.add(entry.getMessage());
      }
    }
    for (LogEntry entry : driver.manage().logs().get("performance")) {
      Map<?, ?> message = at(new Json().toType(entry.getMessage(), Map.class), "message");
      if ("Network.requestWillBeSent".equals(message.get("method"))) {
        urls.add(at(at(message, "params"), "request").get("url").toString());
      }
    }
  }

  private static Map<?, ?> at(Map<?, ?> object, String name) {
    return (Map<?, ?>) object.get(name);
  }

  /** What axe finds serious or critical: which rule, and where. */
  public List<String> findings() {
    return new AxeBuilder()
        .analyze(driver).getViolations().stream()
            .filter(rule -> Set.of("serious", "critical").contains(rule.getImpact()))
            .map(Browser::finding)
            .toList();
  }

  private static String finding(Rule rule) {
    return rule.getHelp() + ": " + rule.getNodes().stream().map(node -> node.getTarget()).toList();
  }

  /** Keeps a picture of the whole page under {@code target/screenshots}. */
  public void screenshot(String name) {
    Map<?, ?> page =
        at(driver.executeCdpCommand("Page.getLayoutMetrics", Map.of()), "cssContentSize");
    Object picture =
        driver
            .executeCdpCommand(
                "Page.captureScreenshot",
                Map.of(
                    "captureBeyondViewport",
                    true,
                    "clip",
                    Map.of(
                        "x",
                        0,
                        "y",
                        0,
                        "width",
                        page.get("width"),
                        "height",
                        page.get("height"),
                        "scale",
                        1)))
            .get("data");
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(
          SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode(picture.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Prints the page on A4, and keeps the sheets under {@code target/screenshots}.
   *
   * @return the PDF, a character a byte
   */
  public String print(String name) {
    byte[] pdf =
        Base64.getDecoder()
            .decode(
                driver
                    .executeCdpCommand(
                        "Page.printToPDF",
                        Map.of("paperWidth", 8.27, "paperHeight", 11.69, "printBackground", false))
                    .get("data")
                    .toString());
    try {
      Files.createDirectories(SCREENSHOTS);
      Files.write(SCREENSHOTS.resolve(name + ".pdf"), pdf);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String(pdf, StandardCharsets.ISO_8859_1);
  }

  /** Keeps a picture of what is on the screen in a file. */
  public void picture(Path file) {
    try {
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
