package local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.properties.PropertiesConfigurationFactory;

/** What is logged meanwhile, as an operator would see it: in the layout of production. */
public final class LogLines implements AutoCloseable {
  private final LoggerContext context = LoggerContext.getContext(false);
  private final LoggerConfig root = context.getConfiguration().getRootLogger();
  private final Level level = root.getLevel();
  private final Lines lines;

  /** Listens from now on. */
  public LogLines() throws IOException {
    Configuration production =
        new PropertiesConfigurationFactory()
            .getConfiguration(
                context,
                ConfigurationSource.fromResource(
                    "log4j2.properties", LogLines.class.getClassLoader()));
    production.initialize();
    lines = new Lines(production.getAppender("console").getLayout());
    lines.start();
    root.removeAppender("console");
    root.addAppender(lines, null, null);
    root.setLevel(Level.INFO);
    context.updateLoggers();
  }

  /** Each event as it is written. */
  public List<String> lines() {
    return lines.lines;
  }

  /** The message of each event. */
  public List<String> texts() {
    return lines.texts;
  }

  @Override
  public void close() {
    root.removeAppender(lines.getName());
    root.addAppender(context.getConfiguration().getAppender("console"), null, null);
    root.setLevel(level);
    context.updateLoggers();
  }

  private static final class Lines extends AbstractAppender {
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Lines(Layout<?> layout) {
      super("lines", null, layout, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      texts.add(event.getMessage().getFormattedMessage());
      lines.add(new String(getLayout().toByteArray(event), UTF_8));
    }
  }
}
