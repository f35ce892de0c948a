package io.dgen.internal.store.rocks;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a store says what nobody waits for. */
final class StoreLog {

  private StoreLog() {}

  /**
   * Returns the logger, made when there is something to say: SLF4J prints a warning if it has no
   * system.
   */
  static Logger log() {
    return LoggerFactory.getLogger("io.dgen.store.local.LocalStore");
  }
}
