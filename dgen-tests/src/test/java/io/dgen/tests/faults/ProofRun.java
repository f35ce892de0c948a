package io.dgen.tests.faults;

import java.util.List;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.launcher.listeners.TestExecutionSummary.Failure;

/** What a child JVM does: it runs one test, and says by its exit code what came of it. */
public final class ProofRun {

  static final int PASSED = 0;
  static final int FOUND = 10;

  /** The test did not run, or failed in a way that says nothing of the fault. */
  static final int BROKEN = 20;

  private static final int SHOWN = 600;

  private ProofRun() {}

  /** Argument: a class, or a class and a method behind a {@code #}. */
  public static void main(String[] args) {
    DiscoverySelector selector =
        args[0].contains("#")
            ? DiscoverySelectors.selectMethod(args[0])
            : DiscoverySelectors.selectClass(args[0]);
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selector)
            .configurationParameter("junit.jupiter.execution.timeout.default", "10 m")
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    List<Failure> failures = summary.getFailures();
    failures.stream()
        .limit(1)
        .map(failure -> String.valueOf(failure.getException()))
        .forEach(text -> System.out.println(text.substring(0, Math.min(SHOWN, text.length()))));
    // Threads of nodes that were cut off may go on waiting.
    System.exit(code(summary, failures));
  }

  private static int code(TestExecutionSummary summary, List<Failure> failures) {
    if (summary.getTestsStartedCount() == 0) {
      return BROKEN;
    }
    if (failures.isEmpty()) {
      return PASSED;
    }
    return failures.stream().anyMatch(failure -> isLinkage(failure.getException()))
        ? BROKEN
        : FOUND;
  }

  /** A fault that does not fit the rest of the classes is no fault of the kind that is meant. */
  private static boolean isLinkage(Throwable error) {
    for (Throwable each = error; each != null; each = each.getCause()) {
      if (each instanceof LinkageError) {
        return true;
      }
    }
    return false;
  }
}
