package io.dgen.internal.testing;

/**
 * A thread of a test under controlled schedules. It is a class of its own, and holds what it works
 * on, as what a thread has only by a lambda counts as nobody else's there: the schedules would not
 * switch where it is used.
 */
public final class Hand extends Thread {

  private final Runnable task;

  private Hand(Runnable task) {
    this.task = task;
  }

  /** Starts a thread. */
  public static Hand start(Runnable task) {
    Hand hand = new Hand(task);
    hand.start();
    return hand;
  }

  @Override
  public void run() {
    task.run();
  }

  /** Waits for its end. */
  public void end() {
    // As a thread: of a subclass the schedules do not know this method.
    Thread thread = this;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
