package io.dgen.internal.engine;

import io.dgen.DgenException;
import org.jspecify.annotations.Nullable;

/** What becomes of interrupts: of a user's thread in the engine, and of the engine's by a user. */
final class Interrupts {

  private Interrupts() {}

  /** Something that blocks. */
  interface Blocking {
    void run() throws InterruptedException;
  }

  /** Something that blocks, and gives a value. */
  interface BlockingSupplier<T extends @Nullable Object> {
    T get() throws InterruptedException;
  }

  /** The flag is that of code of the user's: left set, it would end the next wait for the store. */
  static void forget() {
    var unused = Thread.interrupted();
  }

  /**
   * Lets an interrupt end something. The flag of the thread is set again.
   *
   * @param what what is done, for the error
   * @throws DgenException if it was interrupted
   */
  static <T extends @Nullable Object> T reported(String what, BlockingSupplier<T> body) {
    try {
      return body.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException("interrupted; cannot " + what, e);
    }
  }

  /**
   * Runs something that may be repeated until it is not interrupted.
   *
   * @return whether it was; the flag of the thread is not set
   */
  static boolean outlasted(Blocking body) {
    boolean interrupted = false;
    while (true) {
      try {
        body.run();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }
}
