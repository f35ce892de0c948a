package io.dgen.tests.harness;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * The logging system of the tests, named in the pom. Callbacks, actions and listeners that fail are
 * what many tests are about, so what is logged goes to a file {@code target/test-*.log}, and not to
 * the console. What no test may cause, the {@link UnexpectedErrors} extension makes a failure.
 */
public final class TestLogging implements SLF4JServiceProvider, ILoggerFactory {

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new BasicMDCAdapter();
  private final List<Heard> listeners = new CopyOnWriteArrayList<>();
  private final PrintWriter file =
      open(Path.of("target", System.getProperty("dgen.test.log", "test.log")));

  /** What was logged. */
  public record Line(Level level, String logger, String text) {}

  private static PrintWriter open(Path path) {
    try {
      return new PrintWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Hears what is logged from now on, from warnings up, by whatever thread, until it is closed. */
  public static Heard hear() {
    TestLogging logging = (TestLogging) LoggerFactory.getILoggerFactory();
    Heard heard = new Heard(logging);
    logging.listeners.add(heard);
    return heard;
  }

  /** What was heard. */
  public static final class Heard implements AutoCloseable {

    private final TestLogging logging;
    private final List<Line> lines = new CopyOnWriteArrayList<>();

    private Heard(TestLogging logging) {
      this.logging = logging;
    }

    /** The lines so far. */
    public List<Line> lines() {
      return List.copyOf(lines);
    }

    @Override
    public void close() {
      logging.listeners.remove(this);
    }
  }

  private void log(Line line) {
    file.println(line.level() + " " + line.logger() + " - " + line.text());
    listeners.forEach(listener -> listener.lines.add(line));
  }

  @Override
  public Logger getLogger(String name) {
    return new ListenedLogger(name);
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return this;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  private final class ListenedLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    ListenedLogger(String name) {
      this.name = name;
    }

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return false;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return TestLogging.class.getName();
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] arguments, Throwable error) {
      StringWriter text = new StringWriter();
      text.append(MessageFormatter.basicArrayFormat(pattern, arguments));
      if (error != null) {
        text.append(System.lineSeparator());
        error.printStackTrace(new PrintWriter(text, true));
      }
      log(new Line(level, name, text.toString()));
    }
  }
}
