package io.dgen.internal.store;

import java.util.Random;
import java.util.concurrent.Executor;

/** The environments that stores run in. */
public final class Environments {

  private Environments() {}

  /**
   * Returns the machine's clock and chance; platform threads for timers, completions and commits,
   * so that none of them waits for virtual threads that compute.
   *
   * @return a new environment
   */
  public static StoreEnvironment system() {
    TimerThread timer = new TimerThread();
    return new StoreEnvironment(
        System::nanoTime, timer, new Random(), new CompletionPool(timer), new PlatformWorkers());
  }

  /**
   * Threads that complete futures: platform threads, which end when they are idle.
   *
   * @return a new executor, which needs no shutdown
   */
  public static Executor completions() {
    return new CompletionPool(new TimerThread());
  }
}
