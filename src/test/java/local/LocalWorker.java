package local;

import app.Application;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A command of the application, in a process that ends when its standard input does: when the
 * process that started it ends, in whatever way.
 */
final class LocalWorker {
  private LocalWorker() {}

  /**
   * Runs until the standard input ends.
   *
   * @param args the command
   */
  public static void main(String[] args) {
    System.setProperty("log4j2.configurationFile", "log4j2.properties,log4j2-local.properties");
    Thread watch = new Thread(() -> endWith(System.in), "parent");
    watch.setDaemon(true);
    watch.start();
    Application.main(args);
  }

  private static void endWith(InputStream parent) {
    try {
      parent.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // It has ended, too.
    }
    // Not in order: the cloud has ended as well, and each step may be the last.
    Runtime.getRuntime().halt(0);
  }
}
