package io.dgen.internal.testing;

import org.jetbrains.lincheck.Lincheck;

/** Runs code under controlled schedules: threads change where one of them could meet another. */
public final class Schedules {

  /** How many schedules there are: a hundred take about as long as one seed of a simulation. */
  private static final int COUNT = 100 * Integer.getInteger("dgen.schedules", 2);

  /**
   * How often a scenario is tried whose failure shows no interleaving: one schedule took more than
   * 30 seconds then. The first may, on a machine that does much else, as classes are rewritten in
   * it; it is quicker the next time.
   */
  private static final int TRIES = 3;

  private Schedules() {}

  /**
   * Runs a scenario under many schedules.
   *
   * @param scenario an instance of a class that has a name, since a lambda is not looked into. It
   *     starts threads as {@link Hand}s, and ends them
   * @throws AssertionError if it throws or stops under one of them, which the message shows
   */
  public static void explore(Runnable scenario) {
    for (int triesLeft = TRIES - 1; ; triesLeft--) {
      try {
        Lincheck.runConcurrentTest(COUNT, scenario);
        return;
      } catch (AssertionError e) {
        if (triesLeft == 0 || String.valueOf(e.getMessage()).contains("interleaving")) {
          throw e;
        }
      }
    }
  }
}
