package io.dgen;

import java.time.Duration;

/**
 * The context of {@code handleLocked}, which takes it as an optional parameter. There is no
 * transaction: what a {@link Context} does in one throws an {@link IllegalStateException} here, and
 * belongs in the update of the result. Its work can be done in steps, through the server's
 * generated class: {@code AccountSteps.in(context)}.
 *
 * <p>Not thread-safe, and valid only until {@code handleLocked} returns, on its own thread.
 */
public interface LockedContext extends Context {

  /**
   * Sleeps: ends this run of {@code handleLocked}, and begins it again when the time is over. The
   * lock stays held meanwhile, by no node; thread and lease are given back, so that any number of
   * entities may sleep for any time. What is recorded of steps is there when it goes on, and a
   * sleep that is over is not slept again.
   *
   * <p>The deadline is stored when the work first comes to this sleep: the first, second ... sleep
   * of a run is that of every run. It is a time by the clocks of the nodes: never early by the
   * clock of the node that wakes the work. {@code handleLocked} begins again with the state as it
   * is then, which priority messages may have changed.
   *
   * <p>This method ends by an {@link Error}, which {@code finally} blocks see; let it pass.
   *
   * @param duration how long; zero or less does not sleep, a century or more means until the entity
   *     is killed or reset, or its lock is broken
   * @throws io.dgen.error.LockLostException if the lock is no longer held for this run
   * @throws IllegalStateException within a step, on another thread, or after this run has ended
   */
  void sleep(Duration duration);
}
