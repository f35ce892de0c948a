package io.dgen.internal.engine.work;

import io.dgen.spi.Environment;
import java.time.Duration;

/** Timers that loops depend on. */
public final class Timers {

  private Timers() {}

  /**
   * Sets a timer, with as many tries as it takes: a loop of timers would stop for ever if one were
   * not set. Only a lack of memory can prevent it, and other threads will free some.
   */
  @SuppressWarnings("ThreadPriorityCheck") // The threads that will free memory may need the core.
  public static Environment.Cancellable insist(
      Environment environment, Duration delay, Runnable task) {
    while (true) {
      try {
        return environment.schedule(delay, task);
      } catch (VirtualMachineError e) {
        Thread.yield();
      }
    }
  }
}
