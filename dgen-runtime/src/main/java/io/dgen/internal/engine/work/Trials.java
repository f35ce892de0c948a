package io.dgen.internal.engine.work;

import io.dgen.spi.Environment;
import java.time.Duration;

/**
 * Who may be on trial on this node. A message that is known to have been running when a process
 * ended, or is on trial again, has no other one beside it: if the process ends, no other is
 * charged. Those that are only at the front of their queues may overlap the first time, or a node
 * that takes over many queues would take them one by one. Thread-safe.
 */
public final class Trials {

  /** How long one that waits to be alone keeps others from beginning, unless it asks again. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Environment environment;
  private int running;
  private boolean hasAlone;
  private boolean isAwaited;
  private long awaitedUntil;

  public Trials(Environment environment) {
    this.environment = environment;
  }

  /**
   * Begins one if it may run now.
   *
   * @param alone whether no other may run beside it
   * @return false if it must ask again later
   */
  public synchronized boolean tryBegin(boolean alone) {
    long now = environment.nanoTime();
    boolean may = !hasAlone && (alone ? running == 0 : !isAwaited || now - awaitedUntil > 0);
    if (may) {
      running++;
      hasAlone = alone;
      isAwaited = false;
    } else if (alone) {
      isAwaited = true;
      awaitedUntil = now + PATIENCE.toNanos();
    }
    return may;
  }

  /** Ends one that began. */
  public synchronized void end() {
    running--;
    hasAlone = false;
  }
}
