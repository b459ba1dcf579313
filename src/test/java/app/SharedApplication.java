package app;

import local.FeedServer;
import local.LocalCloud;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One application for all tests of the JVM that need no settings of their own, and the server that
 * it has the feeds from: to start one takes longer than a run. A test gets it as a parameter,
 * begins with the usual feeds, and leaves it as it was.
 */
public final class SharedApplication implements AutoCloseable {
  private final FeedServer feeds = TestApplication.feeds();
  private TestApplication application;

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
      return context
          .getRoot()
          .getStore(NAMESPACE)
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
   * The application, started by its first use.
   *
   * @param cloud the one of this JVM
   */
  public TestApplication on(LocalCloud cloud) {
    if (application == null) {
      application = TestApplication.start(cloud, feeds);
    }
    return application;
  }

  @Override
  public void close() {
    if (application != null) {
      application.close();
    }
    feeds.close();
  }
}
