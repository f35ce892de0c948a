package io.dgen.internal;

import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * Logs errors that are reported nowhere else, and never fails: a user's exception may fail when it
 * is asked for its message, and a logging system may fail when there is no memory.
 */
public final class SafeLog {

  private SafeLog() {}

  /**
   * Logs an error.
   *
   * @param log the logger
   * @param what what failed
   * @param problem the exception
   */
  public static void error(Logger log, String what, Throwable problem) {
    error(() -> log, what, problem);
  }

  /**
   * Logs an error with a logger that is created only now: SLF4J prints a warning if it has no
   * provider.
   *
   * @param log returns the logger
   * @param what what failed
   * @param problem the exception
   */
  public static void error(Supplier<Logger> log, String what, Throwable problem) {
    try {
      log.get().error("{}", what, problem);
    } catch (Throwable e) {
      try {
        log.get().error("{}: {}, which cannot be described", what, problem.getClass().getName());
      } catch (Throwable unloggable) {
        // Nothing more can be done.
        return;
      }
    }
  }
}
