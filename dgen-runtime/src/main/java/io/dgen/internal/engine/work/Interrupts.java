package io.dgen.internal.engine.work;

import org.jspecify.annotations.Nullable;

/** What becomes of interrupts that user code makes. */
public final class Interrupts {

  private Interrupts() {}

  /** Something that blocks, and gives a value. */
  public interface BlockingSupplier<T extends @Nullable Object> {
    T get() throws InterruptedException;
  }

  /** The flag is that of user code: left set, it would end the next wait for the store. */
  static void forget() {
    var unused = Thread.interrupted();
  }
}
