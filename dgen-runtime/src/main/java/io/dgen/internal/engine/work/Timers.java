package io.dgen.internal.engine.work;

import io.dgen.spi.Environment;
import java.time.Duration;

/** Timers on which everything else of a loop hangs. */
public final class Timers {

  private Timers() {}

  /**
   * Sets a timer, however often it takes: what runs from timer to timer ends for good with one that
   * was not set. Nothing but memory can be missing, and others give it back.
   */
  @SuppressWarnings("ThreadPriorityCheck") // Whoever is to give memory back may need the core.
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
