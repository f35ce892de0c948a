package io.dgen.internal.testing;

import org.jetbrains.lincheck.Lincheck;

/** Runs code under controlled schedules: threads change where one of them could meet another. */
public final class Schedules {

  /** How many schedules there are: a hundred take about as long as one seed of a simulation. */
  private static final int COUNT = 100 * Integer.getInteger("dgen.schedules", 2);

  private Schedules() {}

  /**
   * Runs a scenario under many schedules.
   *
   * @param scenario an instance of a class that has a name, since a lambda is not looked into. It
   *     starts threads as {@link Hand}s, and ends them
   * @throws AssertionError if it throws or stops under one of them, which the message shows
   */
  public static void explore(Runnable scenario) {
    try {
      Lincheck.runConcurrentTest(COUNT, scenario);
    } catch (AssertionError e) {
      if (String.valueOf(e.getMessage()).contains("interleaving")) {
        throw e;
      }
      // One schedule took more than 30 seconds: the first may, on a machine that does much else, as
      // classes are rewritten in it. They are now.
      Lincheck.runConcurrentTest(COUNT, scenario);
    }
  }
}
