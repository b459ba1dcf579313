package app;

import java.util.List;
import java.util.Locale;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;

/** Publishes the site of plain files. */
@Command(
    name = "publish-site",
    description = "Publishes the dashboard and its data as plain files under site/ in the bucket.",
    mixinStandardHelpOptions = true)
final class PublishSiteCommand extends OneCommand {
  @Override
  public Integer call() throws Exception {
    Main main = Task.PUBLISH_SITE.on(choice());
    try (GracefulStop stop = GracefulStop.of(main)) {
      main.start();
      List<?> files = main.getCamelTemplate().requestBody("direct:publish-site", null, List.class);
      say(String.format(Locale.ROOT, "%d files published under site/", files.size()));
      return stop.end(0);
    } finally {
      main.stop();
    }
  }
}
