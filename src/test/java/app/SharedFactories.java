package app;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.cli.connector.DefaultCliConnectorFactory;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.impl.engine.DefaultFactoryFinder;
import org.apache.camel.spi.ClassResolver;
import org.apache.camel.spi.CliConnectorFactory;
import org.apache.camel.spi.FactoryFinder;
import org.apache.camel.spi.FactoryFinderResolver;

/**
 * Remembers for all contexts of the JVM which classes Camel finds by name: each context looks into
 * some two hundred jars for each of them, which is most of the time that a start takes. And keeps
 * them out of sight of the Camel CLI, which Camel would show each context since its library is
 * there.
 */
public final class SharedFactories implements FactoryFinderResolver {
  private static final Map<String, FactoryFinder> FINDERS = new ConcurrentHashMap<>();
  private static final ClassResolver CLASSES = new DefaultClassResolver();

  private SharedFactories() {}

  /** Has a context that was not started yet use them. */
  public static void in(CamelContext context) {
    context
        .getCamelContextExtension()
        .addContextPlugin(FactoryFinderResolver.class, new SharedFactories());
    DefaultCliConnectorFactory connector = new DefaultCliConnectorFactory();
    connector.setEnabled(false);
    context.getCamelContextExtension().addContextPlugin(CliConnectorFactory.class, connector);
  }

  @Override
  public FactoryFinder resolveFactoryFinder(ClassResolver classes, String path) {
    return FINDERS.computeIfAbsent(path, key -> new DefaultFactoryFinder(CLASSES, key));
  }

  @Override
  public FactoryFinder resolveBootstrapFactoryFinder(ClassResolver classes, String path) {
    return resolveFactoryFinder(classes, path);
  }
}
