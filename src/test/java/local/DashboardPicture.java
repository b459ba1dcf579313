package local;

import java.net.URI;
import java.nio.file.Path;

/** Takes the pictures of the dashboard that are in docs: its first screen on a desk. */
public final class DashboardPicture {
  private DashboardPicture() {}

  /**
   * Takes one.
   *
   * @param args the address of the page, and the file
   */
  public static void main(String[] args) {
    try (Browser browser = Browser.start()) {
      browser.onScreen(1440, 900);
      browser.colourScheme("light");
      browser.open(URI.create(args[0]));
      browser.element("#chart canvas");
      browser.element("#revised-days, #past, #runs");
      browser.picture(Path.of(args[1]));
    }
  }
}
