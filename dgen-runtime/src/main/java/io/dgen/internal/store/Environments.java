package io.dgen.internal.store;

import java.util.Random;
import java.util.concurrent.Executor;

/** The environments of stores. */
public final class Environments {

  private Environments() {}

  /**
   * Returns an environment with the machine's clock and randomness; platform threads run timers,
   * completions and commits, so that none of them waits for computing virtual threads.
   *
   * @return a new environment
   */
  public static StoreEnvironment system() {
    TimerThread timer = new TimerThread();
    return new StoreEnvironment(
        System::nanoTime, timer, new Random(), new CompletionPool(timer), new PlatformWorkers());
  }

  /**
   * Returns an executor that completes futures on platform threads, which end when they are idle.
   *
   * @return a new executor, which needs no shutdown
   */
  public static Executor completions() {
    return new CompletionPool(new TimerThread());
  }
}
