package local;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test an empty {@link LocalCloud}, as a parameter of its constructor or of any of its
 * methods.
 *
 * <p>One cloud serves all tests of the JVM, which must not run in parallel. It is reset before each
 * test, and closed after the last. While a class with this extension runs, the system properties
 * send every AWS client that is built there.
 */
public final class LocalCloudExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(LocalCloudExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    var before = new HashMap<String, String>();
    cloud(context)
        .systemProperties()
        .forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    context.getStore(NAMESPACE).put(PropertiesBefore.class, new PropertiesBefore(before));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    cloud(context).reset();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    context.getStore(NAMESPACE).get(PropertiesBefore.class, PropertiesBefore.class).restore();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LocalCloud.class;
  }

  @Override
  public LocalCloud resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return cloud(context);
  }

  private static LocalCloud cloud(ExtensionContext context) {
    // Not the root context: Surefire makes one for each class.
    return context
        .getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE)
        .getOrComputeIfAbsent(LocalCloud.class, type -> LocalCloud.inMemory(), LocalCloud.class);
  }

  /** System properties by name; null for one that was not set. */
  private record PropertiesBefore(Map<String, String> values) {
    void restore() {
      values.forEach(
          (name, value) -> {
            if (value == null) {
              System.clearProperty(name);
            } else {
              System.setProperty(name, value);
            }
          });
    }
  }
}
