package io.dgen.internal.engine.work;

import io.dgen.spi.Environment;
import java.time.Duration;

/**
 * The messages on trial on this node. A message that is known to have been running when a process
 * ended, or is on trial again, runs alone: if the process ends, no other message is charged.
 * Messages that were only at the front of their queues may overlap the first time; otherwise a node
 * that takes over many queues would try them one by one. Thread-safe.
 */
public final class Trials {

  /**
   * How long a message that waits to be alone keeps others from beginning, unless it asks again.
   */
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
   * Begins a trial if it may run now.
   *
   * @param alone whether no other may run at the same time
   * @return false if the caller must ask again later
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

  /** Ends a trial. */
  public synchronized void end() {
    running--;
    hasAlone = false;
  }
}
