package io.dgen.tests.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.harness.TestLogging.Heard;
import io.dgen.tests.harness.TestLogging.Line;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.event.Level;

/**
 * Makes every test class fail in which the engine logs an error that is not the user's: JUnit finds
 * it by itself. A bug that the engine survives would otherwise be seen by nobody.
 */
public final class UnexpectedErrors implements BeforeAllCallback, AfterAllCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(UnexpectedErrors.class);

  /** They log what actions and listeners of the user's throw. */
  private static final List<String> OF_USERS =
      List.of(
          "io.dgen.internal.engine.round.ActionRunner",
          "io.dgen.internal.engine.send.RoundMeter",
          "io.dgen.internal.engine.failure.FailureReports");

  /** What stands in a trace if a test has cut the wire between a node and its store. */
  private static final List<String> OF_A_CUT =
      List.of(
          "at io.dgen.tests.harness.Wire.cross",
          "at io.dgen.tests.harness.FaultyStore.createTransaction",
          "at io.dgen.tests.simulation.SimulatedStore.timedOut");

  /** What stands in a trace if a test has let the store run out of memory. */
  private static final String OF_A_SHORTAGE = "at io.dgen.tests.failures.NoMemoryTest.check";

  /** The tag of test classes that damage what is stored, and expect to hear of it. */
  private static final String DAMAGE = "damage";

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(NAMESPACE).put(Heard.class, TestLogging.hear());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    boolean damages = context.getTags().contains(DAMAGE);
    try (Heard heard =
        Objects.requireNonNull(context.getStore(NAMESPACE).remove(Heard.class, Heard.class))) {
      assertThat(heard.lines())
          .as("errors that the engine logged")
          .noneMatch(line -> isUnexpected(line) && !(damages && isOfDamage(line)));
    }
  }

  private static boolean isOfDamage(Line line) {
    return line.text().contains("damaged") || line.text().contains("CodecException");
  }

  private static boolean isUnexpected(Line line) {
    return line.level() == Level.ERROR
        && !OF_USERS.contains(line.logger())
        && OF_A_CUT.stream().noneMatch(line.text()::contains)
        && !line.text().contains(OF_A_SHORTAGE);
  }
}
