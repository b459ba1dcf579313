package app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import local.FeedServer;
import local.LocalCloud;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One application for all tests of the JVM that need the same settings, and the server that they
 * have the feeds from: to start one takes longer than a run. A test gets it as a parameter, begins
 * with the usual feeds, and leaves the application as it was.
 */
public final class SharedApplication implements AutoCloseable {
  private final FeedServer feeds = TestApplication.feeds();
  private final Map<List<String>, TestApplication> applications = new HashMap<>();

  private SharedApplication() {}

  /** Gives it to the methods of a test that ask for it. */
  public static final class Extension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedApplication.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == SharedApplication.class;
    }

    @Override
    public SharedApplication resolveParameter(
        ParameterContext parameter, ExtensionContext context) {
      // Not the root context: Surefire makes one for each class.
      return context
          .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
          .getOrComputeIfAbsent(
              SharedApplication.class, type -> new SharedApplication(), SharedApplication.class);
    }
  }

  /** The server of the feeds, with the usual ones. */
  public FeedServer feeds() {
    feeds.reset();
    TestApplication.usual(feeds);
    return feeds;
  }

  /**
   * The application with these settings, started by its first use.
   *
   * @param cloud the one of this JVM
   * @param settings name, value, name, value ...
   */
  public TestApplication on(LocalCloud cloud, String... settings) {
    return applications.computeIfAbsent(
        List.of(settings), key -> TestApplication.start(cloud, feeds, settings));
  }

  @Override
  public void close() {
    applications.values().forEach(TestApplication::close);
    feeds.close();
  }
}
