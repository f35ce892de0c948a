package io.dgen.internal.store.rocks;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log for what no caller waits for. */
final class StoreLog {

  private StoreLog() {}

  /**
   * Returns the logger, created when there is something to say: SLF4J prints a warning if it has no
   * provider.
   */
  static Logger log() {
    return LoggerFactory.getLogger("io.dgen.store.local.LocalStore");
  }
}
