package io.dgen.internal;

import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Says in the log what nobody else hears of, and never fails: an exception of the user's may fail
 * when it is asked for its message, and a logging system when there is no memory.
 */
public final class SafeLog {

  private SafeLog() {}

  /**
   * Logs an error.
   *
   * @param log where
   * @param what what failed
   * @param problem how
   */
  public static void error(Logger log, String what, Throwable problem) {
    error(() -> log, what, problem);
  }

  /**
   * Logs an error with a logger that is made only now: SLF4J prints a warning if it has no system.
   *
   * @param log gives the logger
   * @param what what failed
   * @param problem how
   */
  public static void error(Supplier<Logger> log, String what, Throwable problem) {
    try {
      log.get().error("{}", what, problem);
    } catch (Throwable e) {
      try {
        log.get().error("{}: {}, which cannot be described", what, problem.getClass().getName());
      } catch (Throwable unloggable) {
        // There is nothing left that could be done about it.
        return;
      }
    }
  }
}
