package io.dgen.internal.engine;

import org.slf4j.Logger;

/**
 * Says in the log what nobody else hears of, and never fails: an exception of the user's may fail
 * when it is asked for its message, and a logging system when there is no memory.
 */
final class SafeLog {

  private SafeLog() {}

  static void error(Logger log, String what, Throwable problem) {
    try {
      log.error("{}", what, problem);
    } catch (Throwable e) {
      try {
        log.error("{}: {}, which cannot be described", what, problem.getClass().getName());
      } catch (Throwable unloggable) {
        // There is nothing left that could be done about it.
        return;
      }
    }
  }
}
