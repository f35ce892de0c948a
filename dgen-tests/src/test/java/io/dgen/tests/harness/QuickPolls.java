package io.dgen.tests.harness;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Makes Awaitility look at once and every few milliseconds, in every test class: by default, each
 * wait takes a tenth of a second at least, however soon its condition holds. It waits for a minute
 * at most, and not for ten seconds. JUnit finds it by itself.
 *
 * <p>A condition that is a call must not be one that waits for what the test has yet to start.
 */
public final class QuickPolls implements BeforeAllCallback, AfterAllCallback {

  private static final Duration INTERVAL = Duration.ofMillis(5);

  /** A slow machine does not fail a test. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(INTERVAL);
    Awaitility.setDefaultTimeout(PATIENCE);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    Awaitility.reset();
  }
}
