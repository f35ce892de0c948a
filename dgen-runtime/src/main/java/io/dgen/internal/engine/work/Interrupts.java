package io.dgen.internal.engine.work;

import org.jspecify.annotations.Nullable;

/** The handling of interrupts that user code makes. */
public final class Interrupts {

  private Interrupts() {}

  /** A supplier that may block. */
  public interface BlockingSupplier<T extends @Nullable Object> {
    T get() throws InterruptedException;
  }

  /** Clears the flag, which user code set: otherwise it would end the next wait for the store. */
  static void forget() {
    var unused = Thread.interrupted();
  }
}
