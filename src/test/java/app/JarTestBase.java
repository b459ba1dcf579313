package app;

import java.nio.file.Path;
import local.FeedServer;
import local.LocalCloud;
import local.LocalCloudExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged program in an empty folder, against an empty cloud and the three days of {@link
 * TestApplication}.
 */
@ExtendWith(LocalCloudExtension.class)
abstract class JarTestBase {
  final LocalCloud cloud;
  FeedServer feeds;
  @TempDir Path folder;

  JarTestBase(LocalCloud cloud) {
    this.cloud = cloud;
  }

  @BeforeEach
  void serveFeeds() {
    feeds = TestApplication.feeds();
  }

  @AfterEach
  void stopFeeds() {
    feeds.close();
  }

  /** The program, not started yet, and with the settings of a test. */
  Jar jar() {
    return Jar.in(folder, cloud, feeds);
  }
}
